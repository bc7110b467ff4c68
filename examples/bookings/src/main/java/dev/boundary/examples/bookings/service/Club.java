package dev.boundary.examples.bookings.service;

import dev.boundary.core.TenantKey;
import java.util.UUID;

/**
 * A tenant.
 *
 * @param id its key
 * @param subdomain the first label of its host name
 * @param name what people call it
 * @param currency the code of the currency of its prices
 */
public record Club(UUID id, String subdomain, String name, String currency) {

    /**
     * The club as Boundary knows it.
     *
     * @return its tenant key
     */
    public TenantKey tenant() {
        return TenantKey.of(id);
    }
}
