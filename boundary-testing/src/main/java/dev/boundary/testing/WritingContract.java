package dev.boundary.testing;

import dev.boundary.core.TenantKey;
import dev.boundary.rls.internal.catalog.CatalogForeignKey;
import dev.boundary.rls.internal.sql.Jdbc;
import dev.boundary.testing.ContractTable.Check;
import dev.boundary.testing.ContractTable.Watch;
import dev.boundary.testing.internal.catalog.GeneratedRow;
import dev.boundary.testing.internal.catalog.RowDraft;
import dev.boundary.testing.internal.catalog.TypedColumn;
import java.sql.Connection;
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

/** Checks what a tenant changes and locks in a table. */
final class WritingContract {

    private static final int MOST_TRIES = 5;

    private final ContractTable table;

    WritingContract(ContractTable table) {
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

    // By a tenant without rows: a table may take only one row of each tenant.
    private void insertOwn() throws SQLException {
        table.needs("INSERT");
        TenantKey newcomer = table.database().newcomer();
        Outcome outcome = insertNew(newcomer, newcomer, draft -> table.withoutTenant(draft.values()));
        if (outcome.rows() != 1) {
            throw new AssertionError(
                    "In table " + table.name() + " the tenant cannot insert a row of its own: "
                            + outcome.error().map(Throwable::getMessage).orElse(outcome.rows() + " rows"),
                    outcome.error().orElse(null));
        }
    }

    private void insertForeign() throws SQLException {
        table.needs("INSERT");
        TenantKey newcomer = table.database().newcomer();
        Outcome outcome = insertNew(newcomer, table.database().own(), RowDraft::values);
        table.refused("insert a row of another tenant", outcome);
        // In a child table the query layer sets the parent's key to null if the parent is another tenant's.
        boolean byQueryLayer = table.fixture().hasQueryLayer() && table.tenantColumn() == null && outcome.isNull();
        if (outcome.isConstraint() && !byQueryLayer) {
            throw new AssertionError(
                    "In table " + table.name() + " a row of another tenant is kept out by a constraint only: "
                            + outcome.error().map(Throwable::getMessage).orElse(""),
                    outcome.error().orElse(null));
        }
    }

    /** Inserts a row of a tenant in the scope of one; again if by chance its values are taken. */
    private Outcome insertNew(TenantKey tenant, TenantKey scope, Values values) throws SQLException {
        Outcome outcome = new Outcome(0, Optional.empty());
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            RowDraft draft = table.database().generator().prepare(table.name(), tenant.asText());
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
        int own = table.owned(table.database().own());
        Watch watch = table.watch();
        Outcome outcome = table.attempt(dsl -> dsl.update(table.declared()).set(column, column));
        watch.untouched("an update without a condition", outcome);
        table.allowed("update its own rows", outcome);
        table.assertEqual("the number of rows that an update without a condition changed", own, outcome.rows());
    }

    private void move() throws SQLException {
        table.needs("UPDATE");
        Object newcomer = table.database().newcomer().value();
        Outcome outcome = table.attempt(dsl -> dsl.update(table.declared())
                .set(Map.of(DSL.name(Objects.requireNonNull(table.tenantColumn())), newcomer)));
        table.refused("give its rows to another tenant", outcome);
    }

    // By a tenant whose row no other references.
    private void delete() throws SQLException {
        table.needs("DELETE");
        TenantKey newcomer = table.database().newcomer();
        table.database().generator().generate(table.name(), newcomer.asText());
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
        Map<String, @Nullable String> values = valuesOfOther();
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

    private Map<String, @Nullable String> valuesOfOther() {
        Map<String, @Nullable String> values = new LinkedHashMap<>();
        for (TypedColumn column : table.inCatalog().columns()) {
            if (!column.generated()) {
                values.put(column.name(), table.other().get(column.name()));
            }
        }
        return table.withoutTenant(values);
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
        if (table.fixture().hasQueryLayer()) {
            table.watch().refused("truncate the table", table.attempt(dsl -> dsl.truncate(table.declared())));
        }
        if (table.fixture().hasPolicies()) {
            String state = table.database().plain(this::stateOfTruncate);
            table.assertEqual("the SQLSTATE of TRUNCATE", "42501", state);
        }
    }

    private String stateOfTruncate(Connection connection) {
        try {
            Jdbc.run(connection, "truncate " + table.name().quoted() + " cascade");
            return "";
        } catch (SQLException e) {
            return Objects.requireNonNullElse(e.getSQLState(), "");
        }
    }

    private void foreignReference() throws SQLException {
        table.needs("INSERT");
        for (CatalogForeignKey key : table.inCatalog().foreignKeys()) {
            if (table.fixture().ownership(key.target()).hasTenantRows()) {
                pointElsewhere(key);
            }
        }
    }

    // Both tenants are new: no row of the one and no reference to the other can be in the way.
    private void pointElsewhere(CatalogForeignKey key) throws SQLException {
        TenantKey newcomer = table.database().newcomer();
        GeneratedRow parent = table.database()
                .generator()
                .generate(key.target(), table.database().newcomer().asText());
        Outcome outcome = insertNew(newcomer, newcomer, draft -> pointing(draft, key, parent));
        if (outcome.rows() > 0) {
            throw new AssertionError("A row of the tenant can refer to another tenant's row of " + key.target()
                    + " through foreign key " + key.name() + ". Let it contain the tenant column on both sides:"
                    + " protectTenantTable and composite keys close it.");
        }
        table.refused("refer to another tenant's row by " + key.name(), outcome);
    }

    private Map<String, @Nullable String> pointing(RowDraft draft, CatalogForeignKey key, GeneratedRow parent) {
        Map<String, @Nullable String> values = new LinkedHashMap<>(draft.values());
        for (int i = 0; i < key.columns().size(); i++) {
            if (!key.columns().get(i).equals(table.tenantColumn())) {
                values.put(key.columns().get(i), parent.get(key.targetColumns().get(i)));
            }
        }
        return values;
    }

    private Field<String> qualified(Field<String> field) {
        return DSL.field(table.declared().getQualifiedName().append(field.getUnqualifiedName()), String.class);
    }

    /** Which values of a draft are inserted. */
    @FunctionalInterface
    private interface Values {
        Map<String, @Nullable String> of(RowDraft draft);
    }
}
