package dev.boundary.testing.internal.catalog;

import dev.boundary.rls.TableName;
import dev.boundary.rls.internal.catalog.CatalogForeignKey;
import dev.boundary.rls.internal.sql.Jdbc;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Generates rows of any table from the catalog: types, checks, foreign keys, enums, generated columns, partitions. The
 * rows that a row references come first, for the same tenant. Not safe for use by several threads.
 */
public final class RowGenerator {

    private static final int MOST_TRIES = 25;
    private static final Set<String> TAKEN = Set.of("23505", "23P01"); // unique_violation, exclusion_violation
    private static final long FIRST = 100_000_000L; // nine digits: no other row has the number by chance
    private static final int RANGE = 400_000_000;
    private static final int STEP = 7; // leaves room for the neighbours that checks may need

    private final Connection connection;
    private final TypedCatalog catalog;
    private final Map<TableName, Ownership> ownership;
    private final RowOverride override;
    private final String sessionVariable;
    private final CheckSolver solver;
    private final ParentFinder parents;
    private final Set<TableName> inProgress = new HashSet<>();
    private long next = FIRST + ThreadLocalRandom.current().nextInt(RANGE);

    /**
     * For one database.
     *
     * @param connection a connection of a superuser in autocommit; used as long as the generator is, not closed
     * @param catalog the tables
     * @param ownership whose rows each table holds; the rows of other tables are shared
     * @param override values that it cannot guess
     * @param sessionVariable the setting that defaults and triggers read the tenant from
     */
    public RowGenerator(
            Connection connection,
            TypedCatalog catalog,
            Map<TableName, Ownership> ownership,
            RowOverride override,
            String sessionVariable) {
        this.connection = connection;
        this.catalog = catalog;
        this.ownership = Map.copyOf(ownership);
        this.override = override;
        this.sessionVariable = sessionVariable;
        this.solver = new CheckSolver(connection);
        this.parents = new ParentFinder(connection);
    }

    /**
     * Inserts a row, and first the rows that it references.
     *
     * @param table the table
     * @param tenant the key of the row's tenant as text; null for a shared row
     * @return the row
     * @throws SQLException if the connection is broken
     * @throws IllegalStateException if it cannot guess values; the message says which table, what PostgreSQL said and
     *     how to help
     */
    public GeneratedRow generate(TableName table, @Nullable String tenant) throws SQLException {
        return insert(prepare(table, tenant));
    }

    /**
     * Prepares a row without inserting it; inserts the rows that it references.
     *
     * @param table the table
     * @param tenant the key of the row's tenant as text; null for a shared row
     * @return the row
     * @throws SQLException if the connection is broken
     * @throws IllegalStateException if it cannot generate a row that this one references
     */
    public RowDraft prepare(TableName table, @Nullable String tenant) throws SQLException {
        return draft(find(table), tenant, Map.of(), false);
    }

    /**
     * Generates the rows that tenant columns reference: a tenant's row in a table of tenants.
     *
     * @param tenant the key of the tenant as text
     * @throws SQLException if the connection is broken
     * @throws IllegalStateException if it cannot generate one
     */
    public void generateReferenced(String tenant) throws SQLException {
        for (Map.Entry<TableName, Ownership> entry : ownership.entrySet()) {
            String column = entry.getValue().tenantColumn();
            Optional<TypedTable> table = catalog.find(entry.getKey());
            if (column != null && table.isPresent()) {
                generateReferenced(table.get(), column, tenant);
            }
        }
    }

    private void generateReferenced(TypedTable table, String tenantColumn, String tenant) throws SQLException {
        for (CatalogForeignKey key : table.foreignKeys()) {
            if (key.columns().equals(List.of(tenantColumn)) && !key.isSelfReference()) {
                parent(key.target(), tenant, Map.of(key.targetColumns().getFirst(), tenant), false);
            }
        }
    }

    /**
     * All rows inserted so far, in that order.
     *
     * @return the rows, unmodifiable
     */
    public List<GeneratedRow> generated() {
        return parents.generated();
    }

    private GeneratedRow insert(RowDraft first) throws SQLException {
        RowDraft draft = first;
        for (int tries = 1; ; tries++) {
            try {
                GeneratedRow row = draft.insert(connection);
                parents.add(row);
                return row;
            } catch (SQLException e) {
                if (tries == MOST_TRIES || !TAKEN.contains(e.getSQLState())) {
                    throw failure(first.table(), e);
                }
                // From the second failure on with parents of its own.
                draft = draft(first.table(), first.tenant(), first.given(), tries > 1);
            }
        }
    }

    private RowDraft draft(TypedTable table, @Nullable String tenant, Map<String, String> given, boolean freshParents)
            throws SQLException {
        ValueGenerator values = new ValueGenerator(next);
        next += STEP;
        if (!inProgress.add(table.name())) {
            throw new IllegalStateException("Table " + table.name() + " references itself, also through other tables,"
                    + " in columns that must have a value. Give them one: override DatabaseSetup.rows.");
        }
        try {
            bind(tenant);
            RowBuilder row = new RowBuilder(table, ownership(table.name()).tenantColumn(), values);
            row.settle(given, tenant, override);
            addReferences(row, table, tenant, freshParents);
            row.complete(connection, solver);
            return row.draft(given, tenant);
        } finally {
            inProgress.remove(table.name());
        }
    }

    private void bind(@Nullable String tenant) throws SQLException {
        String value = tenant == null ? "" : tenant;
        Jdbc.run(connection, "select pg_catalog.set_config(?, ?, false)", sessionVariable, value);
    }

    private void addReferences(RowBuilder row, TypedTable table, @Nullable String tenant, boolean freshParents)
            throws SQLException {
        for (CatalogForeignKey key : table.foreignKeys()) {
            if (inProgress.contains(key.target())) {
                row.leaveNull(key);
            } else if (!row.isUnchecked(key)) {
                row.reference(key, parent(key.target(), tenant, row.required(key), freshParents));
            }
        }
    }

    /** A row to reference: an existing one, unless it must be fresh, or a new one. */
    private Map<String, @Nullable String> parent(
            TableName target, @Nullable String tenant, Map<String, String> required, boolean fresh)
            throws SQLException {
        TypedTable table = find(target);
        Ownership owner = ownership(target);
        if (!fresh || !owner.hasTenantRows()) {
            Optional<Map<String, @Nullable String>> found = parents.find(table, owner, tenant, required);
            if (found.isPresent()) {
                return found.get();
            }
        }
        return insert(draft(table, owner.hasTenantRows() ? tenant : null, required, false))
                .values();
    }

    private TypedTable find(TableName name) {
        return catalog.find(name)
                .orElseThrow(() -> new IllegalStateException("The database has no table " + name
                        + ", and rows of it are required. Does the change log create it?"));
    }

    private Ownership ownership(TableName table) {
        return ownership.getOrDefault(table, Ownership.SHARED);
    }

    private static IllegalStateException failure(TypedTable table, SQLException cause) {
        return new IllegalStateException(
                "Cannot generate a row of table " + table.name() + ": " + cause.getMessage()
                        + "\nSay what to put into its columns: override DatabaseSetup.rows.",
                cause);
    }
}
