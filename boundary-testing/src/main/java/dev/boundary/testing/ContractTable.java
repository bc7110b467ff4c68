package dev.boundary.testing;

import dev.boundary.core.BoundaryException;
import dev.boundary.core.TenantContext;
import dev.boundary.core.TenantKey;
import dev.boundary.jooq.schema.TableClassification.ClassifiedTable;
import dev.boundary.testing.internal.catalog.Column;
import dev.boundary.testing.internal.catalog.MadeRow;
import dev.boundary.testing.internal.catalog.QualifiedName;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Query;
import org.jooq.Table;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/** One table behind some layers: what its checks have in common. Immutable; what it does, it undoes. */
record ContractTable(ContractWorld world, ClassifiedTable classified) {

    /** One check. */
    @FunctionalInterface
    interface Check {
        void run() throws SQLException;
    }

    Table<?> declared() {
        return classified.table();
    }

    QualifiedName name() {
        return TenantTables.name(classified.table());
    }

    dev.boundary.testing.internal.catalog.Table inCatalog() {
        return world.table(name());
    }

    @Nullable
    String tenantColumn() {
        return world.ownership(name()).tenantColumn();
    }

    MadeRow own() {
        return world.row(name(), world.own());
    }

    MadeRow other() {
        return world.row(name(), world.other());
    }

    /** Whether it has a foreign key to a table with tenants' rows; false also if it is not there. */
    boolean refersToTenants() {
        return world.find(name()).stream()
                .flatMap(found -> found.foreignKeys().stream())
                .anyMatch(key -> world.ownership(key.target()).isTenants());
    }

    /** How many rows are a tenant's. */
    int owned(TenantKey tenant) throws SQLException {
        return world.rows().owned(world.superuser(), classified, tenant);
    }

    /** How many rows the tenant may see. */
    int visible() throws SQLException {
        return world.rows().visible(world.superuser(), classified, world.own());
    }

    /** Skips the check if the application role lacks the privilege, which keeps every tenant out. */
    void needs(String privilege) throws SQLException {
        if (!world.may(privilege, name())) {
            throw new TestAbortedException("The application role has no " + privilege + " on " + name());
        }
    }

    /** A column that the application may update, other than the tenant's; rather one that is no key. */
    Field<String> updatable() throws SQLException {
        List<Column> columns = new ArrayList<>(inCatalog().columns());
        columns.sort(Comparator.comparing(
                column -> column.defaulted() || inCatalog().key().contains(column.name())));
        for (Column column : columns) {
            if (!column.generated()
                    && !column.name().equals(tenantColumn())
                    && world.mayUpdate(name(), column.name())) {
                return field(column.name());
            }
        }
        throw new TestAbortedException("The application role may update no column of " + name());
    }

    /** Asks in the tenant's scope. */
    <T> T ask(Function<DSLContext, @Nullable T> query) {
        return TenantContext.where(world.own()).call(() -> Objects.requireNonNull(query.apply(world.dsl())));
    }

    /** Does something in the tenant's scope and rolls it back. */
    Outcome attempt(Function<DSLContext, Query> statement) {
        return attempt(world.own(), statement);
    }

    /** Does something in a scope and rolls it back. */
    Outcome attempt(TenantKey tenant, Function<DSLContext, Query> statement) {
        Outcome[] outcome = {new Outcome(0, Optional.empty())};
        TenantContext.where(tenant).run(() -> {
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

    Query insert(DSLContext dsl, Map<String, @Nullable String> values) {
        return dsl.insertInto(declared()).columns(fields(values)).values(binds(values));
    }

    static List<Field<String>> fields(Map<String, @Nullable String> values) {
        return values.keySet().stream().map(ContractTable::field).toList();
    }

    /** Texts, and the tenant's key as the object that it is. */
    List<@Nullable Object> binds(Map<String, @Nullable String> values) {
        List<@Nullable Object> binds = new ArrayList<>();
        values.forEach((column, value) -> binds.add(
                value != null && column.equals(tenantColumn())
                        ? TenantKey.parse(world.own().type(), value).value()
                        : value));
        return binds;
    }

    /** The same without the tenant, which Boundary fills in. */
    Map<String, @Nullable String> withoutTenant(Map<String, @Nullable String> values) {
        Map<String, @Nullable String> copy = new LinkedHashMap<>(values);
        if (tenantColumn() != null) {
            copy.remove(tenantColumn());
        }
        return copy;
    }

    static Field<String> field(String column) {
        return DSL.field(DSL.name(column), String.class);
    }

    void assertEqual(String what, Object expected, Object actual) {
        if (!expected.equals(actual)) {
            throw new AssertionError(
                    "In table " + name() + ": expected " + what + " to be " + expected + ", and it is " + actual + ".");
        }
    }

    /** Remembers the rows that the tenant must not change: another tenant's, and the shared one. */
    Watch watch() throws SQLException {
        Map<MadeRow, Optional<MadeRow.State>> states = new LinkedHashMap<>();
        states.put(other(), other().state(world.superuser()));
        Optional<MadeRow> shared = world.sharedRow(name());
        if (shared.isPresent()) {
            states.put(shared.get(), shared.get().state(world.superuser()));
        }
        return new Watch(this, states);
    }

    /**
     * The rows that the tenant must not change, as they were.
     *
     * @param table their table
     * @param before each row's state
     */
    record Watch(ContractTable table, Map<MadeRow, Optional<MadeRow.State>> before) {

        /** Fails if an attempt reached one of the rows: changed, deleted or locked it. */
        void untouched(String what, Outcome outcome) throws SQLException {
            untouched(what, outcome, true);
        }

        /** The same for what may lock the shared row: who may read a row may refer to it, which locks it as well. */
        void untouchedExceptByLocks(String what, Outcome outcome) throws SQLException {
            untouched(what, outcome, false);
        }

        private void untouched(String what, Outcome outcome, boolean sharedLocksCount) throws SQLException {
            for (Map.Entry<MadeRow, Optional<MadeRow.State>> entry : before.entrySet()) {
                MadeRow row = entry.getKey();
                boolean shared = row.tenant() == null;
                Optional<MadeRow.State> now = row.state(table.world().superuser());
                // PostgreSQL locks the row in conflict before it asks the policies; once refused, the lock is gone.
                boolean locksCount = outcome.error().isEmpty() && (!shared || sharedLocksCount);
                boolean same = locksCount
                        ? now.equals(entry.getValue())
                        : now.map(MadeRow.State::version)
                                .equals(entry.getValue().map(MadeRow.State::version));
                if (!same) {
                    throw new AssertionError("By " + what + " the tenant reached "
                            + (shared ? "the shared row of " : "another tenant's row of ") + table.name() + " "
                            + row.values());
                }
            }
        }

        /** Fails unless an attempt was refused and reached nothing. */
        void refused(String what, Outcome outcome) throws SQLException {
            table.refused(what, outcome);
            untouched("an attempt to " + what, outcome);
        }
    }

    /** Fails unless an attempt was refused. */
    void refused(String what, Outcome outcome) {
        if (outcome.rows() > 0) {
            throw new AssertionError(
                    "In table " + name() + " the tenant can " + what + " (" + outcome.rows() + " rows).");
        }
        if (!outcome.isRefusal()) {
            throw new AssertionError(
                    "In table " + name() + ": that the tenant wants to " + what + " is not refused, but: " + outcome,
                    outcome.error().orElse(null));
        }
    }

    /** Fails if the tenant was kept from its own rows; skips the check if something else than isolation did it. */
    void allowed(String what, Outcome outcome) {
        RuntimeException error = outcome.error().orElse(null);
        if (error == null) {
            return;
        }
        if (error instanceof DataAccessException && !outcome.isDenied()) {
            throw new TestAbortedException("In table " + name() + " the tenant cannot " + what
                    + " for a reason that is not its isolation: " + error.getMessage());
        }
        throw new AssertionError(
                "In table " + name() + " the tenant cannot " + what + ": " + error.getMessage(), error);
    }

    /**
     * What an attempt came to.
     *
     * @param rows how many rows it changed
     * @param error what refused it
     */
    record Outcome(int rows, Optional<RuntimeException> error) {

        /** By Boundary, by a policy or missing privilege, or by a constraint. */
        boolean isRefusal() {
            return error.isPresent() && (!(error.get() instanceof DataAccessException) || isDenied() || isConstraint());
        }

        /** By a policy or a missing privilege. */
        boolean isDenied() {
            return state().equals("42501");
        }

        /** By a constraint: class 23, integrity constraint violation. */
        boolean isConstraint() {
            return state().startsWith("23");
        }

        /** By a unique or an exclusion constraint. */
        boolean isTaken() {
            return state().equals("23505") || state().equals("23P01");
        }

        /** By a NOT NULL constraint. */
        boolean isNull() {
            return state().equals("23502");
        }

        private String state() {
            return error.orElse(null) instanceof DataAccessException database
                    ? Objects.requireNonNullElse(database.sqlState(), "")
                    : "";
        }
    }

    /** Undoes an attempt. */
    private static final class RolledBack extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }
}
