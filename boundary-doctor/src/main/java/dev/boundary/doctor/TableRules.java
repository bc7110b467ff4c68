package dev.boundary.doctor;

import static dev.boundary.doctor.Rule.Severity.CRITICAL;
import static dev.boundary.doctor.Rule.Severity.HIGH;
import static dev.boundary.doctor.Rule.Severity.MEDIUM;
import static dev.boundary.doctor.RuleCheck.Phase.CLOSE;
import static dev.boundary.doctor.RuleCheck.Phase.ENABLE;
import static dev.boundary.doctor.RuleCheck.Phase.KEYS;
import static dev.boundary.doctor.RuleCheck.Phase.POLICIES;
import static dev.boundary.doctor.RuleCheck.check;

import dev.boundary.core.TableKind;
import dev.boundary.doctor.catalog.SecurityCatalog.Column;
import dev.boundary.doctor.catalog.SecurityCatalog.ForeignKey;
import dev.boundary.doctor.catalog.SecurityCatalog.Policy;
import dev.boundary.doctor.catalog.SecurityCatalog.Registered;
import dev.boundary.doctor.catalog.SecurityCatalog.Relation;
import dev.boundary.rls.TableName;
import dev.boundary.rls.internal.sql.Quoting;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The switches of a table, its tenant column, and whether it is what it should be. */
final class TableRules {

    static final List<RuleCheck> CHECKS = List.of(
            check(
                    "BND-013",
                    CRITICAL,
                    ENABLE,
                    examination -> new TableRules(examination).off(),
                    "A table of tenants has no row-level security",
                    "Everyone who may read the table reads every tenant's rows.",
                    "Protect the table (protectTenantTable, protectChildTable, protectMixedTable), or name it global or exempt if it holds no tenant's rows."),
            check(
                    "BND-014",
                    CRITICAL,
                    ENABLE,
                    examination -> new TableRules(examination).idlePolicies(),
                    "Policies exist, but row-level security is off",
                    "Policies do nothing until row-level security is enabled on their table.",
                    "Enable and force it."),
            check(
                    "BND-015",
                    HIGH,
                    ENABLE,
                    examination -> new TableRules(examination).notForced(),
                    "Row-level security is not forced on the owner",
                    "The owner, everything that runs as the owner (views, SECURITY DEFINER functions, rules, cascades), and errors that quote keys go past the policies.",
                    "Force it. Let data migrations run as a role with a policy of its own."),
            check(
                    "BND-016",
                    MEDIUM,
                    POLICIES,
                    examination -> new TableRules(examination).denyAll(),
                    "No permissive policy applies to the application role",
                    "Nothing leaks, but the role that has privileges on the table sees no row and changes none, without an error.",
                    "Create the policies, or revoke the privileges."),
            check(
                    "BND-017",
                    HIGH,
                    KEYS,
                    examination -> new TableRules(examination).expectationNotMet(),
                    "A table is not what it is expected to be",
                    "The service and the database disagree on whose rows the table holds, so one of the layers protects nothing.",
                    "Correct the declaration or the table."),
            check(
                    "BND-018",
                    MEDIUM,
                    ENABLE,
                    examination -> new TableRules(examination).undecided(),
                    "A table refers to tenants' rows and is not classified",
                    "It has no tenant column, but a foreign key to a table of tenants: most likely its rows belong to tenants too, and everyone can read them.",
                    "Protect it as a child, or name it global or exempt."),
            check(
                    "BND-020",
                    MEDIUM,
                    KEYS,
                    examination -> new TableRules(examination).tenantNullable(),
                    "The tenant column accepts NULL",
                    "A row without a tenant belongs to no tenant: none sees it, and composite foreign keys do not check it.",
                    "Fill in the column and set it NOT NULL, or protect the table as mixed if such rows are shared."),
            check(
                    "BND-022",
                    MEDIUM,
                    KEYS,
                    examination -> new TableRules(examination).tenantNotLeakproof(),
                    "The tenant column's type has no leakproof equality",
                    "PostgreSQL then does not use an index or statistics for the comparison under row-level security.",
                    "Use uuid, bigint, integer or text."),
            check(
                    "BND-036",
                    MEDIUM,
                    CLOSE,
                    examination -> new TableRules(examination).registeredGone(),
                    "A protected table is gone or renamed",
                    "The register no longer describes the database, so checks against it pass over the table under its new name.",
                    "Protect the table under its new name, and take the old one out of the register."));

    private final Examination examination;

    TableRules(Examination examination) {
        this.examination = examination;
    }

    Stream<RuleMatch> off() {
        return examination
                .tables()
                .filter(table -> !table.relation().rowSecurity()
                        && examination.policies(table.relation()).isEmpty())
                .map(table -> new RuleMatch(
                        name(table),
                        table.classification() + " table, row-level security is off and there is no policy",
                        FixStatements.with(
                                FixStatements.create(examination, table, examination.applicationNames()),
                                FixStatements.enable(table.relation()))));
    }

    Stream<RuleMatch> idlePolicies() {
        return examination
                .tables()
                .filter(table -> !table.relation().rowSecurity())
                .filter(table -> !examination.policies(table.relation()).isEmpty())
                .map(table -> RuleMatch.of(
                        name(table),
                        "row-level security is off, so these policies do nothing: "
                                + examination.policies(table.relation()).stream()
                                        .map(Policy::quoted)
                                        .collect(Collectors.joining(", ")),
                        FixStatements.enable(table.relation())));
    }

    Stream<RuleMatch> notForced() {
        return examination
                .tables()
                .map(ExaminedTable::relation)
                .filter(relation -> relation.rowSecurity() && !relation.forced())
                .map(relation -> RuleMatch.of(
                        "table " + relation.quoted(),
                        "row-level security is on but not forced; owner " + examination.roleName(relation.owner()),
                        "alter table " + relation.quoted() + " force row level security"));
    }

    Stream<RuleMatch> denyAll() {
        return examination
                .tables()
                .filter(table -> table.relation().rowSecurity()
                        && examination.mayReadOrWrite(table.relation())
                        && examination.applicationPolicies(table.relation()).stream()
                                .noneMatch(Policy::permissive))
                .map(table -> new RuleMatch(
                        name(table),
                        "no permissive policy applies to " + examination.applicationNames(),
                        FixStatements.create(examination, table, examination.applicationNames())));
    }

    Stream<RuleMatch> expectationNotMet() {
        return examination.expectations().tables().entrySet().stream()
                .sorted(Map.Entry.comparingByKey(
                        (left, right) -> left.toString().compareTo(right.toString())))
                .flatMap(entry -> notMet(entry.getKey(), entry.getValue()).stream())
                .map(text -> RuleMatch.of("table " + text.name(), text.evidence()));
    }

    private record Unmet(String name, String evidence) {}

    private Optional<Unmet> notMet(TableName table, Expectations.Expected expected) {
        Optional<ExaminedTable> found = examination
                .allTables()
                .filter(candidate -> candidate.relation().schema().equals(table.schema())
                        && candidate.relation().name().equals(table.table()))
                .findFirst();
        if (found.isEmpty()) {
            return Optional.of(new Unmet(
                    table.quoted(),
                    "is expected to be " + expected.classification()
                            + ", and there is no such table, or it is a partition or of an extension"));
        }
        ExaminedTable actual = found.get();
        String columns = String.join(", ", expected.columns());
        return switch (expected.classification()) {
            case TENANT, MIXED ->
                actual.tenant() == null
                        ? Optional.of(new Unmet(
                                actual.relation().quoted(),
                                "is expected to be " + expected.classification() + ", and has no column " + columns))
                        : Optional.empty();
            case CHILD ->
                actual.path() == null
                        ? Optional.of(new Unmet(
                                actual.relation().quoted(),
                                "is expected to be CHILD, and has no foreign key on (" + columns
                                        + ") to another table"))
                        : Optional.empty();
            case GLOBAL, EXEMPT -> Optional.empty();
        };
    }

    Stream<RuleMatch> undecided() {
        return undecidedChildren().map(child -> undecided(child));
    }

    /** As the children that they most likely are. */
    Stream<ExaminedTable> undecidedChildren() {
        return examination
                .allTables()
                .filter(table -> table.classification() == TableKind.GLOBAL)
                .filter(table -> examination
                        .expectations()
                        .of(table.relation().schema(), table.relation().name())
                        .isEmpty())
                .filter(table -> examination.mayReadOrWrite(table.relation()))
                .flatMap(table -> examination.catalog().foreignKeys().stream()
                        .filter(key ->
                                key.relation() == table.relation().oid() && examination.ofTenants(key.referenced()))
                        .limit(1)
                        .map(key -> new ExaminedTable(table.relation(), TableKind.CHILD, null, key, false)));
    }

    private RuleMatch undecided(ExaminedTable child) {
        ForeignKey key = child.path();
        return new RuleMatch(
                name(child),
                "has no tenant column and no policy, but refers to a table of tenants: "
                        + (key == null ? "" : key.definition()),
                FixStatements.with(
                        FixStatements.create(examination, child, examination.applicationNames()),
                        FixStatements.enable(child.relation())));
    }

    Stream<RuleMatch> tenantNullable() {
        return examination
                .tables()
                .filter(table -> table.classification() == TableKind.TENANT)
                .flatMap(table -> tenant(table)
                        .filter(column -> !column.notNull())
                        .map(column -> RuleMatch.of(
                                columnName(table, column),
                                "the tenant column accepts NULL",
                                "alter table " + table.relation().quoted() + " alter column " + column.quoted()
                                        + " set not null")));
    }

    Stream<RuleMatch> tenantNotLeakproof() {
        return examination
                .tables()
                .flatMap(table -> tenant(table)
                        .filter(column -> !column.leakproof())
                        .map(column -> RuleMatch.of(
                                columnName(table, column),
                                "the equality operator of type " + column.type() + " is not leakproof")));
    }

    Stream<RuleMatch> registeredGone() {
        return examination.catalog().register().stream()
                .filter(row -> examination.catalog().relations().values().stream()
                        .noneMatch(relation -> relation.table() && matches(row, relation)))
                .map(row -> RuleMatch.of(
                        "table " + Quoting.identifier(row.schema()) + "." + Quoting.identifier(row.table()),
                        "is registered as " + row.classification()
                                + (row.tenantColumn() == null ? "" : " by column " + row.tenantColumn())
                                + ", and there is no such table or column",
                        "delete from boundary.protected_table where schema_name = " + Quoting.literal(row.schema())
                                + " and table_name = " + Quoting.literal(row.table())));
    }

    private boolean matches(Registered row, Relation relation) {
        String column = row.tenantColumn();
        return relation.schema().equals(row.schema())
                && relation.name().equals(row.table())
                && (column == null
                        || relation.partition()
                        || examination.column(relation, column).isPresent());
    }

    static Stream<Column> tenant(ExaminedTable table) {
        return Optional.ofNullable(table.tenant()).stream();
    }

    static String name(ExaminedTable table) {
        return "table " + table.relation().quoted();
    }

    private static String columnName(ExaminedTable table, Column column) {
        return "column " + table.relation().quoted() + "." + column.quoted();
    }
}
