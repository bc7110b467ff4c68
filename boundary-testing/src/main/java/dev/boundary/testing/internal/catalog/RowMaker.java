package dev.boundary.testing.internal.catalog;

import dev.boundary.rls.internal.sql.Jdbc;
import dev.boundary.rls.internal.sql.Quoting;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes rows of any table from what the catalog says about it: types, checks, foreign keys, enums, generated columns,
 * partitions. Rows that a row refers to are made first, for the same tenant. Not safe for use by several threads.
 */
public final class RowMaker {

    private static final int MOST_TRIES = 25;
    private static final Set<String> TAKEN = Set.of("23505", "23P01"); // unique_violation, exclusion_violation
    private static final long FIRST = 100_000_000L; // nine digits: not by chance a number of somebody else's

    private final Connection connection;
    private final Catalog catalog;
    private final Map<QualifiedName, Ownership> ownership;
    private final RowOverride override;
    private final String sessionVariable;
    private final CheckSolver solver;
    private final List<MadeRow> made = new ArrayList<>();
    private final Set<QualifiedName> inProgress = new HashSet<>();
    private long next = FIRST + ThreadLocalRandom.current().nextInt(400_000_000);

    /**
     * For one database.
     *
     * @param connection a connection of a superuser in autocommit; used as long as the maker is, not closed
     * @param catalog the tables
     * @param ownership whose rows each table holds; a table that is not in it is shared
     * @param override values that it cannot guess
     * @param sessionVariable the setting that defaults and triggers read the tenant from
     */
    public RowMaker(
            Connection connection,
            Catalog catalog,
            Map<QualifiedName, Ownership> ownership,
            RowOverride override,
            String sessionVariable) {
        this.connection = connection;
        this.catalog = catalog;
        this.ownership = Map.copyOf(ownership);
        this.override = override;
        this.sessionVariable = sessionVariable;
        this.solver = new CheckSolver(connection);
    }

    /**
     * Inserts a row, and first the rows that it refers to.
     *
     * @param table the table
     * @param tenant the key of the row's tenant as text; null for a row that is everybody's
     * @return the row
     * @throws SQLException if the connection is broken
     * @throws IllegalStateException if it cannot guess values; the message says which table, what PostgreSQL said and
     *     how to help
     */
    public MadeRow make(QualifiedName table, @Nullable String tenant) throws SQLException {
        return insert(prepare(table, tenant), tenant);
    }

    /**
     * Makes the values of a row without inserting it; rows that it refers to are inserted.
     *
     * @param table the table
     * @param tenant the key of the row's tenant as text; null for a row that is everybody's
     * @return the values by column, as PostgreSQL's input function reads them; columns with a default may be missing
     * @throws SQLException if the connection is broken
     * @throws IllegalStateException if a row that it refers to cannot be made
     */
    public Draft prepare(QualifiedName table, @Nullable String tenant) throws SQLException {
        return draft(find(table), tenant, Map.of(), false);
    }

    /**
     * Makes the rows that tenant columns refer to: a tenant's row in a table of tenants.
     *
     * @param tenant the key of the tenant as text
     * @throws SQLException if the connection is broken
     * @throws IllegalStateException if one cannot be made
     */
    public void makeReferenced(String tenant) throws SQLException {
        for (Map.Entry<QualifiedName, Ownership> entry : ownership.entrySet()) {
            String column = entry.getValue().tenantColumn();
            Optional<Table> table = catalog.find(entry.getKey());
            if (column != null && table.isPresent()) {
                for (ForeignKey key : table.get().foreignKeys()) {
                    if (key.columns().equals(List.of(column)) && !key.target().equals(entry.getKey())) {
                        parent(key.target(), tenant, Map.of(key.targetColumns().getFirst(), tenant), false);
                    }
                }
            }
        }
    }

    /**
     * Everything that was inserted, in its order.
     *
     * @return the rows, unmodifiable
     */
    public List<MadeRow> made() {
        return List.copyOf(made);
    }

    private MadeRow insert(Draft first, @Nullable String tenant) throws SQLException {
        Table table = find(first.table());
        Draft draft = first;
        for (int tries = 1; ; tries++) {
            try {
                MadeRow row = MadeRow.insert(connection, table, draft);
                made.add(row);
                return row;
            } catch (SQLException e) {
                if (tries == MOST_TRIES || !TAKEN.contains(e.getSQLState())) {
                    throw cannot(table, e);
                }
                draft = draft(table, tenant, first.given(), tries > 1); // the second time with parents of its own
            }
        }
    }

    private Draft draft(Table table, @Nullable String tenant, Map<String, String> given, boolean freshParents)
            throws SQLException {
        long n = next;
        next += 7; // leaves room for the neighbours that checks may need
        if (!inProgress.add(table.name())) {
            throw new IllegalStateException("Table " + table.name() + " refers to itself, also through other tables,"
                    + " in columns that must have a value. Give them one: override DatabaseSetup.rows.");
        }
        try {
            Jdbc.run(
                    connection,
                    "select pg_catalog.set_config(?, ?, false)",
                    sessionVariable,
                    tenant == null ? "" : tenant);
            Map<String, @Nullable String> values = new LinkedHashMap<>(given);
            String tenantColumn = ownership(table.name()).tenantColumn();
            if (tenantColumn != null) {
                values.put(tenantColumn, tenant);
            }
            addOverrides(table, values, n);
            Set<String> borrowed = new HashSet<>(values.keySet());
            if (tenantColumn != null) {
                borrowed.remove(tenantColumn);
            }
            addReferences(table, tenant, values, borrowed, freshParents);
            Set<String> settled = new HashSet<>(values.keySet());
            Set<String> own = addOwn(table, values, n);
            solver.solve(table, values, settled, n);
            referToItself(table, values);
            return new Draft(table.name(), tenant, given, values, markers(table, values, own, tenantColumn, n));
        } finally {
            inProgress.remove(table.name());
        }
    }

    private void addOverrides(Table table, Map<String, @Nullable String> values, long n) {
        for (Column column : table.columns()) {
            String value = override.value(table.name(), column.name(), n);
            if (value != null) {
                values.putIfAbsent(column.name(), value);
            }
        }
    }

    private void addReferences(
            Table table,
            @Nullable String tenant,
            Map<String, @Nullable String> values,
            Set<String> borrowed,
            boolean fresh)
            throws SQLException {
        for (ForeignKey key : table.foreignKeys()) {
            Map<String, String> wanted = new LinkedHashMap<>();
            for (int i = 0; i < key.columns().size(); i++) {
                String value = values.get(key.columns().get(i));
                if (value != null) {
                    wanted.put(key.targetColumns().get(i), value);
                }
            }
            if (inProgress.contains(key.target())) {
                key.columns().stream()
                        .filter(column -> !table.column(column).notNull())
                        .forEach(column -> values.putIfAbsent(column, null));
                continue;
            }
            if (key.columns().stream().anyMatch(column -> values.containsKey(column) && values.get(column) == null)) {
                continue; // a shared row of a mixed table: with a NULL in it the key is not checked
            }
            Map<String, @Nullable String> parent = parent(key.target(), tenant, wanted, fresh);
            for (int i = 0; i < key.columns().size(); i++) {
                if (!values.containsKey(key.columns().get(i))) {
                    values.put(
                            key.columns().get(i), parent.get(key.targetColumns().get(i)));
                    borrowed.add(key.columns().get(i));
                }
            }
        }
    }

    /** A row to refer to: one made before, one that is there, or a new one. */
    private Map<String, @Nullable String> parent(
            QualifiedName target, @Nullable String tenant, Map<String, String> wanted, boolean fresh)
            throws SQLException {
        Table table = find(target);
        Ownership owner = ownership(target);
        String parentTenant = owner.isTenants() ? tenant : null;
        if (!fresh || !owner.isTenants()) {
            for (MadeRow row : made) {
                if (row.table().equals(target)
                        && Objects.equals(row.tenant(), parentTenant)
                        && wanted.entrySet().stream().allMatch(e -> e.getValue().equals(row.get(e.getKey())))) {
                    return row.values();
                }
            }
            if (!owner.isTenants() || !wanted.isEmpty()) {
                Map<String, @Nullable String> there = existing(table, owner, tenant, wanted);
                if (!there.isEmpty()) {
                    return there;
                }
            }
        }
        return insert(draft(table, parentTenant, wanted, false), parentTenant).values();
    }

    private Map<String, @Nullable String> existing(
            Table table, Ownership owner, @Nullable String tenant, Map<String, String> wanted) throws SQLException {
        Map<String, String> conditions = new LinkedHashMap<>(wanted);
        if (owner.tenantColumn() != null && tenant != null) {
            conditions.put(owner.tenantColumn(), tenant);
        } else if (owner.kind() == Ownership.Kind.CHILD) {
            return Map.of(); // whose it is cannot be seen from the row
        }
        String where = conditions.isEmpty()
                ? ""
                : conditions.keySet().stream()
                        .map(column -> Quoting.identifier(column) + " = cast(? as "
                                + table.column(column).type().sql() + ")")
                        .collect(Collectors.joining(" and ", " where ", ""));
        List<List<@Nullable String>> rows = Jdbc.rows(
                connection,
                "select " + MadeRow.columnsAsText(table) + " from "
                        + table.name().sql() + where + " limit 1",
                conditions.values().toArray());
        return rows.isEmpty() ? Map.of() : MadeRow.byColumn(table, rows.getFirst());
    }

    /** Values of the row's own: those it must have, and the others too, so that there is something to leak. */
    private Set<String> addOwn(Table table, Map<String, @Nullable String> values, long n) throws SQLException {
        Set<String> inChecks = table.checks().stream()
                .map(Check::columns)
                .flatMap(Collection::stream)
                .collect(Collectors.toSet());
        Set<String> own = new HashSet<>();
        for (Column column : table.columns()) {
            if (column.generated() || values.containsKey(column.name())) {
                continue;
            }
            if (!column.defaulted()) {
                values.put(column.name(), ValueMaker.value(column.type(), n));
                own.add(column.name());
            } else if (inChecks.contains(column.name()) && column.defaultSql() != null) {
                values.put(
                        column.name(),
                        Jdbc.value(
                                connection,
                                "select cast((" + column.defaultSql() + ") as "
                                        + column.type().sql() + ")::text"));
            }
        }
        return own;
    }

    /** A key to the same table that must have a value points at the row itself. */
    private static void referToItself(Table table, Map<String, @Nullable String> values) {
        for (ForeignKey key : table.foreignKeys()) {
            if (key.target().equals(table.name())) {
                for (int i = 0; i < key.columns().size(); i++) {
                    Column column = table.column(key.columns().get(i));
                    if (column.notNull() && !key.targetColumns().get(i).equals(column.name())) {
                        values.put(column.name(), values.get(key.targetColumns().get(i)));
                    }
                }
            }
        }
    }

    /** What can be in no other row: the values made for this one, long enough not to be there by chance. */
    private static Set<String> markers(
            Table table, Map<String, @Nullable String> values, Set<String> own, @Nullable String tenantColumn, long n) {
        Set<String> markers = new HashSet<>();
        for (Column column : table.columns()) {
            String value = values.get(column.name());
            boolean asMade =
                    own.contains(column.name()) && value != null && value.equals(ValueMaker.value(column.type(), n));
            if (asMade && MadeRow.isMarker(column, value)) {
                markers.add(column.name());
            } else if (!values.containsKey(column.name())
                    && column.type().name().equals("uuid")) {
                markers.add(column.name()); // a random default
            } else if (column.name().equals(tenantColumn) && MadeRow.isMarker(column, value)) {
                markers.add(column.name());
            }
        }
        return markers;
    }

    private Table find(QualifiedName name) {
        return catalog.find(name)
                .orElseThrow(() -> new IllegalStateException("The database has no table " + name
                        + ", and rows of it are needed. Does the change log create it?"));
    }

    private Ownership ownership(QualifiedName table) {
        return ownership.getOrDefault(table, Ownership.SHARED);
    }

    private static IllegalStateException cannot(Table table, SQLException cause) {
        return new IllegalStateException(
                "Cannot make a row of table " + table.name() + ": " + cause.getMessage()
                        + "\nSay what to put into its columns: override DatabaseSetup.rows.",
                cause);
    }

    /**
     * A row before it is inserted.
     *
     * @param table its table
     * @param tenant the key of its tenant as text, or null
     * @param given values that were asked for
     * @param values all values, as PostgreSQL's input function reads them
     * @param markers the columns whose values are in no other row
     */
    public record Draft(
            QualifiedName table,
            @Nullable String tenant,
            Map<String, String> given,
            Map<String, @Nullable String> values,
            Set<String> markers) {}
}
