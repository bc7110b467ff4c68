package dev.boundary.testing;

import dev.boundary.jooq.schema.TableClassification;
import dev.boundary.jooq.schema.TableClassification.ClassifiedTable;
import dev.boundary.jooq.schema.TenantSchema;
import dev.boundary.rls.TableName;
import dev.boundary.rls.internal.sql.Jdbc;
import dev.boundary.rls.internal.sql.Quoting;
import dev.boundary.rls.internal.sql.SqlFile;
import dev.boundary.testing.internal.catalog.Ownership;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jooq.Field;
import org.jooq.Schema;
import org.jooq.Table;
import org.jooq.TableField;
import org.jspecify.annotations.Nullable;

/**
 * One piece of protection that is removed to see whether a test notices. Its text form goes from the self-test to the
 * tests as a configuration parameter.
 *
 * @param kind what is removed
 * @param table from which table
 * @param policy the name of the policy, or empty
 */
record Mutation(Kind kind, String table, String policy) {

    static final String PARAMETER = "boundary.test.mutation";
    static final Mutation NONE = new Mutation(Kind.NONE, "", "");

    private static final SqlFile SQL = SqlFile.of(Mutation.class);
    private static final String SEPARATOR = "|";
    private static final String PERMISSIVE = "PERMISSIVE";

    /** What is removed. */
    enum Kind {
        /** Nothing: the suite as is. */
        NONE,
        /** A permissive policy is dropped. */
        DROP_POLICY,
        /** All policies of the application role let every row pass. */
        OPEN_TABLE,
        /** The query layer leaves the table alone. */
        NO_QUERY_RULE
    }

    /**
     * A policy of the application role.
     *
     * @param name its name
     * @param command SELECT, INSERT, UPDATE, DELETE or ALL
     * @param permissive whether it is permissive
     */
    private record Policy(String name, String command, boolean permissive) {

        static Policy of(List<@Nullable String> row) {
            return new Policy(
                    Objects.requireNonNull(row.get(0)),
                    Objects.requireNonNull(row.get(1)),
                    PERMISSIVE.equals(row.get(2)));
        }

        /** SQL that lets every row pass. */
        String open(TableName table) {
            return "alter policy " + Quoting.identifier(name) + " on " + table.quoted()
                    + (command.equals("INSERT") ? "" : " using (true)")
                    + (command.equals("SELECT") || command.equals("DELETE") ? "" : " with check (true)");
        }
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
            case NONE -> "the suite passes as is";
            case DROP_POLICY -> "policy " + policy + " on " + table + " is dropped";
            case OPEN_TABLE -> "the policies on " + table + " let every row pass";
            case NO_QUERY_RULE -> "the query layer leaves " + table + " alone";
        };
    }

    /** Everything that can be removed from a database and its declaration. */
    static List<Mutation> all(Connection superuser, Map<TableName, Ownership> ownership, String application)
            throws SQLException {
        List<Mutation> mutations = new ArrayList<>();
        for (Map.Entry<TableName, Ownership> table : ownership.entrySet()) {
            if (table.getValue().hasTenantRows()) {
                mutations.addAll(ofTable(table.getKey().toString(), policies(superuser, table.getKey(), application)));
            }
        }
        return mutations;
    }

    private static List<Mutation> ofTable(String table, List<Policy> policies) {
        Stream<Mutation> ofPolicies = policies.stream()
                .filter(Policy::permissive)
                .map(policy -> new Mutation(Kind.DROP_POLICY, table, policy.name()));
        return Stream.concat(
                        ofPolicies,
                        Stream.of(
                                new Mutation(Kind.OPEN_TABLE, table, ""), new Mutation(Kind.NO_QUERY_RULE, table, "")))
                .toList();
    }

    private static List<Policy> policies(Connection superuser, TableName table, String application)
            throws SQLException {
        return Jdbc.rows(superuser, SQL.text("policies"), table.schema(), table.table(), application).stream()
                .map(Policy::of)
                .toList();
    }

    /** Removes it from a database. */
    void apply(Connection superuser, String application) throws SQLException {
        if (kind == Kind.DROP_POLICY) {
            Jdbc.run(superuser, "drop policy " + Quoting.identifier(policy) + " on " + name().quoted());
        } else if (kind == Kind.OPEN_TABLE) {
            for (Policy found : policies(superuser, name(), application)) {
                Jdbc.run(superuser, found.open(name()));
            }
        }
    }

    private TableName name() {
        int dot = table.indexOf('.');
        return new TableName(table.substring(0, dot), table.substring(dot + 1));
    }

    /** Removes it from the declaration. */
    TenantSchema apply(TenantSchema schema) {
        if (kind != Kind.NO_QUERY_RULE) {
            return schema;
        }
        TenantSchema.Builder mutated = TenantSchema.builder(new Schema[0]);
        for (ClassifiedTable declared : schema.tables()) {
            if (isBelow(declared, schema)) {
                mutated.exempt(declared.table(), "a mutation: does a test notice?");
            } else {
                declare(mutated, declared);
            }
        }
        return mutated.allowFunctions(schema.allowedFunctions().toArray(String[]::new))
                .build();
    }

    /** The table itself, or one that finds its tenant through it. */
    private boolean isBelow(ClassifiedTable declared, TenantSchema schema) {
        if (TenantTables.name(declared.table()).toString().equals(table)) {
            return true;
        }
        return declared.classification() instanceof TableClassification.Child child
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
            case TableClassification.Global global when global.writable() -> schema.globalWritable(table);
            case TableClassification.Global _ -> schema.global(table);
            case TableClassification.Exempt exempt -> schema.exempt(table, exempt.reason());
        }
    }

    private static void declareChild(TenantSchema.Builder schema, Table<?> table, TableClassification.Child child) {
        List<? extends Field<?>> columns = child.columns();
        if (columns.size() == 1) {
            schema.child(
                    table,
                    columns.getFirst(),
                    child.parent(),
                    child.parentColumns().getFirst());
        } else {
            schema.child(columns.stream()
                    .filter(TableField.class::isInstance)
                    .map(TableField.class::cast)
                    .toArray(TableField<?, ?>[]::new));
        }
    }
}
