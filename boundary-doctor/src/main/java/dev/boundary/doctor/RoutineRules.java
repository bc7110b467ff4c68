package dev.boundary.doctor;

import static dev.boundary.doctor.Rule.Severity.CRITICAL;
import static dev.boundary.doctor.Rule.Severity.HIGH;
import static dev.boundary.doctor.Rule.Severity.MEDIUM;
import static dev.boundary.doctor.RuleCheck.Phase.ROUTINES;
import static dev.boundary.doctor.RuleCheck.check;

import dev.boundary.core.SessionVariable;
import dev.boundary.core.TenantKeyType;
import dev.boundary.doctor.catalog.SecurityCatalog.Installation;
import dev.boundary.doctor.catalog.SecurityCatalog.Policy;
import dev.boundary.doctor.catalog.SecurityCatalog.Relation;
import dev.boundary.doctor.catalog.SecurityCatalog.Routine;
import dev.boundary.doctor.catalog.SecurityCatalog.Trigger;
import dev.boundary.rls.InstallBoundary;
import dev.boundary.rls.InstallBoundary.LeakproofMode;
import dev.boundary.rls.InstallBoundary.MissingTenant;
import dev.boundary.rls.InstallBoundary.PredicateForm;
import dev.boundary.rls.internal.sql.Quoting;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Functions, triggers and rules. */
final class RoutineRules {

    static final List<RuleCheck> CHECKS = List.of(
            check(
                    "BND-035",
                    CRITICAL,
                    ROUTINES,
                    examination -> new RoutineRules(examination).functionChanged(),
                    "Boundary's function differs from what was installed",
                    "Every policy asks this function who the tenant is.",
                    "Restore it."),
            check(
                    "BND-049",
                    HIGH,
                    ROUTINES,
                    examination -> new RoutineRules(examination).hijackable(),
                    "A policy calls a function whose names can be hijacked",
                    "A text body is resolved on the caller's search_path: whoever may create a function puts another current_setting before the real one.",
                    "Write the body as BEGIN ATOMIC, which is resolved once. A pinned search_path is safe too, but prevents inlining."),
            check(
                    "BND-050",
                    CRITICAL,
                    ROUTINES,
                    examination -> new RoutineRules(examination).definers(),
                    "A function runs past the policies for the application role",
                    "A SECURITY DEFINER function whose owner bypasses policies returns or changes all tenants' rows.",
                    "Make it SECURITY INVOKER, or let a role without bypass own it, or revoke EXECUTE."),
            check(
                    "BND-051",
                    HIGH,
                    ROUTINES,
                    examination -> new RoutineRules(examination).definersWithoutPath(),
                    "A SECURITY DEFINER function without a safe search_path",
                    "The caller's search_path, or a temporary object of the caller (pg_temp comes first unless it is named), decides what its names mean.",
                    "Set search_path on it, with pg_temp last."),
            check(
                    "BND-052",
                    MEDIUM,
                    ROUTINES,
                    examination -> new RoutineRules(examination).leakproof(),
                    "A function of users is declared LEAKPROOF",
                    "PostgreSQL runs it on rows before the policies have filtered them; an error message or a side effect shows them.",
                    "Declare only what cannot leak, and look at each."),
            check(
                    "BND-053",
                    HIGH,
                    ROUTINES,
                    examination -> new RoutineRules(examination).triggers(),
                    "A trigger runs past the policies",
                    "Its SECURITY DEFINER function runs as a role that bypasses policies, on behalf of a tenant.",
                    "Make the function SECURITY INVOKER, or let a role without bypass own it."),
            check(
                    "BND-054",
                    MEDIUM,
                    ROUTINES,
                    examination -> new RoutineRules(examination).triggersOff(),
                    "A trigger is switched off",
                    "What it guarded is not guarded; switched-off constraint triggers leave foreign keys unchecked.",
                    "Enable it, or drop it. The trigger of a constraint needs a superuser."),
            check(
                    "BND-055",
                    HIGH,
                    ROUTINES,
                    examination -> new RoutineRules(examination).rules(),
                    "A rule on a table of tenants",
                    "A rule's actions run with the privileges of the table's owner; one deleted both tenants' rows in our experiment.",
                    "Drop it; use a trigger."));

    private static final String FUNCTION = "create function boundary.current_tenant_id()";

    private final Examination examination;

    RoutineRules(Examination examination) {
        this.examination = examination;
    }

    private static String name(Routine routine) {
        return "routine " + routine.signature();
    }

    Stream<RuleMatch> hijackable() {
        Set<Long> used = new HashSet<>();
        examination
                .tables()
                .flatMap(table -> examination.policies(table.relation()).stream())
                .map(Policy::functions)
                .forEach(used::addAll);
        return examination.catalog().routines().values().stream()
                .filter(routine -> used.contains(routine.oid()))
                .filter(routine -> !routine.parsedBody()
                        && routine.searchPath() == null
                        && !Set.of("c", "internal").contains(routine.language()))
                .map(routine -> RuleMatch.of(
                        name(routine),
                        "is called by policies; its " + routine.language()
                                + " body is text that is resolved on the caller's search_path",
                        "alter routine " + routine.signature() + " set search_path = pg_catalog, pg_temp"));
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
                        "SECURITY DEFINER, "
                                + (routine.searchPath() == null
                                        ? "no SET search_path"
                                        : "SET search_path = " + routine.searchPath() + " does not end with pg_temp"),
                        "alter routine " + routine.signature() + " set search_path = " + path(routine) + "pg_temp"));
    }

    private static boolean pinned(@org.jspecify.annotations.Nullable String path) {
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
                .flatMap(trigger -> {
                    Routine routine = examination.catalog().routines().get(trigger.routine());
                    return routine == null || !routine.definer() || !examination.seesAll(routine.owner())
                            ? Stream.empty()
                            : Stream.of(RuleMatch.of(
                                    name(trigger),
                                    "calls " + routine.signature() + ", SECURITY DEFINER as "
                                            + examination.roleName(routine.owner()),
                                    "alter routine " + routine.signature() + " security invoker"));
                });
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
        Installation installation = examination.catalog().installation();
        Routine routine = examination
                .catalog()
                .routines()
                .get(examination.catalog().server().function());
        if (installation == null) {
            return Stream.empty();
        }
        List<String> differences = new ArrayList<>();
        if (routine == null) {
            differences.add("is missing");
        } else {
            if (!routine.parsedBody()
                    || !ExpectedPredicate.normal(routine.body()).equals(body(installation))) {
                differences.add("its body is " + ExpectedPredicate.normal(routine.body()) + " instead of "
                        + body(installation));
            }
            if (routine.definer() || !routine.settings().isEmpty()) {
                differences.add("SECURITY DEFINER or SET prevents inlining and changes who runs it");
            }
            if (routine.volatility() != 's' || routine.parallel() != 's') {
                differences.add("it is not STABLE and PARALLEL SAFE");
            }
        }
        return differences.isEmpty()
                ? Stream.empty()
                : Stream.of(new RuleMatch(
                        "routine boundary.current_tenant_id()",
                        String.join("; ", differences),
                        restore(installation, routine)));
    }

    /** As PostgreSQL prints the body that {@link InstallBoundary} writes. */
    private static String body(Installation installation) {
        String setting = "NULLIF(current_setting(" + Quoting.literal(installation.sessionVariable())
                + "::text, true), ''::text)";
        boolean error = installation.missing().equals(MissingTenant.ERROR.word());
        String required = error ? "COALESCE(" + setting + ", boundary.raise_tenant_not_set())" : setting;
        boolean text = installation.tenantKeyType().equals(TenantKeyType.TEXT.sqlName());
        return "BEGIN ATOMIC SELECT "
                + (text ? required : "(" + required + ")::" + installation.tenantKeyType())
                + " AS " + (error ? "\"coalesce\"" : "\"nullif\"") + "; END";
    }

    private static List<String> restore(Installation installation, @org.jspecify.annotations.Nullable Routine routine) {
        List<String> statements = new ArrayList<>(new InstallBoundary(
                        TenantKeyType.ofSqlName(installation.tenantKeyType()),
                        new SessionVariable(installation.sessionVariable()),
                        MissingTenant.of(installation.missing()),
                        PredicateForm.of(installation.predicate()),
                        LeakproofMode.OFF)
                .apply().stream()
                        .filter(statement -> statement.startsWith(FUNCTION))
                        .map(statement -> "create or replace" + statement.substring("create".length()))
                        .toList());
        if (routine != null && !routine.settings().isEmpty()) {
            statements.add("alter function boundary.current_tenant_id() reset all");
        }
        return statements;
    }
}
