package dev.boundary.jooq.internal.startup;

import dev.boundary.jooq.internal.QualifiedName;
import dev.boundary.jooq.schema.TableClassification.Child;
import dev.boundary.jooq.schema.TableClassification.ClassifiedTable;
import dev.boundary.jooq.schema.TableClassification.Exempt;
import dev.boundary.jooq.schema.TableClassification.Global;
import dev.boundary.jooq.schema.TableClassification.Mixed;
import dev.boundary.jooq.schema.TableClassification.Tenant;
import dev.boundary.jooq.schema.TenantSchema;
import dev.boundary.rls.internal.sql.Jdbc;
import dev.boundary.rls.internal.sql.SqlFile;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Field;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.Schema;
import org.jooq.Table;
import org.jooq.TableOptions.TableType;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Checks whether every table with tenants' rows is protected for the connected role. */
final class TableProtectionCheck {

    private static final SqlFile SQL = SqlFile.of(TableProtectionCheck.class);

    private final Connection connection;
    private final DSLContext rendering;
    private final List<String> findings = new ArrayList<>();

    private TableProtectionCheck(Connection connection, Settings settings) {
        this.connection = connection;
        this.rendering = DSL.using(SQLDialect.POSTGRES, settings);
    }

    /** The findings for the tables to which their names lead, as jOOQ renders them with these settings. */
    static List<String> find(Connection connection, TenantSchema schema, Settings settings) throws SQLException {
        TableProtectionCheck check = new TableProtectionCheck(connection, settings);
        for (ClassifiedTable table : schema.tables()) {
            if (table.classification().hasTenantRows()) {
                check.check(table);
            }
        }
        return check.findings;
    }

    private void check(ClassifiedTable table) throws SQLException {
        String name = rendering.render(table.table());
        if (table.table().getOptions().type() == TableType.FUNCTION) {
            checkFunction(table.table());
        } else if (isView(name)) {
            checkView(name);
        } else {
            checkTable(name);
            checkCollations(table);
        }
    }

    /** The columns that decide whose a row is must tell all texts apart. */
    private void checkCollations(ClassifiedTable table) throws SQLException {
        switch (table.classification()) {
            case Tenant(Field<?> column) -> checkCollation(table.table(), List.of(column));
            case Mixed(Field<?> column) -> checkCollation(table.table(), List.of(column));
            case Child(List<Field<?>> columns, Table<?> parent, List<Field<?>> parentColumns) -> {
                checkCollation(table.table(), columns);
                checkCollation(parent, parentColumns);
            }
            case Global global -> {}
            case Exempt exempt -> {}
        }
    }

    private void checkCollation(Table<?> table, List<Field<?>> columns) throws SQLException {
        String name = rendering.render(table);
        Object names = columns.stream().map(Field::getName).toArray(String[]::new);
        String unfit = Jdbc.value(connection, SQL.text("not-deterministic"), name, names);
        if (unfit != null) {
            findings.add("The collation of " + unfit + " of table " + name + " is not deterministic, so that different"
                    + " tenants can be one for it. Give it another: ALTER COLUMN ... TYPE text COLLATE \"C\".");
        }
    }

    private boolean isView(String name) throws SQLException {
        return isTrue(Jdbc.value(connection, SQL.text("is-view"), name));
    }

    private void checkTable(String table) throws SQLException {
        List<@Nullable String> row = row("table", table);
        if (!isTrue(row.get(0))) {
            findings.add("Table " + table + " has tenants' rows by declaration, and the database has no such table."
                    + " Run the migrations, or correct the declaration or the search_path.");
        } else if (!isTrue(row.get(1))) {
            findings.add("Row-level security is not enabled on table " + table
                    + ". Protect it with the change protectTenantTable, protectChildTable or protectMixedTable.");
        } else {
            checkPolicies(table, isTrue(row.get(2)), row.get(3));
        }
    }

    private void checkView(String view) throws SQLException {
        List<@Nullable String> row = row("view", view);
        if (isTrue(row.get(0))) {
            findings.add("View " + view + ", or a view that it reads, is not a security_invoker view, so it shows"
                    + " what its owner sees. Protect it with the change protectView (PostgreSQL 15 and later).");
        }
        if (!isTrue(row.get(1))) {
            findings.add("View " + view + " has tenants' rows by declaration and reads no table with row-level"
                    + " security. Protect its tables, or declare the view global(...) or exempt(...).");
        }
    }

    private void checkFunction(Table<?> function) throws SQLException {
        String name = rendering.render(QualifiedName.of(function));
        Schema schema = function.getSchema();
        boolean named =
                schema != null && !Boolean.FALSE.equals(rendering.settings().isRenderSchema());
        List<@Nullable String> row = row("function", function.getName(), named ? rendering.render(schema) : null);
        if ("0".equals(row.get(0))) {
            findings.add("Function " + name + " has tenants' rows by declaration, and the database has no such"
                    + " function. Run the migrations, or correct the declaration or the search_path.");
        } else if (isTrue(row.get(1))) {
            findings.add("Function " + name + " is SECURITY DEFINER, so it shows what its owner sees. Run: ALTER"
                    + " FUNCTION " + name + " SECURITY INVOKER");
        }
    }

    private List<@Nullable String> row(String query, @Nullable Object... values) throws SQLException {
        return Jdbc.rows(connection, SQL.text(query), values).getFirst();
    }

    private static boolean isTrue(@Nullable String value) {
        return "t".equals(value);
    }

    private void checkPolicies(String table, boolean forced, @Nullable String unprotectedCommands) {
        if (!forced) {
            findings.add("Row-level security on table " + table + " is not forced, so its owner sees every row. Run:"
                    + " ALTER TABLE " + table + " FORCE ROW LEVEL SECURITY");
        }
        if (unprotectedCommands != null) {
            findings.add("Table " + table + " has no restrictive policy for this role on " + unprotectedCommands
                    + ", so one careless permissive policy opens it. Protect it with the change protectTenantTable,"
                    + " protectChildTable or protectMixedTable.");
        }
    }
}
