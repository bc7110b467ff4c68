package dev.boundary.testing;

import dev.boundary.core.TenantKey;
import dev.boundary.rls.internal.sql.Jdbc;
import dev.boundary.testing.ContractTable.Check;
import dev.boundary.testing.ContractTable.Outcome;
import dev.boundary.testing.ContractTable.Watch;
import dev.boundary.testing.internal.catalog.ForeignKey;
import dev.boundary.testing.internal.catalog.MadeRow;
import dev.boundary.testing.internal.catalog.RowMaker;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/** The checks of what a tenant changes and locks in a table. */
final class ContractOfWriting {

    private static final int MOST_TRIES = 5;

    private final ContractTable table;

    ContractOfWriting(ContractTable table) {
        this.table = table;
    }

    void addTo(Map<String, Check> checks) {
        checks.put("insert its own row", this::insertOwn);
        checks.put("insert a foreign row", this::insertForeign);
        checks.put("update", this::update);
        if (table.tenantColumn() != null) {
            checks.put("move a row to another tenant", this::move);
        }
        checks.put("delete", this::delete);
        checks.put("upsert", this::upsert);
        checks.put("lock", this::lock);
        checks.put("truncate", this::truncate);
        if (table.refersToTenants()) {
            checks.put("foreign reference", this::foreignReference);
        }
    }

    // By a tenant without rows: a table may be made for one row of each tenant.
    private void insertOwn() throws SQLException {
        table.needs("INSERT");
        Outcome outcome = insertNew(draft -> table.withoutTenant(draft.values()), true);
        if (outcome.rows() != 1) {
            throw new AssertionError(
                    "In table " + table.name() + " the tenant cannot insert a row of its own: "
                            + outcome.error().map(Throwable::getMessage).orElse(outcome.rows() + " rows"),
                    outcome.error().orElse(null));
        }
    }

    private void insertForeign() throws SQLException {
        table.needs("INSERT");
        Outcome outcome = insertNew(RowMaker.Draft::values, false);
        table.refused("insert a row of another tenant", outcome);
        // Of a child the query layer makes the parent's key null if the parent is another tenant's.
        boolean byQueryLayer = table.world().hasQueryLayer() && table.tenantColumn() == null && outcome.isNull();
        if (outcome.isConstraint() && !byQueryLayer) {
            throw new AssertionError(
                    "In table " + table.name() + " a row of another tenant is kept out by a constraint only: "
                            + outcome.error().map(Throwable::getMessage).orElse(""),
                    outcome.error().orElse(null));
        }
    }

    /** Inserts a row of a new tenant, in its scope or in the usual one; again if by chance its values are taken. */
    private Outcome insertNew(Values values, boolean inItsScope) throws SQLException {
        TenantKey newcomer = table.world().newcomer();
        TenantKey scope = inItsScope ? newcomer : table.world().own();
        Outcome outcome = new Outcome(0, Optional.empty());
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            RowMaker.Draft draft = table.world().maker().prepare(table.name(), newcomer.asText());
            outcome = table.attempt(scope, dsl -> table.insert(dsl, values.of(draft)));
            if (!outcome.isTaken()) {
                break;
            }
        }
        return outcome;
    }

    private void update() throws SQLException {
        table.needs("UPDATE");
        Field<String> column = table.updatable();
        int own = table.owned(table.world().own());
        Watch watch = table.watch();
        Outcome outcome = table.attempt(dsl -> dsl.update(table.declared()).set(column, column));
        watch.untouched("an update without a condition", outcome);
        table.allowed("update its own rows", outcome);
        table.assertEqual("the number of rows that an update without a condition changed", own, outcome.rows());
    }

    private void move() throws SQLException {
        table.needs("UPDATE");
        Object newcomer = table.world().newcomer().value();
        Outcome outcome = table.attempt(dsl -> dsl.update(table.declared())
                .set(Map.of(DSL.name(Objects.requireNonNull(table.tenantColumn())), newcomer)));
        table.refused("give its rows to another tenant", outcome);
    }

    // By a tenant to whose row no other refers.
    private void delete() throws SQLException {
        table.needs("DELETE");
        TenantKey newcomer = table.world().newcomer();
        table.world().maker().make(table.name(), newcomer.asText());
        int own = table.owned(newcomer);
        Watch watch = table.watch();
        Outcome outcome = table.attempt(newcomer, dsl -> dsl.deleteFrom(table.declared()));
        watch.untouched("a delete without a condition", outcome);
        table.allowed("delete its own rows", outcome);
        table.assertEqual("the number of rows that a delete without a condition deleted", own, outcome.rows());
    }

    private void upsert() throws SQLException {
        table.needs("INSERT");
        List<String> keyColumns = table.inCatalog().key();
        if (keyColumns.isEmpty()) {
            throw new TestAbortedException("Table " + table.name() + " has no primary key");
        }
        Field<String> column = table.updatable();
        Map<String, @Nullable String> foreign = new LinkedHashMap<>();
        table.inCatalog().columns().stream()
                .filter(candidate -> !candidate.generated())
                .forEach(
                        candidate -> foreign.put(candidate.name(), table.other().get(candidate.name())));
        Map<String, @Nullable String> values = table.withoutTenant(foreign);
        List<Field<String>> key = keyColumns.stream().map(ContractTable::field).toList();
        Watch watch = table.watch();
        Outcome outcome = table.attempt(dsl -> dsl.insertInto(table.declared())
                .columns(ContractTable.fields(values))
                .values(table.binds(values))
                .onConflict(key)
                .doUpdate()
                .set(column, qualified(column)));
        watch.untouchedExceptByLocks(
                "an insert with the key of another tenant's row ... on conflict do update", outcome);
    }

    private void lock() throws SQLException {
        table.needs("SELECT");
        table.updatable(); // a lock needs that privilege, too
        Watch watch = table.watch();
        Outcome outcome = table.attempt(
                dsl -> dsl.select(DSL.inline(1)).from(table.declared()).forUpdate());
        watch.untouchedExceptByLocks("a select for update", outcome);
        table.allowed("lock its own rows", outcome);
    }

    private void truncate() throws SQLException {
        if (table.world().hasQueryLayer()) {
            table.watch().refused("truncate the table", table.attempt(dsl -> dsl.truncate(table.declared())));
        }
        if (table.world().hasPolicies()) {
            String state = table.world().plain(connection -> {
                try {
                    Jdbc.run(connection, "truncate " + table.name().sql() + " cascade");
                    return "";
                } catch (SQLException e) {
                    return Objects.requireNonNullElse(e.getSQLState(), "");
                }
            });
            table.assertEqual("the SQLSTATE of TRUNCATE", "42501", state);
        }
    }

    private void foreignReference() throws SQLException {
        table.needs("INSERT");
        for (ForeignKey key : table.inCatalog().foreignKeys()) {
            if (table.world().ownership(key.target()).isTenants()) {
                pointElsewhere(key);
            }
        }
    }

    // Both tenants are new: neither a row of the one nor a reference to the other is there, which might be in the way.
    private void pointElsewhere(ForeignKey key) throws SQLException {
        RowMaker maker = table.world().maker();
        TenantKey newcomer = table.world().newcomer();
        MadeRow parent = maker.make(key.target(), table.world().newcomer().asText());
        Outcome outcome = new Outcome(0, Optional.empty());
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            Map<String, @Nullable String> values = new LinkedHashMap<>(
                    maker.prepare(table.name(), newcomer.asText()).values());
            for (int i = 0; i < key.columns().size(); i++) {
                if (!key.columns().get(i).equals(table.tenantColumn())) {
                    values.put(
                            key.columns().get(i), parent.get(key.targetColumns().get(i)));
                }
            }
            outcome = table.attempt(newcomer, dsl -> table.insert(dsl, values));
            if (!outcome.isTaken()) {
                break;
            }
        }
        if (outcome.rows() > 0) {
            throw new AssertionError("A row of the tenant can refer to another tenant's row of " + key.target()
                    + " through foreign key " + key.name() + ". Let it contain the tenant column on both sides:"
                    + " protectTenantTable and composite keys close it.");
        }
        table.refused("refer to another tenant's row by " + key.name(), outcome);
    }

    private Field<String> qualified(Field<String> field) {
        return DSL.field(table.declared().getQualifiedName().append(field.getUnqualifiedName()), String.class);
    }

    /** What of a made row is inserted. */
    @FunctionalInterface
    private interface Values {
        Map<String, @Nullable String> of(RowMaker.Draft draft);
    }
}
