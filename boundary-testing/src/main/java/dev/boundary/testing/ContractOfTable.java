package dev.boundary.testing;

import dev.boundary.core.BoundaryException;
import dev.boundary.core.StatementRefusedException;
import dev.boundary.core.TenantKey;
import dev.boundary.jooq.schema.ClassifiedTable;
import dev.boundary.testing.internal.catalog.Column;
import dev.boundary.testing.internal.catalog.ForeignKey;
import dev.boundary.testing.internal.catalog.MadeRow;
import dev.boundary.testing.internal.catalog.RowMaker;
import dev.boundary.testing.internal.catalog.Sql;
import dev.boundary.testing.internal.catalog.Table;
import dev.boundary.testing.internal.catalog.TableName;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Query;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;
import org.postgresql.PGConnection;

/** The checks of one table behind some layers. Each leaves everything as it was. */
final class ContractOfTable {

    private final ContractWorld world;
    private final org.jooq.Table<?> declared;
    private final TableName name;
    private Optional<MadeRow.State> before = Optional.empty();

    ContractOfTable(ContractWorld world, ClassifiedTable table) {
        this.world = world;
        this.declared = table.table();
        this.name = TenantTables.name(table.table());
    }

    /** The checks by name, in their order. */
    Map<String, Check> checks() {
        Map<String, Check> checks = new LinkedHashMap<>();
        checks.put("select", this::select);
        checks.put("count", this::count);
        checks.put("join", this::join);
        checks.put("insert its own row", this::insertOwn);
        checks.put("insert a foreign row", this::insertForeign);
        checks.put("update", this::update);
        checks.put("move a row to another tenant", this::move);
        checks.put("delete", this::delete);
        checks.put("upsert", this::upsert);
        checks.put("lock", this::lock);
        checks.put("raw SQL", this::raw);
        checks.put("truncate", this::truncate);
        checks.put("foreign reference", this::foreignReference);
        if (world.hasPolicies()) {
            checks.put("copy", this::copy);
        }
        return checks;
    }

    /** One check. */
    @FunctionalInterface
    interface Check {
        void run() throws SQLException;
    }

    private void select() throws SQLException {
        needs("SELECT");
        List<List<@Nullable String>> seen = visible();
        if (!seen.contains(values(own()))) {
            throw new AssertionError("The tenant does not see its own row " + own().values() + ", only " + seen);
        }
        if (seen.contains(values(other()))) {
            throw new AssertionError("The tenant sees another tenant's row of " + name + " " + other().values());
        }
    }

    private void count() throws SQLException {
        needs("SELECT");
        int counted = scoped(dsl -> dsl.selectCount().from(declared).fetchOne(0, int.class));
        assertEqual("count(*)", ownOrShared(), counted);
    }

    private void join() throws SQLException {
        needs("SELECT");
        int rows = ownOrShared();
        int joined = scoped(dsl -> dsl.selectCount()
                .from(declared.as("a"))
                .crossJoin(declared.as("b"))
                .fetchOne(0, int.class));
        assertEqual("the rows of the table joined with itself", rows * rows, joined);
        int kept = scoped(dsl -> dsl.selectCount()
                .from(declared.as("a"))
                .leftJoin(declared.as("b"))
                .on(DSL.trueCondition())
                .fetchOne(0, int.class));
        assertEqual("the rows of the table left-joined with itself", rows * rows, kept);
    }

    private void insertOwn() throws SQLException {
        needs("INSERT");
        Map<String, @Nullable String> values = new LinkedHashMap<>(
                world.maker().prepare(name, world.own().asText()).values());
        String tenantColumn = world.ownership(name).tenantColumn();
        if (tenantColumn != null) {
            values.remove(tenantColumn); // Boundary fills it in
        }
        Outcome outcome = attempt(dsl -> insert(dsl, values));
        if (outcome.error().orElse(null) instanceof StatementRefusedException refused) {
            throw new TestAbortedException(
                    "The query layer lets nobody insert into this table: " + refused.getMessage());
        }
        if (outcome.rows() != 1) {
            throw new AssertionError("The tenant cannot insert a row of its own: " + outcome);
        }
    }

    private void insertForeign() throws SQLException {
        needs("INSERT");
        RowMaker.Draft draft = world.maker().prepare(name, world.other().asText());
        refused("insert a row of another tenant", dsl -> insert(dsl, draft.values()));
    }

    private void update() throws SQLException {
        needs("UPDATE");
        Field<String> column = updatable();
        int own = owned();
        Outcome outcome = attempt(dsl -> dsl.update(declared).set(column, column));
        untouched("an update without a condition", outcome);
        if (outcome.error().isEmpty()) {
            assertEqual("the rows that an update without a condition changed", own, outcome.rows());
        }
    }

    private void move() throws SQLException {
        String tenantColumn = world.ownership(name).tenantColumn();
        if (tenantColumn == null) {
            throw new TestAbortedException("Table " + name + " has no tenant column");
        }
        needs("UPDATE");
        refused(
                "give its rows to another tenant",
                dsl -> dsl.update(declared)
                        .set(Map.of(DSL.name(tenantColumn), world.other().value())));
    }

    private void delete() throws SQLException {
        needs("DELETE");
        int own = owned();
        Outcome outcome = attempt(dsl -> dsl.deleteFrom(declared));
        untouched("a delete without a condition", outcome);
        if (outcome.error().isEmpty()) {
            assertEqual("the rows that a delete without a condition deleted", own, outcome.rows());
        }
    }

    private void upsert() throws SQLException {
        needs("INSERT");
        Table table = world.table(name);
        if (table.key().isEmpty()) {
            throw new TestAbortedException("Table " + name + " has no primary key");
        }
        Map<String, @Nullable String> values = new LinkedHashMap<>();
        table.columns().stream()
                .filter(column -> !column.generated())
                .forEach(column -> values.put(column.name(), other().get(column.name())));
        String tenantColumn = world.ownership(name).tenantColumn();
        if (tenantColumn != null) {
            values.remove(tenantColumn); // Boundary fills it in
        }
        List<Field<String>> key =
                table.key().stream().map(ContractOfTable::field).toList();
        Field<String> column = updatable();
        Outcome outcome = attempt(dsl -> dsl.insertInto(declared)
                .columns(fields(values))
                .values(binds(values))
                .onConflict(key)
                .doUpdate()
                .set(column, column(column)));
        untouched("an insert with the key of another tenant's row ... on conflict do update", outcome);
    }

    private void lock() throws SQLException {
        needs("SELECT");
        Outcome outcome =
                attempt(dsl -> dsl.select(DSL.inline(1)).from(declared).forUpdate());
        untouched("a select for update", outcome);
    }

    private void raw() throws SQLException {
        needs("SELECT");
        String sql = "select " + columns() + " from " + name.sql();
        if (world.hasQueryLayer()) {
            Outcome outcome = attempt(dsl -> dsl.query(sql));
            if (outcome.error().isEmpty()) {
                throw new AssertionError("The query layer let plain SQL pass: " + sql);
            }
        }
        if (world.hasPolicies()) {
            List<List<@Nullable String>> seen = world.plain(connection -> Sql.rows(connection, sql));
            if (seen.contains(values(other()))) {
                throw new AssertionError("Plain SQL shows another tenant's row of " + name + " " + other().values());
            }
            assertEqual("the rows that plain SQL shows", ownOrShared(), seen.size());
        }
    }

    private void truncate() throws SQLException {
        before = other().state(world.superuser());
        if (world.hasQueryLayer()) {
            refused("truncate the table", dsl -> dsl.truncate(declared));
        }
        if (world.hasPolicies()) {
            String state = world.plain(connection -> {
                try {
                    Sql.run(connection, "truncate " + name.sql() + " cascade");
                    return "";
                } catch (SQLException e) {
                    return Objects.requireNonNullElse(e.getSQLState(), "");
                }
            });
            assertEqual("the SQLSTATE of TRUNCATE", "42501", state);
        }
    }

    private void copy() throws SQLException {
        needs("SELECT");
        String copied = world.plain(connection -> {
            StringWriter out = new StringWriter();
            try {
                connection.unwrap(PGConnection.class).getCopyAPI().copyOut("copy " + name.sql() + " to stdout", out);
            } catch (IOException e) {
                throw new SQLException("COPY cannot be read", e);
            }
            return out.toString();
        });
        assertEqual("the rows that COPY TO shows", ownOrShared(), (int)
                copied.lines().count());
        boolean accepted = world.plain(connection -> {
            try {
                connection
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyIn("copy " + name.sql() + " from stdin", new StringReader(""));
                return true;
            } catch (IOException e) {
                throw new SQLException("COPY cannot be written", e);
            } catch (SQLException e) {
                return false; // feature_not_supported under row-level security, or no privilege
            }
        });
        if (accepted) {
            throw new AssertionError(
                    "COPY FROM is accepted, which row-level security would refuse: is it on for " + name + "?");
        }
    }

    private void foreignReference() throws SQLException {
        needs("INSERT");
        int tried = 0;
        for (ForeignKey key : world.table(name).foreignKeys()) {
            if (world.ownership(key.target()).isTenants() && !key.target().equals(name)) {
                tried++;
                pointElsewhere(key);
            }
        }
        if (tried == 0) {
            throw new TestAbortedException("Table " + name + " refers to no other table with tenants' rows");
        }
    }

    private void pointElsewhere(ForeignKey key) throws SQLException {
        Map<String, @Nullable String> values = new LinkedHashMap<>(
                world.maker().prepare(name, world.own().asText()).values());
        MadeRow parent = world.row(key.target(), world.other());
        String tenantColumn = world.ownership(name).tenantColumn();
        for (int i = 0; i < key.columns().size(); i++) {
            if (!key.columns().get(i).equals(tenantColumn)) {
                values.put(key.columns().get(i), parent.get(key.targetColumns().get(i)));
            }
        }
        Outcome outcome = attempt(dsl -> insert(dsl, values));
        if (outcome.rows() > 0) {
            throw new AssertionError("A row of the tenant can refer to another tenant's row of " + key.target()
                    + " through foreign key " + key.name() + ". Let it contain the tenant column on both sides:"
                    + " protectTenantTable and composite keys close it.");
        }
        untouched("a reference by " + key.name(), outcome);
    }

    /** Does something in the tenant's scope and rolls it back. */
    private Outcome attempt(Function<DSLContext, Query> statement) {
        Outcome[] outcome = {new Outcome(0, Optional.empty())};
        world.inScope(() -> {
            try {
                world.dsl().transaction(configuration -> {
                    int rows = statement.apply(configuration.dsl()).execute();
                    outcome[0] = new Outcome(rows, Optional.empty());
                    throw new RolledBack();
                });
            } catch (RolledBack e) {
                // as it was meant
            } catch (BoundaryException | DataAccessException e) {
                outcome[0] = new Outcome(0, Optional.of(e));
            }
        });
        return outcome[0];
    }

    private void refused(String what, Function<DSLContext, Query> statement) throws SQLException {
        Outcome outcome = attempt(statement);
        if (outcome.rows() > 0) {
            throw new AssertionError(
                    "In table " + name + " the tenant can " + what + " (" + outcome.rows() + " rows).");
        }
        boolean isRefusal = outcome.error().map(ContractOfTable::isRefusal).orElse(false);
        if (!isRefusal) {
            throw new AssertionError(
                    "That the tenant wants to " + what + " is not refused, but: " + outcome,
                    outcome.error().orElse(null));
        }
        untouched("an attempt to " + what, outcome);
    }

    /** By Boundary, by a policy or missing privilege, or by a constraint. */
    private static boolean isRefusal(RuntimeException error) {
        if (error instanceof DataAccessException database) {
            String state = Objects.requireNonNullElse(database.sqlState(), "");
            return state.equals("42501") || state.startsWith("23");
        }
        return error instanceof BoundaryException;
    }

    private <T> T scoped(Function<DSLContext, @Nullable T> query) {
        return dev.boundary.core.TenantContext.where(world.own())
                .call(() -> Objects.requireNonNull(query.apply(world.dsl())));
    }

    private List<List<@Nullable String>> visible() {
        List<Field<String>> columns = world.table(name).columns().stream()
                .map(column -> field(column.name()).cast(SQLDataType.CLOB))
                .toList();
        return scoped(dsl -> dsl.select(columns).from(declared).fetch(row -> {
            List<@Nullable String> values = new ArrayList<>();
            for (int i = 0; i < columns.size(); i++) {
                values.add(row.get(i, String.class));
            }
            return values;
        }));
    }

    private void untouched(String what, Outcome outcome) throws SQLException {
        Optional<MadeRow.State> now = other().state(world.superuser());
        // PostgreSQL locks the row in conflict before it asks the policies; once refused, the lock is gone.
        boolean same = outcome.error().isEmpty()
                ? now.equals(before)
                : now.map(MadeRow.State::version).equals(before.map(MadeRow.State::version));
        if (!same) {
            throw new AssertionError(
                    "By " + what + " the tenant reached another tenant's row of " + name + " " + other().values());
        }
    }

    private MadeRow own() {
        return world.row(name, world.own());
    }

    private MadeRow other() {
        return world.row(name, world.other());
    }

    private List<@Nullable String> values(MadeRow row) {
        return new ArrayList<>(row.values().values());
    }

    private int owned() throws SQLException {
        return (int) world.maker().made().stream()
                .filter(row -> row.table().equals(name) && world.own().asText().equals(row.tenant()))
                .count();
    }

    /** How many rows the tenant may see: its own, and in a mixed table the shared ones. */
    private int ownOrShared() throws SQLException {
        String tenantColumn = world.ownership(name).tenantColumn();
        int shared = tenantColumn == null
                ? 0
                : Integer.parseInt(Objects.requireNonNull(Sql.value(
                        world.superuser(),
                        "select count(*) from " + name.sql() + " where " + Sql.quote(tenantColumn) + " is null")));
        return owned() + shared;
    }

    private String columns() {
        return world.table(name).columns().stream()
                .map(column -> "cast(" + Sql.quote(column.name()) + " as text)")
                .collect(java.util.stream.Collectors.joining(", "));
    }

    /** A column that the application may update, other than the tenant's. */
    private Field<String> updatable() throws SQLException {
        String tenantColumn = world.ownership(name).tenantColumn();
        for (Column column : world.table(name).columns()) {
            if (!column.generated() && !column.name().equals(tenantColumn) && world.mayUpdate(name, column.name())) {
                return field(column.name());
            }
        }
        throw new TestAbortedException("The application role may update no column of " + name);
    }

    private void needs(String privilege) throws SQLException {
        before = other().state(world.superuser());
        if (!world.may(privilege, name)) {
            throw new TestAbortedException("The application role has no " + privilege + " on " + name);
        }
    }

    private Query insert(DSLContext dsl, Map<String, @Nullable String> values) {
        return dsl.insertInto(declared).columns(fields(values)).values(binds(values));
    }

    private static List<Field<String>> fields(Map<String, @Nullable String> values) {
        return values.keySet().stream().map(ContractOfTable::field).toList();
    }

    /** Texts, and the tenant's key as the object that it is. */
    private List<@Nullable Object> binds(Map<String, @Nullable String> values) {
        List<@Nullable Object> binds = new ArrayList<>();
        values.forEach((column, value) -> binds.add(
                value != null && column.equals(world.ownership(name).tenantColumn())
                        ? TenantKey.parse(world.own().type(), value).value()
                        : value));
        return binds;
    }

    private Field<String> column(Field<String> field) {
        return DSL.field(declared.getQualifiedName().append(field.getUnqualifiedName()), String.class);
    }

    private static Field<String> field(String column) {
        return DSL.field(DSL.name(column), String.class);
    }

    private void assertEqual(String what, Object expected, Object actual) {
        if (!expected.equals(actual)) {
            throw new AssertionError(
                    "In table " + name + ": expected " + what + " to be " + expected + ", and it is " + actual + ".");
        }
    }

    /** What an attempt came to. */
    private record Outcome(int rows, Optional<RuntimeException> error) {}

    /** Undoes an attempt. */
    private static final class RolledBack extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }
}
