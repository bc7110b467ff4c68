package dev.boundary.doctor;

import static dev.boundary.doctor.Rule.Severity.CRITICAL;
import static dev.boundary.doctor.Rule.Severity.HIGH;
import static dev.boundary.doctor.Rule.Severity.LOW;
import static dev.boundary.doctor.Rule.Severity.MEDIUM;
import static dev.boundary.doctor.RuleCheck.Phase.CLOSE;
import static dev.boundary.doctor.RuleCheck.rule;

import dev.boundary.core.TableKind;
import dev.boundary.doctor.catalog.SecurityCatalog;
import dev.boundary.doctor.catalog.SecurityCatalog.Column;
import dev.boundary.doctor.catalog.SecurityCatalog.DefaultPrivilege;
import dev.boundary.doctor.catalog.SecurityCatalog.Grant;
import dev.boundary.doctor.catalog.SecurityCatalog.ParameterGrant;
import dev.boundary.doctor.catalog.SecurityCatalog.Relation;
import dev.boundary.rls.internal.sql.Quoting;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the application's roles may do besides reading and writing rows. */
final class GrantRules {

    static final List<RuleCheck> CHECKS = List.of(
            rule("BND-009", HIGH, "The application role can switch triggers off")
                    .why("session_replication_role = replica stops triggers and foreign key checks for the session.")
                    .remedy("Leave the parameter to superusers.")
                    .foundBy(CLOSE, examination -> new GrantRules(examination).replicationRole()),
            rule("BND-010", HIGH, "The application role can create objects in a schema")
                    .why("It can make tables without policies, and functions and operators that shadow others on a"
                            + " search path.")
                    .remedy("Revoke CREATE. Before PostgreSQL 15, PUBLIC has it on schema public.")
                    .foundBy(CLOSE, examination -> new GrantRules(examination).createInSchema()),
            rule("BND-011", MEDIUM, "The application role can create schemas")
                    .why("In a schema of its own it may create everything.")
                    .remedy("Revoke CREATE on the database.")
                    .foundBy(CLOSE, examination -> new GrantRules(examination).createInDatabase()),
            rule("BND-012", HIGH, "Future tables are open to the application role")
                    .why("A table is readable from the moment it is created, before any policy is on it.")
                    .remedy("Grant with the change that protects the table.")
                    .foundBy(CLOSE, examination -> new GrantRules(examination).defaultPrivileges()),
            rule("BND-019", LOW, "A global table is writable for the application role")
                    .why("What one tenant's request writes there, all tenants read.")
                    .remedy("Revoke the writing privileges, or name the table exempt with the reason.")
                    .foundBy(CLOSE, examination -> new GrantRules(examination).globalWritable()),
            rule("BND-021", MEDIUM, "The application role may update the tenant column")
                    .why("With any weakness in a policy's WITH CHECK, rows move from tenant to tenant.")
                    .remedy("Grant UPDATE on the other columns only.")
                    .foundBy(CLOSE, examination -> new GrantRules(examination).tenantUpdatable()),
            rule("BND-037", CRITICAL, "The application role may TRUNCATE")
                    .why("TRUNCATE ignores row-level security: it removes the rows of all tenants.")
                    .remedy("Revoke it.")
                    .foundBy(CLOSE, examination -> new GrantRules(examination).truncate()),
            rule("BND-038", MEDIUM, "The application role may create foreign keys to the table")
                    .why("A foreign key check ignores policies: success or failure tells whether another tenant's"
                            + " row exists.")
                    .remedy("Revoke REFERENCES.")
                    .foundBy(CLOSE, examination -> new GrantRules(examination).references()),
            rule("BND-039", HIGH, "The application role may create triggers on the table")
                    .why("A trigger sees the rows of every session that writes to the table, whichever tenant it"
                            + " works for.")
                    .remedy("Revoke TRIGGER.")
                    .foundBy(CLOSE, examination -> new GrantRules(examination).trigger()),
            rule("BND-040", LOW, "The application role may maintain the table")
                    .why("MAINTAIN (PostgreSQL 17 and later) allows REFRESH, CLUSTER, REINDEX and LOCK, which touch"
                            + " all tenants' rows and stop everybody.")
                    .remedy("Revoke it.")
                    .foundBy(CLOSE, examination -> new GrantRules(examination).maintain()),
            rule("BND-041", LOW, "The application role may read a sequence")
                    .why("The last value tells how many rows all tenants made.")
                    .remedy("Grant USAGE only.")
                    .foundBy(CLOSE, examination -> new GrantRules(examination).sequences()));

    private static final Set<String> CREATING = Set.of("CREATE");
    private static final Set<String> OF_TABLES =
            Set.of("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER", "MAINTAIN");
    private static final String REPLICATION_ROLE = "session_replication_role";

    /** What has no owner among the roles whose grants would not count. */
    private static final long NO_OWNER = -1;

    private final Examination examination;

    GrantRules(Examination examination) {
        this.examination = examination;
    }

    Stream<RuleMatch> truncate() {
        return onTables("TRUNCATE");
    }

    Stream<RuleMatch> references() {
        return Stream.concat(
                onTables("REFERENCES"),
                examination
                        .tables()
                        .flatMap(table -> examination.columns(table.relation()).stream()
                                .flatMap(column -> onColumn(table.relation(), column, "REFERENCES").stream())));
    }

    Stream<RuleMatch> trigger() {
        return onTables("TRIGGER");
    }

    Stream<RuleMatch> maintain() {
        return onTables("MAINTAIN");
    }

    private Stream<RuleMatch> onTables(String privilege) {
        return examination
                .tables()
                .map(ExaminedTable::relation)
                .flatMap(table -> onRelation(table, Set.of(privilege)).stream());
    }

    List<RuleMatch> onRelation(Relation relation, Set<String> privileges) {
        Set<String> holders = examination.holders(relation.grants(), relation.owner(), privileges);
        return granted("table " + relation.quoted(), privileges, holders).toList();
    }

    /** Nothing if no one has the privileges. */
    private static Stream<RuleMatch> granted(String object, Set<String> privileges, Set<String> holders) {
        return holders.isEmpty()
                ? Stream.empty()
                : Stream.of(RuleMatch.of(
                        object,
                        String.join(", ", new TreeSet<>(privileges)) + " granted to " + String.join(", ", holders),
                        FixStatements.revoke(privileges, object, holders)));
    }

    private List<RuleMatch> onColumn(Relation relation, Column column, String privilege) {
        Set<String> holders = examination.holders(column.grants(), relation.owner(), Set.of(privilege));
        return holders.isEmpty()
                ? List.of()
                : List.of(RuleMatch.of(
                        "column " + relation.quoted() + "." + column.quoted(),
                        privilege + " granted to " + String.join(", ", holders),
                        "revoke " + privilege + " (" + column.quoted() + ") on table " + relation.quoted() + " from "
                                + String.join(", ", holders)));
    }

    Stream<RuleMatch> tenantUpdatable() {
        return examination.tables().flatMap(table -> {
            Column tenant = table.tenant();
            return tenant == null ? Stream.empty() : updatable(table.relation(), tenant);
        });
    }

    private Stream<RuleMatch> updatable(Relation relation, Column tenant) {
        Set<String> whole = examination.holders(relation.grants(), relation.owner(), Set.of("UPDATE"));
        Set<String> single = examination.holders(tenant.grants(), relation.owner(), Set.of("UPDATE"));
        Set<String> holders = new TreeSet<>(whole);
        holders.addAll(single);
        List<String> fix = new ArrayList<>();
        if (!whole.isEmpty()) {
            fix.addAll(grantOtherColumns(relation, tenant, whole));
        }
        if (!single.isEmpty()) {
            fix.add(revokeUpdate(relation, tenant, single));
        }
        return holders.isEmpty()
                ? Stream.empty()
                : Stream.of(new RuleMatch(
                        "column " + relation.quoted() + "." + tenant.quoted(),
                        "UPDATE granted to " + String.join(", ", holders),
                        fix));
    }

    /** Revoking UPDATE from the table revokes it from each column too. */
    private List<String> grantOtherColumns(Relation relation, Column tenant, Set<String> holders) {
        String revoke = FixStatements.revoke(Set.of("UPDATE"), "table " + relation.quoted(), holders);
        String others = examination.columns(relation).stream()
                .filter(column -> column.number() != tenant.number())
                .map(Column::quoted)
                .collect(Collectors.joining(", "));
        return others.isEmpty()
                ? List.of(revoke)
                : List.of(
                        revoke,
                        "grant UPDATE (" + others + ") on table " + relation.quoted() + " to "
                                + String.join(", ", holders));
    }

    private static String revokeUpdate(Relation relation, Column tenant, Set<String> holders) {
        return "revoke UPDATE (" + tenant.quoted() + ") on table " + relation.quoted() + " from "
                + String.join(", ", holders);
    }

    Stream<RuleMatch> sequences() {
        Set<String> reading = Set.of("SELECT");
        return examination.catalog().relations().values().stream()
                .filter(relation -> relation.kind() == 'S')
                .flatMap(relation -> granted(
                        "sequence " + relation.quoted(),
                        reading,
                        examination.holders(relation.grants(), relation.owner(), reading)));
    }

    Stream<RuleMatch> createInSchema() {
        return examination.catalog().schemas().stream()
                .flatMap(schema -> granted(
                        "schema " + schema.quoted(),
                        CREATING,
                        examination.holders(schema.grants(), schema.owner(), CREATING)));
    }

    Stream<RuleMatch> createInDatabase() {
        SecurityCatalog catalog = examination.catalog();
        return granted(
                "database " + Quoting.identifier(catalog.server().database()),
                CREATING,
                examination.holders(catalog.databaseGrants(), NO_OWNER, CREATING));
    }

    Stream<RuleMatch> defaultPrivileges() {
        return examination.catalog().defaultPrivileges().stream().flatMap(entry -> {
            Set<String> holders = examination.holders(entry.grants(), entry.role(), OF_TABLES);
            return holders.isEmpty() ? Stream.empty() : Stream.of(opensFutureTables(entry, holders));
        });
    }

    private RuleMatch opensFutureTables(DefaultPrivilege entry, Set<String> holders) {
        String target = "for role " + examination.roleName(entry.role())
                + (entry.schema() == null ? "" : " in schema " + entry.schema());
        return RuleMatch.of(
                "default privileges " + target,
                "future tables will be open to " + String.join(", ", holders),
                "alter default privileges " + target + " revoke all on tables from " + String.join(", ", holders));
    }

    Stream<RuleMatch> replicationRole() {
        return examination.catalog().parameterGrants().stream()
                .filter(entry -> entry.parameter().equals(REPLICATION_ROLE))
                .map(ParameterGrant::grant)
                .filter(grant -> !examination
                        .holders(List.of(grant), NO_OWNER, Set.of("SET", "ALTER SYSTEM"))
                        .isEmpty())
                .map(Grant::grantee)
                .distinct()
                .map(grantee -> settable(examination.roleName(grantee)));
    }

    private static RuleMatch settable(String grantee) {
        return RuleMatch.of(
                "parameter " + REPLICATION_ROLE + " for " + grantee,
                "SET granted to " + grantee,
                "revoke all on parameter " + REPLICATION_ROLE + " from " + grantee);
    }

    Stream<RuleMatch> globalWritable() {
        Set<String> writing = Set.of("INSERT", "UPDATE", "DELETE", "TRUNCATE");
        return examination
                .allTables()
                .filter(table -> table.classification() == TableKind.GLOBAL)
                .map(ExaminedTable::relation)
                .filter(relation -> examination.expectation(relation).isPresent())
                .flatMap(relation -> onRelation(relation, writing).stream());
    }
}
