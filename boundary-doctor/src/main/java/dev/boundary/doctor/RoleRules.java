package dev.boundary.doctor;

import static dev.boundary.doctor.Rule.Severity.CRITICAL;
import static dev.boundary.doctor.Rule.Severity.HIGH;
import static dev.boundary.doctor.Rule.Severity.MEDIUM;
import static dev.boundary.doctor.RuleCheck.Phase.CLOSE;
import static dev.boundary.doctor.RuleCheck.rule;

import dev.boundary.doctor.catalog.SecurityCatalog.Relation;
import dev.boundary.doctor.catalog.SecurityCatalog.Role;
import dev.boundary.doctor.catalog.SecurityCatalog.Server;
import dev.boundary.doctor.catalog.SecurityCatalog.Setting;
import dev.boundary.rls.internal.sql.Quoting;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What the application's roles are, can become, and start with. */
final class RoleRules {

    static final List<RuleCheck> CHECKS = List.of(
            rule("BND-001", CRITICAL, "The application role bypasses row-level security")
                    .why("No policy applies to a superuser or to a role with BYPASSRLS: it sees and changes every"
                            + " tenant's rows.")
                    .remedy("Let the application connect as a role without either attribute.")
                    .foundBy(CLOSE, examination -> new RoleRules(examination).bypasses()),
            rule("BND-002", CRITICAL, "The application role can become a role that bypasses row-level security")
                    .why("A member may SET ROLE, also where it does not inherit, and then no policy applies.")
                    .remedy("Revoke the membership.")
                    .foundBy(CLOSE, examination -> new RoleRules(examination).becomesPowerful()),
            rule("BND-003", CRITICAL, "The application role owns a table of tenants, or can become its owner")
                    .why("An owner can drop policies, switch row-level security off, or stop forcing it.")
                    .remedy("Let another role own the table, and revoke the membership.")
                    .foundBy(CLOSE, examination -> new RoleRules(examination).owns()),
            rule("BND-004", CRITICAL, "The application role can reach files or programs of the server")
                    .why("Whoever reads the server's files or runs programs on it reads every table past all"
                            + " policies.")
                    .remedy("Revoke the membership in the predefined role.")
                    .foundBy(CLOSE, examination -> new RoleRules(examination).becomesServerUser()),
            rule("BND-005", HIGH, "The application role has privileges on every table")
                    .why("pg_read_all_data, pg_write_all_data and pg_maintain cover tables and views that were never"
                            + " granted, those of tomorrow included; policies still apply to tables that have them,"
                            + " to no others.")
                    .remedy("Revoke the membership and grant table by table.")
                    .foundBy(CLOSE, examination -> new RoleRules(examination).becomesReaderOfAll()),
            rule("BND-006", MEDIUM, "The application role watches what other roles run")
                    .why("pg_monitor and pg_read_all_stats show the SQL of all sessions, literals included.")
                    .remedy("Revoke the membership; monitor with a role of its own.")
                    .foundBy(CLOSE, examination -> new RoleRules(examination).watchesOthers()),
            rule("BND-007", MEDIUM, "row_security is off by default")
                    .why("Protected tables then raise an error instead of filtering; it is meant for dumps.")
                    .remedy("Reset the default.")
                    .foundBy(CLOSE, examination -> new RoleRules(examination).rowSecurityOff()),
            rule("BND-008", CRITICAL, "The session variable has a default")
                    .why("A statement that comes without a tenant then runs as a tenant that no one chose, instead"
                            + " of failing.")
                    .remedy("Reset the default; look in postgresql.conf and in the connection's options too.")
                    .foundBy(CLOSE, examination -> new RoleRules(examination).tenantByDefault()));

    private static final Set<String> SERVER_ACCESS =
            Set.of("pg_execute_server_program", "pg_read_server_files", "pg_write_server_files");
    private static final Set<String> ALL_DATA = Set.of("pg_read_all_data", "pg_write_all_data", "pg_maintain");
    private static final Set<String> STATISTICS = Set.of("pg_monitor", "pg_read_all_stats");

    private final Examination examination;

    RoleRules(Examination examination) {
        this.examination = examination;
    }

    Stream<RuleMatch> bypasses() {
        return examination.applicationRoles().stream()
                .filter(role -> role.superuser() || role.bypassesRls())
                .map(role -> RuleMatch.of(
                        "role " + role.quoted(),
                        (role.superuser() ? "SUPERUSER " : "") + (role.bypassesRls() ? "BYPASSRLS" : ""),
                        "alter role " + role.quoted() + " nosuperuser nobypassrls"));
    }

    Stream<RuleMatch> becomesPowerful() {
        return reaches(role -> role.superuser() || role.bypassesRls(), true);
    }

    Stream<RuleMatch> becomesServerUser() {
        return reaches(role -> SERVER_ACCESS.contains(role.name()), false);
    }

    Stream<RuleMatch> becomesReaderOfAll() {
        return reaches(role -> ALL_DATA.contains(role.name()), false);
    }

    Stream<RuleMatch> watchesOthers() {
        return reaches(role -> STATISTICS.contains(role.name()), false);
    }

    private Stream<RuleMatch> reaches(Predicate<Role> target, boolean alsoFromSuperusers) {
        return examination.applicationRoles().stream()
                .filter(role -> !role.superuser() || alsoFromSuperusers)
                .flatMap(role -> othersInReach(role).filter(target).map(reached -> reaches(role, reached)));
    }

    private Stream<Role> othersInReach(Role role) {
        return examination.reachable(role).stream()
                .filter(oid -> oid != role.oid())
                .map(oid -> examination.catalog().roles().get(oid))
                .filter(Objects::nonNull)
                .sorted(Comparator.comparing(Role::name));
    }

    private RuleMatch reaches(Role role, Role reached) {
        return new RuleMatch(
                "role " + role.quoted() + " -> " + reached.quoted(),
                role.quoted() + " is a member of " + reached.quoted() + ", directly or through others",
                leave(role, reached));
    }

    /** Every first step on a way from the role to the other. */
    private List<String> leave(Role role, Role reached) {
        return examination.catalog().memberships().stream()
                .filter(membership -> membership.member() == role.oid())
                .map(membership -> examination.catalog().roles().get(membership.role()))
                .filter(first -> first != null && leadsTo(first.oid(), reached.oid()))
                .map(first -> "revoke " + first.quoted() + " from " + role.quoted())
                .distinct()
                .toList();
    }

    private boolean leadsTo(long from, long to) {
        return from == to
                || examination.catalog().memberships().stream()
                        .filter(membership -> membership.member() == from)
                        .anyMatch(membership -> leadsTo(membership.role(), to));
    }

    Stream<RuleMatch> owns() {
        return examination.applicationRoles().stream()
                .filter(role -> !role.superuser())
                .flatMap(role -> examination
                        .tables()
                        .map(ExaminedTable::relation)
                        .filter(relation -> examination.reachable(role).contains(relation.owner()))
                        .map(relation -> owned(role, relation)));
    }

    private RuleMatch owned(Role role, Relation relation) {
        Role owner = examination.catalog().roles().get(relation.owner());
        List<String> fix = owner == null || owner.oid() == role.oid()
                ? newOwner(role)
                        .map(name -> List.of("alter table " + relation.quoted() + " owner to " + name))
                        .orElse(List.of())
                : leave(role, owner);
        return new RuleMatch(
                "table " + relation.quoted(),
                "owner " + examination.roleName(relation.owner()) + " is in the reach of " + role.quoted(),
                fix);
    }

    /** Who owns the schema boundary, or boundary_owner; never a role of the application. */
    private Optional<String> newOwner(Role role) {
        Stream<Long> installer = examination.catalog().schemas().stream()
                .filter(schema -> schema.name().equals("boundary"))
                .map(schema -> schema.owner());
        Stream<Long> byName = examination.catalog().roles().values().stream()
                .filter(candidate -> candidate.name().equals("boundary_owner"))
                .map(Role::oid);
        return Stream.concat(byName, installer)
                .filter(oid -> !examination.reachable(role).contains(oid))
                .map(examination::roleName)
                .findFirst();
    }

    Stream<RuleMatch> rowSecurityOff() {
        return settings("row_security")
                .filter(setting -> Set.of("off", "false", "no", "0").contains(setting.value()))
                .map(setting -> reset(setting));
    }

    Stream<RuleMatch> tenantByDefault() {
        List<RuleMatch> stored = settings(examination.variable().name())
                .filter(setting -> !setting.value().isEmpty())
                .map(setting -> reset(setting))
                .toList();
        return stored.isEmpty() ? tenantOfFreshConnection() : stored.stream();
    }

    private Stream<RuleMatch> tenantOfFreshConnection() {
        Server server = examination.catalog().server();
        String value = server.variableValue();
        return value == null || value.isEmpty()
                ? Stream.empty()
                : Stream.of(RuleMatch.of(
                        "setting " + examination.variable().name(),
                        "a fresh connection of " + server.currentUser() + " starts with the value '" + value
                                + "': from postgresql.conf, or from the options of the connection"));
    }

    private Stream<Setting> settings(String name) {
        return examination.catalog().settings().stream()
                .filter(setting -> setting.name().equals(name))
                .filter(setting -> setting.role() == 0 || examination.inReach(setting.role()));
    }

    private RuleMatch reset(Setting setting) {
        String database = Quoting.identifier(examination.catalog().server().database());
        String target = setting.role() == 0 && !setting.everyDatabase()
                ? "database " + database
                : "role " + (setting.role() == 0 ? "all" : examination.roleName(setting.role()))
                        + (setting.everyDatabase() ? "" : " in database " + database);
        return RuleMatch.of(
                target,
                setting.name() + " = '" + setting.value() + "'",
                "alter " + target + " reset " + setting.name());
    }
}
