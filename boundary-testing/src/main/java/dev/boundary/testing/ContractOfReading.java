package dev.boundary.testing;

import dev.boundary.core.BoundaryException;
import dev.boundary.rls.internal.sql.Jdbc;
import dev.boundary.rls.internal.sql.Quoting;
import dev.boundary.testing.ContractTable.Check;
import dev.boundary.testing.ContractTable.Outcome;
import dev.boundary.testing.internal.catalog.MadeRow;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** The checks of what a tenant sees in a table. */
final class ContractOfReading {

    private final ContractTable table;

    ContractOfReading(ContractTable table) {
        this.table = table;
    }

    void addTo(Map<String, Check> checks) {
        checks.put("select", this::select);
        checks.put("count", this::count);
        checks.put("join", this::join);
        checks.put("raw SQL", this::raw);
        if (table.world().hasPolicies()) {
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
        if (seen.contains(values(table.other()))) {
            throw new AssertionError("The tenant sees another tenant's row of " + table.name() + " "
                    + table.other().values());
        }
        table.assertEqual("the number of rows that the tenant sees", table.visible(), seen.size());
    }

    private void count() throws SQLException {
        table.needs("SELECT");
        int counted = table.ask(dsl -> dsl.selectCount().from(table.declared()).fetchOne(0, int.class));
        table.assertEqual("count(*)", table.visible(), counted);
    }

    private void join() throws SQLException {
        table.needs("SELECT");
        int rows = table.visible();
        int joined = table.ask(dsl -> dsl.selectCount()
                .from(table.declared().as("a"))
                .crossJoin(table.declared().as("b"))
                .fetchOne(0, int.class));
        table.assertEqual("the rows of the table joined with itself", rows * rows, joined);
        int kept = table.ask(dsl -> dsl.selectCount()
                .from(table.declared().as("a"))
                .leftJoin(table.declared().as("b"))
                .on(DSL.trueCondition())
                .fetchOne(0, int.class));
        table.assertEqual("the rows of the table left-joined with itself", rows * rows, kept);
    }

    private void raw() throws SQLException {
        table.needs("SELECT");
        String sql = "select " + columns() + " from " + table.name().sql();
        if (table.world().hasQueryLayer()) {
            Outcome outcome = table.attempt(dsl -> dsl.query(sql));
            if (!(outcome.error().orElse(null) instanceof BoundaryException)) {
                throw new AssertionError(
                        "The query layer let plain SQL pass: " + sql + " " + outcome,
                        outcome.error().orElse(null));
            }
        }
        if (table.world().hasPolicies()) {
            List<List<@Nullable String>> seen = table.world().plain(connection -> Jdbc.rows(connection, sql));
            if (seen.contains(values(table.other()))) {
                throw new AssertionError("Plain SQL shows another tenant's row of " + table.name() + " "
                        + table.other().values());
            }
            table.assertEqual("the number of rows that plain SQL shows", table.visible(), seen.size());
        }
    }

    private void copy() throws SQLException {
        table.needs("SELECT");
        // COPY of a partitioned table's name is refused by PostgreSQL; of a query it is the same rows.
        String query = "copy (select * from " + table.name().sql() + ") to stdout";
        String copied = table.world().plain(connection -> {
            StringWriter out = new StringWriter();
            try {
                connection.unwrap(PGConnection.class).getCopyAPI().copyOut(query, out);
            } catch (IOException e) {
                throw new SQLException("COPY cannot be read", e);
            }
            return out.toString();
        });
        table.assertEqual("the number of rows that COPY TO shows", table.visible(), (int)
                copied.lines().count());
        boolean accepted = table.world().plain(connection -> {
            try {
                connection
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyIn("copy " + table.name().sql() + " from stdin", new StringReader(""));
                return true;
            } catch (IOException e) {
                throw new SQLException("COPY cannot be written", e);
            } catch (SQLException e) {
                return false; // feature_not_supported under row-level security, or no privilege
            }
        });
        if (accepted) {
            throw new AssertionError(
                    "COPY FROM is accepted, which row-level security would refuse: is it on for " + table.name() + "?");
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

    private String columns() {
        return table.inCatalog().columns().stream()
                .map(column -> "cast(" + Quoting.identifier(column.name()) + " as text)")
                .collect(Collectors.joining(", "));
    }

    private static List<@Nullable String> values(MadeRow row) {
        return new ArrayList<>(row.values().values());
    }
}
