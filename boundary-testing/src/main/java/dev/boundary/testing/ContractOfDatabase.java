package dev.boundary.testing;

import dev.boundary.core.TenantKey;
import dev.boundary.rls.internal.catalog.RoleBypass;
import dev.boundary.rls.internal.sql.Jdbc;
import dev.boundary.testing.internal.catalog.MadeRow;
import dev.boundary.testing.internal.catalog.QualifiedName;
import dev.boundary.testing.internal.catalog.Table;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;

/** The checks of a database as a whole. */
final class ContractOfDatabase {

    private final DatabaseFixture database;

    private ContractOfDatabase(DatabaseFixture database) {
        this.database = database;
    }

    static Stream<DynamicNode> tests(DatabaseFixture database) {
        ContractOfDatabase contract = new ContractOfDatabase(database);
        return Stream.of(
                DynamicTest.dynamicTest("the application role cannot bypass policies", contract::role),
                DynamicTest.dynamicTest("every table is declared", contract::declared),
                DynamicTest.dynamicTest("row-level security is on and forced", contract::forced),
                DynamicTest.dynamicTest("views show nothing of another tenant", contract::views));
    }

    private void role() throws SQLException {
        try (Connection application = database.database().application().getConnection()) {
            fail(RoleBypass.find(application));
        }
    }

    private void declared() {
        List<String> faults = new ArrayList<>();
        for (Table table : database.catalog().tables()) {
            if (!database.ownership().containsKey(table.name())
                    && !table.name().name().startsWith("databasechangelog")) {
                faults.add("Table " + table.name()
                        + " is in the database and not declared. Declare it in the TenantSchema.");
            }
        }
        for (QualifiedName table : database.ownership().keySet()) {
            if (database.catalog().find(table).isEmpty()) {
                faults.add("Table " + table + " is declared and not in the database.");
            }
        }
        fail(faults);
    }

    private void forced() throws SQLException {
        List<String> faults = new ArrayList<>();
        try (Connection superuser = database.database().superuser().getConnection()) {
            for (var entry : database.ownership().entrySet()) {
                if (entry.getValue().isTenants()) {
                    addUnforced(superuser, entry.getKey(), faults);
                }
            }
        }
        fail(faults);
    }

    private static void addUnforced(Connection superuser, QualifiedName table, List<String> faults)
            throws SQLException {
        List<List<@Nullable String>> rows = Jdbc.rows(
                superuser,
                "select relrowsecurity, relforcerowsecurity from pg_catalog.pg_class"
                        + " where oid = pg_catalog.to_regclass(?)",
                table.sql());
        if (!rows.isEmpty() && rows.getFirst().contains("f")) {
            String missing = "f".equals(rows.getFirst().getFirst()) ? "is off" : "is not forced on the owner";
            faults.add("Row-level security of " + table + " " + missing + ". Protect it by protectTenantTable,"
                    + " protectChildTable or protectMixedTable.");
        }
    }

    /** Reads every view that the application may read, among canaries of another tenant. */
    private void views() throws SQLException {
        TenantKey own = database.tenants().named("contract-own");
        TenantKey other = database.tenants().named("contract-views");
        List<String> faults = new ArrayList<>();
        try (Canaries canaries = Canaries.plant(database, other.asText());
                Connection superuser = database.database().superuser().getConnection();
                Connection application = database.database().application().getConnection()) {
            Jdbc.run(
                    application,
                    "select pg_catalog.set_config(?, ?, false)",
                    database.setup().sessionVariable().name(),
                    own.asText());
            for (QualifiedName view : views(superuser)) {
                refresh(superuser, view);
                read(application, view).stream()
                        .flatMap(List::stream)
                        .filter(Objects::nonNull)
                        .map(Objects::requireNonNull)
                        .map(canaries::readIn)
                        .flatMap(Optional::stream)
                        .map(MadeRow::table)
                        .distinct()
                        .forEach(table -> faults.add("View " + view + " shows a tenant another tenant's row of " + table
                                + ". Create it with (security_invoker = true), or take the privilege away."));
            }
        }
        fail(faults);
    }

    private List<QualifiedName> views(Connection superuser) throws SQLException {
        List<QualifiedName> views = new ArrayList<>();
        for (List<@Nullable String> row :
                Jdbc.rows(superuser, """
                select n.nspname, c.relname from pg_catalog.pg_class c
                join pg_catalog.pg_namespace n on n.oid = c.relnamespace
                where c.relkind in ('v', 'm') and n.nspname not in ('pg_catalog', 'information_schema', 'boundary')
                  and n.nspname !~ '^pg_(toast|temp)' and pg_catalog.has_table_privilege(?, c.oid, 'SELECT')
                order by 1, 2
                """, database.setup().roles().application())) {
            views.add(new QualifiedName(Objects.requireNonNull(row.get(0)), Objects.requireNonNull(row.get(1))));
        }
        return views;
    }

    private static void refresh(Connection superuser, QualifiedName view) throws SQLException {
        if (Jdbc.value(
                        superuser,
                        "select 1 from pg_catalog.pg_matviews where schemaname = ? and matviewname = ?",
                        view.schema(),
                        view.name())
                != null) {
            Jdbc.run(superuser, "refresh materialized view " + view.sql());
        }
    }

    private static List<List<@Nullable String>> read(Connection application, QualifiedName view) throws SQLException {
        return Jdbc.rows(application, "select * from " + view.sql());
    }

    private static void fail(List<String> faults) {
        if (!faults.isEmpty()) {
            throw new AssertionError(String.join("\n", faults));
        }
    }
}
