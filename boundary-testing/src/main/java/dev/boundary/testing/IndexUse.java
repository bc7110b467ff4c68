package dev.boundary.testing;

import dev.boundary.core.TenantKey;
import dev.boundary.rls.TableName;
import dev.boundary.rls.internal.sql.Jdbc;
import dev.boundary.testing.As.Role;
import dev.boundary.testing.internal.catalog.Ownership;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jooq.Query;

/** Checks in a query's plan that indexes find tenants' rows. */
final class IndexUse {

    private final TestFixture fixture;
    private final TenantKey tenant;

    IndexUse(TestFixture fixture, TenantKey tenant) {
        this.fixture = fixture;
        this.tenant = tenant;
    }

    void check(Query query) throws SQLException {
        String sql = fixture.dsl(Role.APPLICATION).renderInlined(query);
        DatabaseFixture database = fixture.databaseFixture();
        try (Connection connection = database.database().application().getConnection()) {
            connection.setAutoCommit(false);
            database.bind(connection, tenant);
            Jdbc.run(connection, "set local enable_seqscan = off");
            check(sql, QueryPlan.of(connection, sql));
            connection.rollback();
        }
    }

    private void check(String sql, QueryPlan plan) throws SQLException {
        List<String> faults = faults(plan, fixture.databaseFixture().ownership());
        if (!faults.isEmpty()) {
            throw new AssertionError("The query does not find tenant " + tenant + "'s rows by an index:\n  - "
                    + String.join("\n  - ", faults) + "\nThe plan of " + sql + "\n" + plan
                    + "\nAn index that begins with the tenant column helps; so does a condition whose operator is"
                    + " leakproof.");
        }
    }

    private static List<String> faults(QueryPlan plan, Map<TableName, Ownership> ownership) throws SQLException {
        List<String> faults = new ArrayList<>();
        for (Map.Entry<TableName, Ownership> table : ownership.entrySet()) {
            if (table.getValue().hasTenantRows()) {
                faults.addAll(plan.faults(table.getKey(), table.getValue().tenantColumn()));
            }
        }
        return faults;
    }
}
