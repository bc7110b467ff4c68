package dev.boundary.jooq.internal.session;

import org.jspecify.annotations.Nullable;

/**
 * What verifies the places of a service.
 *
 * @param application verifies those of the application role
 * @param admin verifies those of the admin role; null if names carry their schema, so that nothing needs to be verified
 */
public record PlaceVerifiers(
        PlacementVerifier application, @Nullable PlacementVerifier admin) {}
