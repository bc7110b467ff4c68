package dev.boundary.examples.bookings.service;

import static dev.boundary.examples.bookings.db.Tables.CLUB;

import dev.boundary.core.TenantKey;
import dev.boundary.core.registry.Slug;
import dev.boundary.core.registry.Tenant;
import dev.boundary.core.registry.TenantRegistry;
import dev.boundary.core.registry.TenantState;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;

/**
 * The clubs there are: the tenants, known by their subdomains. The table is global, so it may be read while no tenant
 * is known.
 *
 * @param db a context made by Boundary
 */
public record Clubs(DSLContext db) implements TenantRegistry {

    /** The name of a tenant's attribute: the code of the currency of the club's prices. */
    public static final String CURRENCY = "currency";

    @Override
    public Optional<Tenant> find(TenantKey key) {
        return key.value() instanceof UUID id ? find(CLUB.ID.eq(id)) : Optional.empty();
    }

    @Override
    public Optional<Tenant> findBySlug(Slug slug) {
        return find(CLUB.SUBDOMAIN.eq(slug.value()));
    }

    private Optional<Tenant> find(Condition condition) {
        return db.selectFrom(CLUB)
                .where(condition)
                .fetchOptional(club -> new Tenant(
                        TenantKey.of(club.getId()),
                        new Slug(club.getSubdomain()),
                        club.getName(),
                        Optional.empty(),
                        TenantState.ACTIVE,
                        Map.of(CURRENCY, club.getCurrencyCode())));
    }
}
