package dev.boundary.tenants.internal.tables;

import dev.boundary.core.TenantKey;
import dev.boundary.rls.TableName;
import dev.boundary.rls.internal.catalog.CatalogForeignKey;
import dev.boundary.rls.internal.catalog.Installation;
import dev.boundary.rls.internal.sql.Jdbc;
import dev.boundary.rls.internal.sql.Quoting;
import dev.boundary.tenants.RowCounts;
import dev.boundary.tenants.TenantDataException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Every protected table of a database, and the foreign keys between them. Immutable. */
public final class TenantDataModel {

    private final Installation installation;
    private final Map<TableName, TenantDataTable> tables = new LinkedHashMap<>();
    private final List<CatalogForeignKey> foreignKeys;

    TenantDataModel(Installation installation, List<TenantDataTable> tables, List<CatalogForeignKey> foreignKeys) {
        this.installation = installation;
        tables.forEach(table -> this.tables.put(table.name(), table));
        this.foreignKeys = foreignKeys;
    }

    /**
     * How Boundary was installed.
     *
     * @return the row of {@code boundary.installation}
     */
    public Installation installation() {
        return installation;
    }

    /**
     * The protected tables.
     *
     * @return the tables, sorted by name; unmodifiable
     */
    public List<TenantDataTable> tables() {
        return List.copyOf(tables.values());
    }

    /**
     * Finds a table.
     *
     * @param name its name
     * @return the table, or empty if there is no protected table of that name
     */
    public Optional<TenantDataTable> find(TableName name) {
        return Optional.ofNullable(tables.get(name));
    }

    /**
     * The foreign keys from or to a protected table.
     *
     * @return the keys, unmodifiable
     */
    public List<CatalogForeignKey> foreignKeys() {
        return foreignKeys;
    }

    /**
     * The foreign keys from a protected table to a protected table.
     *
     * @return the keys, unmodifiable
     */
    public List<CatalogForeignKey> innerForeignKeys() {
        return foreignKeys.stream()
                .filter(key -> tables.containsKey(key.table()) && tables.containsKey(key.target()))
                .toList();
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
        String variable = installation.sessionVariable().name();
        Jdbc.run(connection, "select pg_catalog.set_config(?, ?, true)", variable, tenant.asText());
    }

    /**
     * The condition for a row to be a tenant's own, which does not rely on policies. Shared rows are no tenant's own.
     *
     * @param table the table
     * @param alias its alias in the query, quoted if need be
     * @return SQL with one parameter: the tenant key as text
     */
    public String ownedBy(TenantDataTable table, String alias) {
        return ownedBy(table, alias, "?");
    }

    /**
     * The same condition for one tenant, for statements that take no parameters.
     *
     * @param table the table
     * @param alias its alias in the query, quoted if need be
     * @param tenant the tenant
     * @return SQL
     */
    public String ownedBy(TenantDataTable table, String alias, TenantKey tenant) {
        return ownedBy(table, alias, Quoting.literal(tenant.asText()));
    }

    private String ownedBy(TenantDataTable table, String alias, String key) {
        return ownedBy(table, alias, key + "::pg_catalog." + keyTypeName(), 1);
    }

    private String ownedBy(TenantDataTable table, String alias, String key, int level) {
        CatalogForeignKey toParent = table.toParent();
        if (toParent == null) {
            return alias + "." + Quoting.identifier(Objects.requireNonNull(table.tenantColumn()))
                    + " operator(pg_catalog.=) " + key;
        }
        TenantDataTable parent = Objects.requireNonNull(tables.get(toParent.target()));
        String parentAlias = "boundary_parent_" + level;
        return "exists (select from " + parent.from() + " as " + parentAlias + " where "
                + toParent.joinCondition(parentAlias, alias) + " and "
                + ownedBy(parent, parentAlias, key, level + 1) + ")";
    }

    private String keyTypeName() {
        return switch (installation.keyType()) {
            case UUID -> "uuid";
            case BIGINT -> "int8";
            case INT -> "int4";
            case TEXT -> "text";
        };
    }

    /**
     * Counts a tenant's own rows in a table, as far as the role sees them.
     *
     * @param connection a connection; of the application role, one with the tenant bound
     * @param table the table
     * @param tenant the tenant
     * @return the number of rows
     * @throws SQLException if the database refuses
     */
    public long count(Connection connection, TenantDataTable table, TenantKey tenant) throws SQLException {
        String sql = "select pg_catalog.count(*) from " + table.from() + " as boundary_t where "
                + ownedBy(table, "boundary_t");
        return Jdbc.number(connection, sql, tenant.asText());
    }

    /**
     * Counts a tenant's own rows in all tables, as far as the role sees them.
     *
     * @param connection a connection; of the application role, one with the tenant bound
     * @param tenant the tenant
     * @return the numbers of rows
     * @throws SQLException if the database refuses
     */
    public RowCounts countAll(Connection connection, TenantKey tenant) throws SQLException {
        Map<String, Long> rows = new HashMap<>();
        for (TenantDataTable table : tables.values()) {
            rows.put(table.name().toString(), count(connection, table, tenant));
        }
        return new RowCounts(rows);
    }

    /**
     * The tables in an order in which rows can be inserted: each after those it references. Tables that reference each
     * other in a cycle are one group.
     *
     * @param binding which foreign keys count; those of a table to itself never do
     * @return the groups
     */
    public List<List<TenantDataTable>> groups(Predicate<CatalogForeignKey> binding) {
        return new DependencyGroups(targets(binding))
                .find().stream().map(this::tablesNamed).toList();
    }

    private Map<TableName, Set<TableName>> targets(Predicate<CatalogForeignKey> binding) {
        Map<TableName, Set<TableName>> targets = new LinkedHashMap<>();
        tables.keySet().forEach(name -> targets.put(name, new HashSet<>()));
        innerForeignKeys().stream()
                .filter(key -> !key.isSelfReference() && binding.test(key))
                .forEach(key -> Objects.requireNonNull(targets.get(key.table())).add(key.target()));
        return targets;
    }

    private List<TenantDataTable> tablesNamed(List<TableName> names) {
        return names.stream()
                .map(name -> Objects.requireNonNull(tables.get(name)))
                .toList();
    }

    /**
     * The tables in the order of {@link #groups}, with every foreign key.
     *
     * @return the tables
     */
    public List<TenantDataTable> inOrder() {
        return groups(key -> true).stream().flatMap(List::stream).toList();
    }
}
