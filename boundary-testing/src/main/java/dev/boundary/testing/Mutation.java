package dev.boundary.testing;

import dev.boundary.jooq.schema.TableClassification;
import dev.boundary.jooq.schema.TableClassification.ClassifiedTable;
import dev.boundary.jooq.schema.TenantSchema;
import dev.boundary.rls.internal.sql.Jdbc;
import dev.boundary.rls.internal.sql.Quoting;
import dev.boundary.testing.internal.catalog.Ownership;
import dev.boundary.testing.internal.catalog.QualifiedName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jooq.Field;
import org.jooq.Schema;
import org.jooq.Table;
import org.jooq.TableField;
import org.jspecify.annotations.Nullable;

/**
 * One piece of protection that is taken away to see whether a test notices. Its text form goes from the self-test to
 * the tests as a configuration parameter.
 *
 * @param kind what is taken away
 * @param table from which table
 * @param policy the name of the policy, or empty
 */
record Mutation(Kind kind, String table, String policy) {

    static final String PARAMETER = "boundary.test.mutation";
    static final Mutation NONE = new Mutation(Kind.NONE, "", "");

    private static final String SEPARATOR = "|";

    /** What is taken away. */
    enum Kind {
        /** Nothing: the suite as it is. */
        NONE,
        /** A permissive policy is dropped. */
        DROP_POLICY,
        /** All policies of the application role let every row pass. */
        OPEN_TABLE,
        /** The query layer leaves the table alone. */
        NO_QUERY_RULE
    }

    static Mutation parse(String text) {
        String[] parts = text.split("\\|", -1);
        return new Mutation(Kind.valueOf(parts[0]), parts[1], parts[2]);
    }

    String text() {
        return kind + SEPARATOR + table + SEPARATOR + policy;
    }

    @Override
    public String toString() {
        return switch (kind) {
            case NONE -> "the suite passes as it is";
            case DROP_POLICY -> "policy " + policy + " on " + table + " is dropped";
            case OPEN_TABLE -> "the policies on " + table + " let every row pass";
            case NO_QUERY_RULE -> "the query layer leaves " + table + " alone";
        };
    }

    /** Everything that can be taken away from a database and its declaration. */
    static List<Mutation> all(DatabaseFixture database) throws SQLException {
        List<Mutation> mutations = new ArrayList<>();
        try (Connection superuser = database.database().superuser().getConnection()) {
            for (Map.Entry<QualifiedName, Ownership> table :
                    database.ownership().entrySet()) {
                if (table.getValue().isTenants()) {
                    String name = table.getKey().toString();
                    for (List<@Nullable String> policy : policies(superuser, table.getKey(), database, true)) {
                        mutations.add(new Mutation(Kind.DROP_POLICY, name, Objects.requireNonNull(policy.getFirst())));
                    }
                    mutations.add(new Mutation(Kind.OPEN_TABLE, name, ""));
                    mutations.add(new Mutation(Kind.NO_QUERY_RULE, name, ""));
                }
            }
        }
        return mutations;
    }

    private static List<List<@Nullable String>> policies(
            Connection superuser, QualifiedName table, DatabaseFixture database, boolean permissiveOnly)
            throws SQLException {
        return Jdbc.rows(
                superuser,
                "select policyname, cmd from pg_catalog.pg_policies where schemaname = ? and tablename = ?"
                        + " and roles && array[cast(? as name), 'public']"
                        + (permissiveOnly ? " and permissive = 'PERMISSIVE'" : "") + " order by 1",
                table.schema(),
                table.name(),
                database.setup().roles().application());
    }

    /** Takes it away from a database. */
    void apply(Connection superuser, DatabaseFixture database) throws SQLException {
        if (kind == Kind.DROP_POLICY) {
            Jdbc.run(superuser, "drop policy " + Quoting.identifier(policy) + " on " + name().sql());
        } else if (kind == Kind.OPEN_TABLE) {
            for (List<@Nullable String> found : policies(superuser, name(), database, false)) {
                String command = Objects.requireNonNull(found.get(1));
                Jdbc.run(
                        superuser,
                        "alter policy " + Quoting.identifier(Objects.requireNonNull(found.getFirst())) + " on "
                                + name().sql() + (command.equals("INSERT") ? "" : " using (true)")
                                + (command.equals("SELECT") || command.equals("DELETE") ? "" : " with check (true)"));
            }
        }
    }

    /** Takes it away from the declaration. */
    TenantSchema apply(TenantSchema schema) {
        if (kind != Kind.NO_QUERY_RULE) {
            return schema;
        }
        TenantSchema.Builder mutated = TenantSchema.builder(new Schema[0]);
        for (ClassifiedTable table : schema.tables()) {
            if (isBelow(table, schema)) {
                mutated.exempt(table.table(), "a mutation: does a test notice?");
            } else {
                declare(mutated, table);
            }
        }
        return mutated.allowFunctions(schema.allowedFunctions().toArray(String[]::new))
                .build();
    }

    /** The table itself, or one whose tenant is found through it. */
    private boolean isBelow(ClassifiedTable table, TenantSchema schema) {
        if (TenantTables.name(table.table()).toString().equals(this.table)) {
            return true;
        }
        return table.classification() instanceof TableClassification.Child child
                && schema.tables().stream()
                        .filter(parent -> parent.isTable(child.parent()))
                        .anyMatch(parent -> isBelow(parent, schema));
    }

    private static void declare(TenantSchema.Builder schema, ClassifiedTable classified) {
        Table<?> table = classified.table();
        switch (classified.classification()) {
            case TableClassification.Tenant tenant -> schema.tenant(table, tenant.column());
            case TableClassification.Mixed mixed -> schema.mixed(table, mixed.column());
            case TableClassification.Child child -> declareChild(schema, table, child);
            case TableClassification.Global global -> {
                if (global.writable()) {
                    schema.globalWritable(table);
                } else {
                    schema.global(table);
                }
            }
            case TableClassification.Exempt exempt -> schema.exempt(table, exempt.reason());
        }
    }

    private static void declareChild(TenantSchema.Builder schema, Table<?> table, TableClassification.Child child) {
        List<TableField<?, ?>> generated = new ArrayList<>();
        for (Field<?> column : child.columns()) {
            if (column instanceof TableField<?, ?> field) {
                generated.add(field);
            }
        }
        if (child.columns().size() == 1) {
            schema.child(
                    table,
                    child.columns().getFirst(),
                    child.parent(),
                    child.parentColumns().getFirst());
        } else {
            schema.child(generated.toArray(TableField<?, ?>[]::new));
        }
    }

    private QualifiedName name() {
        int dot = table.indexOf('.');
        return new QualifiedName(table.substring(0, dot), table.substring(dot + 1));
    }
}
