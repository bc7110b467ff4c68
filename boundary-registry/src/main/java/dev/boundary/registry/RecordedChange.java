package dev.boundary.registry;

import dev.boundary.core.TenantKey;
import dev.boundary.core.TenantKeyType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/**
 * A change of a tenant, as recorded in {@code boundary.tenant_change}. Immutable.
 *
 * @param id a number that grows
 * @param tenant the key of the tenant
 * @param what what was changed: {@code CREATED}, {@code CHANGED}, {@code STATE_CHANGED}, {@code REMOVED},
 *     {@code DOMAIN_ADDED}, {@code DOMAIN_MOVED}, {@code DOMAIN_REMOVED}, {@code ERASURE_BEGUN}, {@code ERASURE_ENDED}
 *     or {@code ERASURE_REMOVED}
 * @param oldValues the row before, as JSON; empty if there was none
 * @param newValues the row after, as JSON; empty if there is none
 * @param actor who changed it: the given actor, or else the login role
 * @param reason why; empty if no reason was given
 * @param loginRole the role that had logged in
 * @param changedAt when
 * @since 0.1
 */
public record RecordedChange(
        long id,
        TenantKey tenant,
        String what,
        Optional<String> oldValues,
        Optional<String> newValues,
        String actor,
        Optional<String> reason,
        String loginRole,
        Instant changedAt) {

    static RecordedChange of(ResultSet row, TenantKeyType type) throws SQLException {
        return new RecordedChange(
                row.getLong(2),
                TenantKey.parse(type, row.getString(1)),
                row.getString(3),
                Optional.ofNullable(row.getString(4)),
                Optional.ofNullable(row.getString(5)),
                row.getString(6),
                Optional.ofNullable(row.getString(7)),
                row.getString(8),
                row.getTimestamp(9).toInstant());
    }
}
