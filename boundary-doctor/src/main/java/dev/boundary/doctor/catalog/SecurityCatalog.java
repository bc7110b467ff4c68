package dev.boundary.doctor.catalog;

import dev.boundary.rls.internal.catalog.Installation;
import dev.boundary.rls.internal.catalog.ProtectedTable;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The part of {@code pg_catalog} that row-level security depends on, as it was at one moment. System schemas are left
 * out. Immutable.
 *
 * @param server the server and the connected role
 * @param roles every role by its oid
 * @param memberships who is a member of what
 * @param relations tables, views, sequences and foreign tables by oid
 * @param columns columns of tables that are not partitions, and columns of partitions with grants of their own
 * @param policies every policy
 * @param indexes indexes of tables that are not partitions
 * @param foreignKeys foreign keys, without those that partitions inherit
 * @param inheritance which table inherits from which, partitions included
 * @param readers which views and materialized views read which relation
 * @param routines functions and procedures by oid
 * @param triggers triggers of users, and switched-off triggers of constraints
 * @param rewriteRules rules other than those behind views
 * @param schemas schemas and who may use them
 * @param databaseGrants who may do what with the database
 * @param defaultPrivileges what will be granted on future tables
 * @param settings defaults of settings for roles and this database
 * @param parameterGrants grants on configuration parameters (PostgreSQL 15 and later)
 * @param publications tables in publications
 * @param installation how Boundary was installed; null if it was not, or if the role is not allowed to read it
 * @param protectedTables the tables that Boundary's changes protected; empty if the role is not allowed to read them
 */
public record SecurityCatalog(
        Server server,
        Map<Long, Role> roles,
        List<Membership> memberships,
        Map<Long, Relation> relations,
        List<Column> columns,
        List<Policy> policies,
        List<Index> indexes,
        List<ForeignKey> foreignKeys,
        List<Inheritance> inheritance,
        List<Reader> readers,
        Map<Long, Routine> routines,
        List<Trigger> triggers,
        List<RewriteRule> rewriteRules,
        List<Schema> schemas,
        List<Grant> databaseGrants,
        List<DefaultPrivilege> defaultPrivileges,
        List<Setting> settings,
        List<ParameterGrant> parameterGrants,
        List<Publication> publications,
        @Nullable Installation installation,
        List<ProtectedTable> protectedTables) {

    /**
     * The server and the connection.
     *
     * @param variableValue what the session variable holds on the fresh connection; null if it is not set
     * @param function oid of {@code boundary.current_tenant_id()}, 0 if there is none
     */
    public record Server(
            int versionNumber,
            String version,
            String database,
            String currentUser,
            @Nullable String variableValue,
            long largeObjects,
            long function) {}

    /** A role; {@code quoted} as {@code quote_ident} prints it. */
    public record Role(long oid, String name, String quoted, boolean superuser, boolean bypassesRls) {}

    /** {@code member} is a member of {@code role}. */
    public record Membership(long role, long member) {}

    /** A privilege of a role; {@code grantee} 0 is PUBLIC. */
    public record Grant(long grantee, String privilege) {}

    /** A table (r, p), view (v), materialized view (m), foreign table (f) or sequence (S). */
    public record Relation(
            long oid,
            String schema,
            String name,
            String quoted,
            char kind,
            long owner,
            boolean rowSecurity,
            boolean forced,
            boolean partition,
            boolean ofExtension,
            String options,
            List<Grant> grants) {

        /** An ordinary or partitioned table. */
        public boolean table() {
            return kind == 'r' || kind == 'p';
        }

        /** The name with its schema, unquoted. */
        public String display() {
            return schema + "." + name;
        }

        /** A storage parameter is on. */
        public boolean optionOn(String option) {
            return Stream.of(options.split(",", -1))
                    .anyMatch(text -> text.equals(option + "=true")
                            || text.equals(option + "=on")
                            || text.equals(option + "=1")
                            || text.equals(option + "=yes"));
        }
    }

    /**
     * A column.
     *
     * @param leakproof whether {@code =} of its type is leakproof
     * @param deterministic whether its collation tells all texts apart
     * @param fromSequence whether the database makes its value: identity or {@code nextval}
     */
    public record Column(
            long relation,
            int number,
            String name,
            String quoted,
            String type,
            String baseType,
            boolean leakproof,
            boolean deterministic,
            boolean notNull,
            boolean fromSequence,
            List<Grant> grants) {}

    /**
     * A policy.
     *
     * @param command {@code *}, {@code r}, {@code a}, {@code w} or {@code d}
     * @param roles oids, 0 is PUBLIC
     * @param using the expression as PostgreSQL prints it, or null
     * @param check the expression as PostgreSQL prints it, or null
     * @param functions oids of functions outside pg_catalog that it calls
     * @param tables oids of other relations that it reads
     */
    public record Policy(
            long relation,
            String name,
            String quoted,
            char command,
            boolean permissive,
            List<Long> roles,
            @Nullable String using,
            @Nullable String check,
            List<Long> functions,
            List<Long> tables) {}

    /**
     * An index.
     *
     * @param keys column numbers, 0 for an expression
     * @param weakKeys positions (from 0) whose operator family has no leakproof operator
     * @param constraint name of the constraint it implements, quoted, or null
     */
    public record Index(
            long oid,
            long relation,
            String quoted,
            String method,
            boolean unique,
            boolean primary,
            boolean exclusion,
            boolean usable,
            boolean partial,
            List<Integer> keys,
            List<Integer> weakKeys,
            List<String> operatorClasses,
            String definition,
            @Nullable String constraint) {}

    /** A foreign key; column numbers in pairs. Actions as in {@code pg_constraint}. */
    public record ForeignKey(
            long relation,
            long referenced,
            String name,
            String quoted,
            List<Integer> columns,
            List<Integer> referencedColumns,
            List<String> operators,
            char onDelete,
            char onUpdate,
            String definition) {

        /** A change of the referenced row changes or deletes the referencing one. */
        public boolean cascades() {
            return "cnd".indexOf(onDelete) >= 0 || "cnd".indexOf(onUpdate) >= 0;
        }
    }

    /** {@code child} inherits from {@code parent}. */
    public record Inheritance(long child, long parent) {}

    /** View {@code view} reads relation {@code source}. */
    public record Reader(long view, long source) {}

    /**
     * A function or procedure.
     *
     * @param signature with schema and argument types, quoted
     * @param parsedBody whether the body was parsed when it was made ({@code BEGIN ATOMIC})
     * @param body the deparsed body if parsed, the source text otherwise
     */
    public record Routine(
            long oid,
            String signature,
            long owner,
            boolean definer,
            boolean leakproof,
            boolean parsedBody,
            String body,
            String language,
            char volatility,
            char parallel,
            boolean ofExtension,
            List<String> settings,
            List<Grant> grants) {

        /** The value of its {@code SET search_path}, or null. */
        public @Nullable String searchPath() {
            for (String setting : settings) {
                if (setting.startsWith("search_path=")) {
                    return setting.substring("search_path=".length());
                }
            }
            return null;
        }
    }

    /** A trigger; {@code enabled} as in {@code pg_trigger}. */
    public record Trigger(long relation, String quoted, long routine, char enabled, boolean internal) {}

    /** A rewrite rule on a table or view. */
    public record RewriteRule(long relation, String quoted, String definition) {}

    /** A schema. */
    public record Schema(String name, String quoted, long owner, List<Grant> grants) {}

    /** Privileges that tables made by {@code role} will have; {@code schema} quoted, or null for all schemas. */
    public record DefaultPrivilege(long role, @Nullable String schema, List<Grant> grants) {}

    /** A default of a setting; {@code role} 0 is every role, {@code everyDatabase} the role in every database. */
    public record Setting(long role, boolean everyDatabase, String name, String value) {}

    /** A grant on a configuration parameter. */
    public record ParameterGrant(String parameter, Grant grant) {}

    /** A table in a publication; {@code relation} 0 is every table. */
    public record Publication(String quoted, long relation, boolean filtered, boolean byName) {}
}
