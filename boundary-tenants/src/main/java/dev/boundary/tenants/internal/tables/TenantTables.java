package dev.boundary.tenants.internal.tables;

import dev.boundary.core.TenantKey;
import dev.boundary.rls.TableName;
import dev.boundary.rls.internal.catalog.Installation;
import dev.boundary.rls.internal.sql.Jdbc;
import dev.boundary.rls.internal.sql.Quoting;
import dev.boundary.tenants.TenantDataException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Every table of a database that has rows of tenants: those that {@code boundary.protected_table} lists. Immutable.
 */
public final class TenantTables {

    private final Installation installation;
    private final Map<TableName, TenantTable> tables = new LinkedHashMap<>();
    private final List<ForeignKey> foreignKeys;

    TenantTables(Installation installation, List<TenantTable> tables, List<ForeignKey> foreignKeys) {
        this.installation = installation;
        tables.forEach(table -> this.tables.put(table.name(), table));
        this.foreignKeys = foreignKeys;
    }

    /**
     * Reads them.
     *
     * @param connection a connection in a transaction, of a role that may read schema {@code boundary}
     * @return the tables
     * @throws SQLException if the catalog cannot be read
     * @throws TenantDataException if Boundary is not installed, protects no table, or lists one
     *     that is not there
     */
    public static TenantTables read(Connection connection) throws SQLException {
        return CatalogReader.read(connection);
    }

    /**
     * How Boundary was installed.
     *
     * @return what {@code boundary.installation} says
     */
    public Installation installation() {
        return installation;
    }

    /**
     * Binds the tenant for the rest of the transaction.
     *
     * @param connection a connection in a transaction
     * @param tenant the tenant
     * @throws SQLException if the database refuses
     * @throws TenantDataException if tenants of this database have keys of another type
     */
    public void bind(Connection connection, TenantKey tenant) throws SQLException {
        if (tenant.type() != installation.keyType()) {
            throw new TenantDataException("The key of tenant " + tenant + " is of type "
                    + tenant.type().sqlName() + ", and tenants of this database have keys of type "
                    + installation.keyType().sqlName() + ".");
        }
        Jdbc.run(
                connection,
                "select pg_catalog.set_config(?, ?, true)",
                installation.sessionVariable().name(),
                tenant.asText());
    }

    /**
     * A tenant key in SQL.
     *
     * @param value a literal or a placeholder for a text
     * @return the value, cast to the type of tenant keys
     */
    public String key(String value) {
        return value + "::pg_catalog."
                + switch (installation.keyType()) {
                    case UUID -> "uuid";
                    case BIGINT -> "int8";
                    case INT -> "int4";
                    case TEXT -> "text";
                };
    }

    /**
     * The tables, sorted by name.
     *
     * @return the tables, unmodifiable
     */
    public List<TenantTable> tables() {
        return List.copyOf(tables.values());
    }

    /**
     * Finds a table.
     *
     * @param name its name
     * @return the table, or empty if there is no protected one of that name
     */
    public Optional<TenantTable> find(TableName name) {
        return Optional.ofNullable(tables.get(name));
    }

    /**
     * The foreign keys that begin or end at a table of tenants.
     *
     * @return the keys, unmodifiable
     */
    public List<ForeignKey> foreignKeys() {
        return foreignKeys;
    }

    /**
     * The foreign keys from a table of tenants to a table of tenants.
     *
     * @return the keys, unmodifiable
     */
    public List<ForeignKey> innerForeignKeys() {
        return foreignKeys.stream()
                .filter(key -> tables.containsKey(key.table()) && tables.containsKey(key.target()))
                .toList();
    }

    /**
     * The condition for a row to be a tenant's own, in words that do not rely on policies. Shared rows are nobody's own.
     *
     * @param table the table
     * @param alias its name in the query, quoted if need be
     * @param key the tenant key as SQL; occurs exactly once in the condition
     * @return a condition
     */
    public String owned(TenantTable table, String alias, String key) {
        return owned(table, alias, key, 1);
    }

    private String owned(TenantTable table, String alias, String key, int level) {
        ForeignKey toParent = table.toParent();
        if (toParent == null) {
            return alias + "." + Quoting.identifier(Objects.requireNonNull(table.tenantColumn()))
                    + " operator(pg_catalog.=) " + key;
        }
        TenantTable parent = Objects.requireNonNull(tables.get(toParent.target()));
        String parentAlias = "boundary_parent_" + level;
        return "exists (select from " + parent.from() + " as " + parentAlias + " where "
                + toParent.joins(parentAlias, alias) + " and " + owned(parent, parentAlias, key, level + 1) + ")";
    }

    /**
     * Counts a tenant's own rows, as far as the role sees them.
     *
     * @param connection a connection; of the application role with the tenant bound
     * @param table the table
     * @param tenant the tenant
     * @return the number of rows
     * @throws SQLException if the database refuses
     */
    public long count(Connection connection, TenantTable table, TenantKey tenant) throws SQLException {
        return Jdbc.number(
                connection,
                "select pg_catalog.count(*) from " + table.from() + " as boundary_t where "
                        + owned(table, "boundary_t", key("?")),
                tenant.asText());
    }

    /**
     * The tables in an order in which rows can be inserted: each after those it refers to. Tables that refer to each
     * other in a circle are one group.
     *
     * @param binding tells which foreign keys count; those of a table to itself never do
     * @return the groups
     */
    public List<List<TenantTable>> groups(Predicate<ForeignKey> binding) {
        Map<TableName, Set<TableName>> targets = new LinkedHashMap<>();
        tables.keySet().forEach(name -> targets.put(name, new HashSet<>()));
        for (ForeignKey key : innerForeignKeys()) {
            if (!key.ofItself() && binding.test(key)) {
                Objects.requireNonNull(targets.get(key.table())).add(key.target());
            }
        }
        List<List<TenantTable>> groups = new ArrayList<>();
        for (List<TableName> circle : new Circles(targets).find()) {
            groups.add(circle.stream()
                    .map(name -> Objects.requireNonNull(tables.get(name)))
                    .toList());
        }
        return groups;
    }

    /**
     * The tables in the order of {@link #groups}, with every foreign key.
     *
     * @return the tables
     */
    public List<TenantTable> inOrder() {
        return groups(key -> true).stream().flatMap(List::stream).toList();
    }
}
