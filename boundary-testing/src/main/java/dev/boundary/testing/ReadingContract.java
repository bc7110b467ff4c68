package dev.boundary.testing;

import dev.boundary.core.BoundaryException;
import dev.boundary.rls.internal.sql.Jdbc;
import dev.boundary.testing.ContractTable.Check;
import dev.boundary.testing.internal.catalog.GeneratedRow;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** Checks what a tenant sees in a table. */
final class ReadingContract {

    private final ContractTable table;

    ReadingContract(ContractTable table) {
        this.table = table;
    }

    void addTo(Map<String, Check> checks) {
        checks.put("select", this::select);
        checks.put("count", this::count);
        checks.put("join", this::join);
        checks.put("raw SQL", this::raw);
        if (table.fixture().hasPolicies()) {
            checks.put("copy", this::copy); // does not go through jOOQ, so the query layer alone has no part in it
        }
    }

    private void select() throws SQLException {
        table.needs("SELECT");
        List<List<@Nullable String>> seen = rows();
        if (!seen.contains(values(table.own()))) {
            throw new AssertionError("In table " + table.name() + " the tenant does not see its own row "
                    + table.own().values() + ", only " + seen);
        }
        assertNotOthers("The tenant sees", seen);
        table.assertEqual("the number of rows that the tenant sees", table.visible(), seen.size());
    }

    private void count() throws SQLException {
        table.needs("SELECT");
        int counted = table.ask(dsl -> dsl.selectCount().from(table.declared()).fetchOne(0, int.class));
        table.assertEqual("count(*)", table.visible(), counted);
    }

    private void join() throws SQLException {
        table.needs("SELECT");
        Table<?> left = table.declared().as("a");
        Table<?> right = table.declared().as("b");
        int rows = table.visible();
        int joined =
                table.ask(dsl -> dsl.selectCount().from(left).crossJoin(right).fetchOne(0, int.class));
        table.assertEqual("the rows of the table joined with itself", rows * rows, joined);
        int kept = table.ask(dsl -> dsl.selectCount()
                .from(left)
                .leftJoin(right)
                .on(DSL.trueCondition())
                .fetchOne(0, int.class));
        table.assertEqual("the rows of the table left-joined with itself", rows * rows, kept);
    }

    private void raw() throws SQLException {
        table.needs("SELECT");
        String sql = "select " + table.inCatalog().columnsAsText() + " from "
                + table.name().quoted();
        if (table.fixture().hasQueryLayer()) {
            refuseRaw(sql);
        }
        if (table.fixture().hasPolicies()) {
            filterRaw(sql);
        }
    }

    private void refuseRaw(String sql) {
        Outcome outcome = table.attempt(dsl -> dsl.query(sql));
        if (!(outcome.error().orElse(null) instanceof BoundaryException)) {
            throw new AssertionError(
                    "The query layer let plain SQL pass: " + sql + " " + outcome,
                    outcome.error().orElse(null));
        }
    }

    private void filterRaw(String sql) throws SQLException {
        List<List<@Nullable String>> seen = table.database().plain(connection -> Jdbc.rows(connection, sql));
        assertNotOthers("Plain SQL shows", seen);
        table.assertEqual("the number of rows that plain SQL shows", table.visible(), seen.size());
    }

    private void assertNotOthers(String what, List<List<@Nullable String>> seen) {
        GeneratedRow other = table.other();
        if (seen.contains(values(other))) {
            throw new AssertionError(what + " another tenant's row of " + table.name() + " " + other.values());
        }
    }

    private void copy() throws SQLException {
        table.needs("SELECT");
        long copied = table.database().plain(this::copyOut);
        table.assertEqual("the number of rows that COPY TO shows", (long) table.visible(), copied);
        if (table.database().plain(this::acceptsCopyIn)) {
            throw new AssertionError(
                    "COPY FROM is accepted, which row-level security would refuse: is it on for " + table.name() + "?");
        }
    }

    // PostgreSQL refuses COPY of a partitioned table's name; COPY of a query gives the same rows.
    private long copyOut(Connection connection) throws SQLException {
        StringWriter out = new StringWriter();
        try {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut("copy (select * from " + table.name().quoted() + ") to stdout", out);
        } catch (IOException e) {
            throw new SQLException("COPY cannot be read", e);
        }
        return out.toString().lines().count();
    }

    private boolean acceptsCopyIn(Connection connection) throws SQLException {
        try {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("copy " + table.name().quoted() + " from stdin", new StringReader(""));
            return true;
        } catch (IOException e) {
            throw new SQLException("COPY cannot be written", e);
        } catch (SQLException e) {
            return false; // feature_not_supported under row-level security, or no privilege
        }
    }

    private List<List<@Nullable String>> rows() {
        List<Field<String>> columns = table.inCatalog().columns().stream()
                .map(column -> ContractTable.field(column.name()).cast(SQLDataType.CLOB))
                .toList();
        return table.ask(dsl -> dsl.select(columns).from(table.declared()).fetch(row -> {
            List<@Nullable String> values = new ArrayList<>();
            for (int i = 0; i < columns.size(); i++) {
                values.add(row.get(i, String.class));
            }
            return values;
        }));
    }

    private static List<@Nullable String> values(GeneratedRow row) {
        return new ArrayList<>(row.values().values());
    }
}
