package dev.boundary.jooq.internal.session;

import org.jspecify.annotations.Nullable;

/**
 * What verifies the places of a service.
 *
 * @param application verifies those of the application role
 * @param names verifies only that names lead there: for the admin role, and for connections whose search path has
 *     changed; null if names carry their schema, so that nothing needs to be verified
 */
public record PlaceVerifiers(
        PlacementVerifier application, @Nullable PlacementVerifier names) {}
