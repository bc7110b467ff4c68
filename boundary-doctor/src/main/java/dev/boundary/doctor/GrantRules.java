package dev.boundary.doctor;

import static dev.boundary.doctor.Rule.Severity.CRITICAL;
import static dev.boundary.doctor.Rule.Severity.HIGH;
import static dev.boundary.doctor.Rule.Severity.LOW;
import static dev.boundary.doctor.Rule.Severity.MEDIUM;
import static dev.boundary.doctor.RuleCheck.Phase.CLOSE;
import static dev.boundary.doctor.RuleCheck.check;

import dev.boundary.core.TableKind;
import dev.boundary.doctor.catalog.SecurityCatalog.Column;
import dev.boundary.doctor.catalog.SecurityCatalog.DefaultPrivilege;
import dev.boundary.doctor.catalog.SecurityCatalog.Grant;
import dev.boundary.doctor.catalog.SecurityCatalog.Relation;
import dev.boundary.rls.internal.sql.Quoting;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What the application's roles may do besides reading and writing rows. */
final class GrantRules {

    static final List<RuleCheck> CHECKS = List.of(
            check(
                    "BND-009",
                    HIGH,
                    CLOSE,
                    examination -> new GrantRules(examination).replicationRole(),
                    "The application role can switch triggers off",
                    "session_replication_role = replica stops triggers and foreign key checks for the session.",
                    "Leave the parameter to superusers."),
            check(
                    "BND-010",
                    HIGH,
                    CLOSE,
                    examination -> new GrantRules(examination).createInSchema(),
                    "The application role can create objects in a schema",
                    "It can make tables without policies, and functions and operators that shadow others on a search path.",
                    "Revoke CREATE. Before PostgreSQL 15, PUBLIC has it on schema public."),
            check(
                    "BND-011",
                    MEDIUM,
                    CLOSE,
                    examination -> new GrantRules(examination).createInDatabase(),
                    "The application role can create schemas",
                    "In a schema of its own it may create everything.",
                    "Revoke CREATE on the database."),
            check(
                    "BND-012",
                    HIGH,
                    CLOSE,
                    examination -> new GrantRules(examination).defaultPrivileges(),
                    "Future tables are open to the application role",
                    "A table is readable from the moment it is created, before any policy is on it.",
                    "Grant with the change that protects the table."),
            check(
                    "BND-019",
                    LOW,
                    CLOSE,
                    examination -> new GrantRules(examination).globalWritable(),
                    "A global table is writable for the application role",
                    "What one tenant's request writes there, all tenants read.",
                    "Revoke the writing privileges, or name the table exempt with the reason."),
            check(
                    "BND-021",
                    MEDIUM,
                    CLOSE,
                    examination -> new GrantRules(examination).tenantUpdatable(),
                    "The application role may update the tenant column",
                    "With any weakness in a policy's WITH CHECK, rows move from tenant to tenant.",
                    "Grant UPDATE on the other columns only."),
            check(
                    "BND-037",
                    CRITICAL,
                    CLOSE,
                    examination -> new GrantRules(examination).truncate(),
                    "The application role may TRUNCATE",
                    "TRUNCATE ignores row-level security: it removes the rows of all tenants.",
                    "Revoke it."),
            check(
                    "BND-038",
                    MEDIUM,
                    CLOSE,
                    examination -> new GrantRules(examination).references(),
                    "The application role may create foreign keys to the table",
                    "A foreign key check ignores policies: success or failure tells whether another tenant's row exists.",
                    "Revoke REFERENCES."),
            check(
                    "BND-039",
                    HIGH,
                    CLOSE,
                    examination -> new GrantRules(examination).trigger(),
                    "The application role may create triggers on the table",
                    "A trigger sees the rows of every session that writes to the table, whichever tenant it works for.",
                    "Revoke TRIGGER."),
            check(
                    "BND-040",
                    LOW,
                    CLOSE,
                    examination -> new GrantRules(examination).maintain(),
                    "The application role may maintain the table",
                    "MAINTAIN (PostgreSQL 17 and later) allows REFRESH, CLUSTER, REINDEX and LOCK, which touch all tenants' rows and stop everybody.",
                    "Revoke it."),
            check(
                    "BND-041",
                    LOW,
                    CLOSE,
                    examination -> new GrantRules(examination).sequences(),
                    "The application role may read a sequence",
                    "The last value tells how many rows all tenants made.",
                    "Grant USAGE only."));

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
        return holders.isEmpty()
                ? List.of()
                : List.of(RuleMatch.of(
                        "table " + relation.quoted(),
                        String.join(", ", new TreeSet<>(privileges)) + " granted to " + String.join(", ", holders),
                        FixStatements.revoke(privileges, "table " + relation.quoted(), holders)));
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
        if (whole.isEmpty() && single.isEmpty()) {
            return Stream.empty();
        }
        List<String> fix = new ArrayList<>();
        if (!whole.isEmpty()) {
            List<String> others = examination.columns(relation).stream()
                    .filter(column -> column.number() != tenant.number())
                    .map(Column::quoted)
                    .toList();
            // Revoking UPDATE from the table revokes it from each column too.
            fix.add(FixStatements.revoke(Set.of("UPDATE"), "table " + relation.quoted(), whole));
            if (!others.isEmpty()) {
                fix.add("grant UPDATE (" + String.join(", ", others) + ") on table " + relation.quoted() + " to "
                        + String.join(", ", whole));
            }
        }
        if (!single.isEmpty()) {
            fix.add("revoke UPDATE (" + tenant.quoted() + ") on table " + relation.quoted() + " from "
                    + String.join(", ", single));
        }
        Set<String> holders = new TreeSet<>(whole);
        holders.addAll(single);
        return Stream.of(new RuleMatch(
                "column " + relation.quoted() + "." + tenant.quoted(),
                "UPDATE granted to " + String.join(", ", holders),
                fix));
    }

    Stream<RuleMatch> sequences() {
        return examination.catalog().relations().values().stream()
                .filter(relation -> relation.kind() == 'S')
                .flatMap(relation -> {
                    Set<String> holders = examination.holders(relation.grants(), relation.owner(), Set.of("SELECT"));
                    return holders.isEmpty()
                            ? Stream.empty()
                            : Stream.of(RuleMatch.of(
                                    "sequence " + relation.quoted(),
                                    "SELECT granted to " + String.join(", ", holders),
                                    FixStatements.revoke(Set.of("SELECT"), "sequence " + relation.quoted(), holders)));
                });
    }

    Stream<RuleMatch> createInSchema() {
        return examination.catalog().schemas().stream().flatMap(schema -> {
            Set<String> holders = examination.holders(schema.grants(), schema.owner(), Set.of("CREATE"));
            return holders.isEmpty()
                    ? Stream.empty()
                    : Stream.of(RuleMatch.of(
                            "schema " + schema.quoted(),
                            "CREATE granted to " + String.join(", ", holders),
                            FixStatements.revoke(Set.of("CREATE"), "schema " + schema.quoted(), holders)));
        });
    }

    Stream<RuleMatch> createInDatabase() {
        Set<String> holders = examination.holders(examination.catalog().databaseGrants(), -1, Set.of("CREATE"));
        String database =
                "database " + Quoting.identifier(examination.catalog().server().database());
        return holders.isEmpty()
                ? Stream.empty()
                : Stream.of(RuleMatch.of(
                        database,
                        "CREATE granted to " + String.join(", ", holders),
                        FixStatements.revoke(Set.of("CREATE"), database, holders)));
    }

    Stream<RuleMatch> defaultPrivileges() {
        return examination.catalog().defaultPrivileges().stream().flatMap(entry -> {
            Set<String> holders = examination.holders(
                    entry.grants(),
                    entry.role(),
                    Set.of("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER", "MAINTAIN"));
            return holders.isEmpty() ? Stream.empty() : Stream.of(defaultHit(entry, holders));
        });
    }

    private RuleMatch defaultHit(DefaultPrivilege entry, Set<String> holders) {
        String target = "for role " + examination.roleName(entry.role())
                + (entry.schema() == null ? "" : " in schema " + entry.schema());
        return RuleMatch.of(
                "default privileges " + target,
                "future tables will be open to " + String.join(", ", holders),
                "alter default privileges " + target + " revoke all on tables from " + String.join(", ", holders));
    }

    Stream<RuleMatch> replicationRole() {
        return examination.catalog().parameterGrants().stream()
                .filter(entry -> entry.parameter().equals("session_replication_role"))
                .map(entry -> entry.grant())
                .filter(grant -> !examination
                        .holders(List.of(grant), -1, Set.of("SET", "ALTER SYSTEM"))
                        .isEmpty())
                .map(Grant::grantee)
                .distinct()
                .map(grantee -> RuleMatch.of(
                        "parameter session_replication_role for " + examination.roleName(grantee),
                        "SET granted to " + examination.roleName(grantee),
                        "revoke all on parameter session_replication_role from " + examination.roleName(grantee)));
    }

    Stream<RuleMatch> globalWritable() {
        Set<String> writing = Set.of("INSERT", "UPDATE", "DELETE", "TRUNCATE");
        return examination
                .allTables()
                .filter(table -> table.classification() == TableKind.GLOBAL)
                .map(ExaminedTable::relation)
                .filter(relation -> examination
                        .expectations()
                        .of(relation.schema(), relation.name())
                        .isPresent())
                .flatMap(relation -> onRelation(relation, writing).stream());
    }
}
