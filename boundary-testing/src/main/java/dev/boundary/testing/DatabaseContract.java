package dev.boundary.testing;

import dev.boundary.core.TenantKey;
import dev.boundary.rls.TableName;
import dev.boundary.rls.internal.catalog.RoleBypass;
import dev.boundary.rls.internal.sql.Jdbc;
import dev.boundary.rls.internal.sql.SqlFile;
import dev.boundary.testing.internal.catalog.GeneratedRow;
import dev.boundary.testing.internal.catalog.Ownership;
import dev.boundary.testing.internal.catalog.TypedTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;

/** Checks a database as a whole. */
final class DatabaseContract {

    private static final SqlFile SQL = SqlFile.of(DatabaseContract.class);
    private static final String OF_LIQUIBASE = "databasechangelog";

    private final DatabaseFixture database;

    DatabaseContract(DatabaseFixture database) {
        this.database = database;
    }

    Stream<DynamicNode> tests() {
        return Stream.of(
                DynamicTest.dynamicTest("the application role cannot bypass policies", this::role),
                DynamicTest.dynamicTest("every table is declared", this::declared),
                DynamicTest.dynamicTest("row-level security is on and forced", this::forced),
                DynamicTest.dynamicTest("views show nothing of another tenant", this::views));
    }

    private void role() throws SQLException {
        try (Connection application = database.database().application().getConnection()) {
            fail(RoleBypass.find(application));
        }
    }

    private void declared() {
        List<String> faults = new ArrayList<>();
        for (TypedTable table : database.catalog().tables()) {
            if (!database.ownership().containsKey(table.name())
                    && !table.name().table().startsWith(OF_LIQUIBASE)) {
                faults.add("Table " + table.name()
                        + " is in the database and not declared. Declare it in the TenantSchema.");
            }
        }
        for (TableName table : database.ownership().keySet()) {
            if (database.catalog().find(table).isEmpty()) {
                faults.add("Table " + table + " is declared and not in the database.");
            }
        }
        fail(faults);
    }

    private void forced() throws SQLException {
        List<String> faults = new ArrayList<>();
        try (Connection superuser = database.database().superuser().getConnection()) {
            for (Map.Entry<TableName, Ownership> table : database.ownership().entrySet()) {
                if (table.getValue().hasTenantRows()) {
                    addUnforced(superuser, table.getKey(), faults);
                }
            }
        }
        fail(faults);
    }

    private static void addUnforced(Connection superuser, TableName table, List<String> faults) throws SQLException {
        List<List<@Nullable String>> rows = Jdbc.rows(superuser, SQL.text("row-level-security"), table.quoted());
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
            application.setAutoCommit(false);
            for (View view : views(superuser)) {
                view.refresh(superuser);
                database.bind(application, own);
                view.disclosed(application, canaries).map(view::fault).forEach(faults::add);
                application.rollback(); // or its locks would keep the next one from being refreshed
            }
        }
        fail(faults);
    }

    private List<View> views(Connection superuser) throws SQLException {
        String role = database.setup().roles().application();
        return Jdbc.rows(superuser, SQL.text("readable-views"), role).stream()
                .map(View::of)
                .toList();
    }

    /** A view that the application may read. */
    private record View(TableName name, boolean materialized) {

        static View of(List<@Nullable String> row) {
            TableName name = new TableName(Objects.requireNonNull(row.get(0)), Objects.requireNonNull(row.get(1)));
            return new View(name, "t".equals(row.get(2)));
        }

        void refresh(Connection superuser) throws SQLException {
            if (materialized) {
                Jdbc.run(superuser, "refresh materialized view " + name.quoted());
            }
        }

        String fault(TableName table) {
            return "View " + name + " shows a tenant another tenant's row of " + table
                    + ". Create it with (security_invoker = true), or revoke the privilege.";
        }

        /** The tables of the canaries that it shows. */
        Stream<TableName> disclosed(Connection application, Canaries canaries) throws SQLException {
            return Jdbc.rows(application, "select * from " + name.quoted()).stream()
                    .flatMap(List::stream)
                    .filter(Objects::nonNull)
                    .map(Objects::requireNonNull)
                    .map(canaries::readIn)
                    .flatMap(Optional::stream)
                    .map(GeneratedRow::table)
                    .distinct();
        }
    }

    private static void fail(List<String> faults) {
        if (!faults.isEmpty()) {
            throw new AssertionError(String.join("\n", faults));
        }
    }
}
