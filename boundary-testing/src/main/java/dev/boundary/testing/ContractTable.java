package dev.boundary.testing;

import dev.boundary.core.BoundaryException;
import dev.boundary.core.TenantContext;
import dev.boundary.core.TenantKey;
import dev.boundary.jooq.schema.TableClassification.ClassifiedTable;
import dev.boundary.rls.TableName;
import dev.boundary.testing.internal.catalog.GeneratedRow;
import dev.boundary.testing.internal.catalog.TypedColumn;
import dev.boundary.testing.internal.catalog.TypedTable;
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

/** One table behind some layers: what its checks have in common. Immutable; it rolls back what it does. */
record ContractTable(ContractFixture fixture, ClassifiedTable classified) {

    /** One check. */
    @FunctionalInterface
    interface Check {
        void run() throws SQLException;
    }

    ContractDatabase database() {
        return fixture.database();
    }

    Table<?> declared() {
        return classified.table();
    }

    TableName name() {
        return TenantTables.name(classified.table());
    }

    TypedTable inCatalog() {
        return fixture.table(name());
    }

    @Nullable
    String tenantColumn() {
        return fixture.ownership(name()).tenantColumn();
    }

    GeneratedRow own() {
        return database().row(name(), database().own());
    }

    GeneratedRow other() {
        return database().row(name(), database().other());
    }

    /** Whether it has a foreign key to a table with tenants' rows; false also if it is not there. */
    boolean refersToTenants() {
        return fixture.find(name()).stream()
                .flatMap(found -> found.foreignKeys().stream())
                .anyMatch(key -> fixture.ownership(key.target()).hasTenantRows());
    }

    /** How many rows are a tenant's. */
    int owned(TenantKey tenant) throws SQLException {
        return fixture.rows().owned(database().superuser(), classified, tenant);
    }

    /** How many rows the tenant may see. */
    int visible() throws SQLException {
        return fixture.rows()
                .visible(database().superuser(), classified, database().own());
    }

    /** Skips the check if the application role lacks the privilege, which keeps every tenant out. */
    void needs(String privilege) throws SQLException {
        if (!fixture.privileges().has(privilege, name())) {
            throw new TestAbortedException("The application role has no " + privilege + " on " + name());
        }
    }

    /** A column that the application may update, other than the tenant column; preferably no key. */
    Field<String> updatable() throws SQLException {
        List<TypedColumn> columns = new ArrayList<>(inCatalog().columns());
        columns.sort(Comparator.comparing(
                column -> column.hasDefault() || inCatalog().key().contains(column.name())));
        for (TypedColumn column : columns) {
            if (isUpdatable(column)) {
                return field(column.name());
            }
        }
        throw new TestAbortedException("The application role may update no column of " + name());
    }

    private boolean isUpdatable(TypedColumn column) throws SQLException {
        return !column.generated()
                && !column.name().equals(tenantColumn())
                && fixture.privileges().canUpdate(name(), column.name());
    }

    /** Runs a query in the tenant's scope. */
    <T> T ask(Function<DSLContext, @Nullable T> query) {
        return TenantContext.where(database().own())
                .call(() -> Objects.requireNonNull(query.apply(database().dsl())));
    }

    /** Runs a statement in the tenant's scope and rolls it back. */
    Outcome attempt(Function<DSLContext, Query> statement) {
        return attempt(database().own(), statement);
    }

    /** Runs a statement in a scope and rolls it back. */
    Outcome attempt(TenantKey tenant, Function<DSLContext, Query> statement) {
        return TenantContext.where(tenant).call(() -> {
            try {
                database().dsl().transaction(configuration -> {
                    throw new RolledBack(statement.apply(configuration.dsl()).execute());
                });
                throw new IllegalStateException("The transaction was not rolled back");
            } catch (RolledBack e) {
                return new Outcome(e.rows, Optional.empty());
            } catch (BoundaryException | DataAccessException e) {
                return new Outcome(0, Optional.of(e));
            }
        });
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
                        ? TenantKey.parse(database().own().type(), value).value()
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

    /** Notes the rows that the tenant must not change: another tenant's, and the shared one. */
    Watch watch() throws SQLException {
        Map<GeneratedRow, Optional<GeneratedRow.State>> states = new LinkedHashMap<>();
        states.put(other(), other().state(database().superuser()));
        Optional<GeneratedRow> shared = database().sharedRow(name());
        if (shared.isPresent()) {
            states.put(shared.get(), shared.get().state(database().superuser()));
        }
        return new Watch(this, states);
    }

    /**
     * The rows that the tenant must not change, as they were.
     *
     * @param table their table
     * @param before each row's state
     */
    record Watch(ContractTable table, Map<GeneratedRow, Optional<GeneratedRow.State>> before) {

        /** Fails if an attempt reached one of the rows: changed, deleted or locked it. */
        void untouched(String what, Outcome outcome) throws SQLException {
            untouched(what, outcome, true);
        }

        /** The same for what may lock the shared row: who may read a row may refer to it, which locks it as well. */
        void untouchedExceptByLocks(String what, Outcome outcome) throws SQLException {
            untouched(what, outcome, false);
        }

        private void untouched(String what, Outcome outcome, boolean sharedLocksCount) throws SQLException {
            for (Map.Entry<GeneratedRow, Optional<GeneratedRow.State>> entry : before.entrySet()) {
                GeneratedRow row = entry.getKey();
                boolean shared = row.tenant() == null;
                // PostgreSQL locks the row in conflict before it asks the policies; once refused, the lock is gone.
                boolean locksCount = outcome.error().isEmpty() && (!shared || sharedLocksCount);
                Optional<GeneratedRow.State> now = row.state(table.database().superuser());
                boolean same = locksCount
                        ? now.equals(entry.getValue())
                        : GeneratedRow.State.isSameVersion(now, entry.getValue());
                if (!same) {
                    String whose = shared ? "the shared row of " : "another tenant's row of ";
                    throw new AssertionError(
                            "By " + what + " the tenant reached " + whose + table.name() + " " + row.values());
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
                    "In table " + name() + " an attempt to " + what + " is not refused, but ends with: " + outcome,
                    outcome.error().orElse(null));
        }
    }

    /** Fails if the tenant could not reach its own rows; skips the check if the reason is not isolation. */
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

    /** Rolls an attempt back, and tells how many rows it changed. */
    private static final class RolledBack extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final int rows;

        RolledBack(int rows) {
            this.rows = rows;
        }
    }
}
