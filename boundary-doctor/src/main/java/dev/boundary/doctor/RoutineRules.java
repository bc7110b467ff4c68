package dev.boundary.doctor;

import static dev.boundary.doctor.Rule.Severity.CRITICAL;
import static dev.boundary.doctor.Rule.Severity.HIGH;
import static dev.boundary.doctor.Rule.Severity.MEDIUM;
import static dev.boundary.doctor.RuleCheck.Phase.ROUTINES;
import static dev.boundary.doctor.RuleCheck.rule;

import dev.boundary.core.TenantKeyType;
import dev.boundary.doctor.catalog.SecurityCatalog;
import dev.boundary.doctor.catalog.SecurityCatalog.Relation;
import dev.boundary.doctor.catalog.SecurityCatalog.Routine;
import dev.boundary.doctor.catalog.SecurityCatalog.Trigger;
import dev.boundary.rls.InstallBoundary;
import dev.boundary.rls.InstallBoundary.LeakproofMode;
import dev.boundary.rls.InstallBoundary.MissingTenant;
import dev.boundary.rls.internal.catalog.Installation;
import dev.boundary.rls.internal.sql.Quoting;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Functions, triggers and rules. */
final class RoutineRules {

    static final List<RuleCheck> CHECKS = List.of(
            rule("BND-035", CRITICAL, "Boundary's function differs from what was installed")
                    .why("Every policy asks this function who the tenant is.")
                    .remedy("Restore it.")
                    .foundBy(ROUTINES, examination -> new RoutineRules(examination).functionChanged()),
            rule("BND-049", HIGH, "A policy calls a function whose names can be hijacked")
                    .why("A text body is resolved on the caller's search_path: whoever may create a function puts"
                            + " another current_setting before the real one.")
                    .remedy("Write the body as BEGIN ATOMIC, which is resolved once. A pinned search_path is safe"
                            + " too, but prevents inlining.")
                    .foundBy(ROUTINES, examination -> new RoutineRules(examination).hijackable()),
            rule("BND-050", CRITICAL, "A function runs past the policies for the application role")
                    .why("A SECURITY DEFINER function whose owner bypasses policies returns or changes all tenants'"
                            + " rows.")
                    .remedy("Make it SECURITY INVOKER, or let a role without bypass own it, or revoke EXECUTE.")
                    .foundBy(ROUTINES, examination -> new RoutineRules(examination).definers()),
            rule("BND-051", HIGH, "A SECURITY DEFINER function without a safe search_path")
                    .why("The caller's search_path, or a temporary object of the caller (pg_temp comes first unless"
                            + " it is named), decides what its names mean.")
                    .remedy("Set search_path on it, with pg_temp last.")
                    .foundBy(ROUTINES, examination -> new RoutineRules(examination).definersWithoutPath()),
            rule("BND-052", MEDIUM, "A function of users is declared LEAKPROOF")
                    .why("PostgreSQL runs it on rows before the policies have filtered them; an error message or a"
                            + " side effect shows them.")
                    .remedy("Declare only what cannot leak, and look at each.")
                    .foundBy(ROUTINES, examination -> new RoutineRules(examination).leakproof()),
            rule("BND-053", HIGH, "A trigger runs past the policies")
                    .why("Its SECURITY DEFINER function runs as a role that bypasses policies, on behalf of a"
                            + " tenant.")
                    .remedy("Make the function SECURITY INVOKER, or let a role without bypass own it.")
                    .foundBy(ROUTINES, examination -> new RoutineRules(examination).triggers()),
            rule("BND-054", MEDIUM, "A trigger is switched off")
                    .why("What it guarded is not guarded; switched-off constraint triggers leave foreign keys"
                            + " unchecked.")
                    .remedy("Enable it, or drop it. The trigger of a constraint needs a superuser.")
                    .foundBy(ROUTINES, examination -> new RoutineRules(examination).triggersOff()),
            rule("BND-055", HIGH, "A rule on a table of tenants")
                    .why("A rule's actions run with the privileges of the table's owner; one deleted both tenants'"
                            + " rows in our experiment.")
                    .remedy("Drop it; use a trigger.")
                    .foundBy(ROUTINES, examination -> new RoutineRules(examination).rules()));

    private static final String FUNCTION = "create function boundary.current_tenant_id()";

    private final Examination examination;

    RoutineRules(Examination examination) {
        this.examination = examination;
    }

    private static String name(Routine routine) {
        return "routine " + routine.signature();
    }

    Stream<RuleMatch> hijackable() {
        Set<Long> called = examination
                .tables()
                .flatMap(table -> examination.policies(table.relation()).stream())
                .flatMap(policy -> policy.functions().stream())
                .collect(Collectors.toSet());
        return examination.catalog().routines().values().stream()
                .filter(routine -> called.contains(routine.oid()) && resolvesNamesLate(routine))
                .map(routine -> RuleMatch.of(
                        name(routine),
                        "is called by policies; its " + routine.language()
                                + " body is text that is resolved on the caller's search_path",
                        "alter routine " + routine.signature() + " set search_path = pg_catalog, pg_temp"));
    }

    private static boolean resolvesNamesLate(Routine routine) {
        return !routine.parsedBody()
                && routine.searchPath() == null
                && !Set.of("c", "internal").contains(routine.language());
    }

    Stream<RuleMatch> definers() {
        return examination.catalog().routines().values().stream()
                .filter(routine -> routine.definer()
                        && !routine.ofExtension()
                        && examination.mayExecute(routine)
                        && examination.seesAll(routine.owner()))
                .map(routine -> RuleMatch.of(
                        name(routine),
                        "SECURITY DEFINER, runs as " + examination.roleName(routine.owner())
                                + ", for whom policies are void",
                        "alter routine " + routine.signature() + " security invoker"));
    }

    Stream<RuleMatch> definersWithoutPath() {
        return examination.catalog().routines().values().stream()
                .filter(routine -> routine.definer() && !routine.ofExtension() && !pinned(routine.searchPath()))
                .map(routine -> RuleMatch.of(
                        name(routine),
                        "SECURITY DEFINER, " + unpinned(routine.searchPath()),
                        "alter routine " + routine.signature() + " set search_path = " + path(routine) + "pg_temp"));
    }

    private static String unpinned(@Nullable String path) {
        return path == null ? "no SET search_path" : "SET search_path = " + path + " does not end with pg_temp";
    }

    private static boolean pinned(@Nullable String path) {
        return path != null && path.matches("(?s).*\\bpg_temp\"?\\s*");
    }

    private static String path(Routine routine) {
        String path = routine.searchPath();
        return path == null || path.isBlank() || path.equals("\"\"") ? "pg_catalog, " : path + ", ";
    }

    Stream<RuleMatch> leakproof() {
        return examination.catalog().routines().values().stream()
                .filter(routine -> routine.leakproof()
                        && routine.oid() != examination.catalog().server().function())
                .map(routine -> RuleMatch.of(
                        name(routine),
                        "is declared LEAKPROOF, so it runs before policies have filtered",
                        "alter function " + routine.signature() + " not leakproof"));
    }

    Stream<RuleMatch> triggers() {
        return examination.catalog().triggers().stream()
                .filter(trigger -> !trigger.internal() && examination.ofTenants(trigger.relation()))
                .flatMap(trigger -> Stream.ofNullable(
                                examination.catalog().routines().get(trigger.routine()))
                        .filter(routine -> routine.definer() && examination.seesAll(routine.owner()))
                        .map(routine -> bypasses(trigger, routine)));
    }

    private RuleMatch bypasses(Trigger trigger, Routine routine) {
        return RuleMatch.of(
                name(trigger),
                "calls " + routine.signature() + ", SECURITY DEFINER as " + examination.roleName(routine.owner()),
                "alter routine " + routine.signature() + " security invoker");
    }

    Stream<RuleMatch> triggersOff() {
        return examination.catalog().triggers().stream()
                .filter(trigger -> trigger.enabled() == 'D' && examination.ofTenants(trigger.relation()))
                .map(trigger -> RuleMatch.of(
                        name(trigger),
                        trigger.internal() ? "the trigger of a constraint is switched off" : "is switched off",
                        "alter table " + quoted(trigger.relation()) + " enable trigger " + trigger.quoted()));
    }

    private String name(Trigger trigger) {
        return "trigger " + trigger.quoted() + " on " + quoted(trigger.relation());
    }

    private String quoted(long relation) {
        Relation found = examination.catalog().relations().get(relation);
        return found == null ? Long.toString(relation) : found.quoted();
    }

    Stream<RuleMatch> rules() {
        return examination.catalog().rewriteRules().stream()
                .filter(rule -> examination.ofTenants(rule.relation()))
                .map(rule -> RuleMatch.of(
                        "rule " + rule.quoted() + " on " + quoted(rule.relation()),
                        ExpectedPredicate.normal(rule.definition()),
                        "drop rule " + rule.quoted() + " on " + quoted(rule.relation())));
    }

    /** Compared with what PostgreSQL prints for the function that was installed. */
    Stream<RuleMatch> functionChanged() {
        SecurityCatalog catalog = examination.catalog();
        Installation installation = catalog.installation();
        if (installation == null) {
            return Stream.empty();
        }
        Routine routine = catalog.routines().get(catalog.server().function());
        List<String> differences = routine == null ? List.of("is missing") : differences(installation, routine);
        return differences.isEmpty()
                ? Stream.empty()
                : Stream.of(new RuleMatch(
                        "routine boundary.current_tenant_id()",
                        String.join("; ", differences),
                        restore(installation, routine)));
    }

    private static List<String> differences(Installation installation, Routine routine) {
        List<String> differences = new ArrayList<>();
        String body = ExpectedPredicate.normal(routine.body());
        if (!routine.parsedBody() || !body.equals(body(installation))) {
            differences.add("its body is " + body + " instead of " + body(installation));
        }
        if (routine.definer() || !routine.settings().isEmpty()) {
            differences.add("SECURITY DEFINER or SET prevents inlining and changes who runs it");
        }
        if (routine.volatility() != 's' || routine.parallel() != 's') {
            differences.add("it is not STABLE and PARALLEL SAFE");
        }
        return differences;
    }

    /** As PostgreSQL prints the body that {@link InstallBoundary} writes. */
    private static String body(Installation installation) {
        String setting = "NULLIF(current_setting("
                + Quoting.literal(installation.sessionVariable().name()) + "::text, true), ''::text)";
        boolean error = installation.missing() == MissingTenant.ERROR;
        String required = error ? "COALESCE(" + setting + ", boundary.raise_tenant_not_set())" : setting;
        String key = installation.keyType() == TenantKeyType.TEXT
                ? required
                : "(" + required + ")::" + installation.keyType().sqlName();
        return "BEGIN ATOMIC SELECT " + key + " AS " + (error ? "\"coalesce\"" : "\"nullif\"") + "; END";
    }

    private static List<String> restore(Installation installation, @Nullable Routine routine) {
        Stream<String> create = install(installation).apply().stream()
                .filter(statement -> statement.startsWith(FUNCTION))
                .map(statement -> "create or replace" + statement.substring("create".length()));
        return routine == null || routine.settings().isEmpty()
                ? create.toList()
                : Stream.concat(create, Stream.of("alter function boundary.current_tenant_id() reset all"))
                        .toList();
    }

    private static InstallBoundary install(Installation installation) {
        return new InstallBoundary(
                installation.keyType(),
                installation.sessionVariable(),
                installation.missing(),
                installation.predicate(),
                LeakproofMode.OFF);
    }
}
