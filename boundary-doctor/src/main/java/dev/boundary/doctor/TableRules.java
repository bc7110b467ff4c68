package dev.boundary.doctor;

import static dev.boundary.doctor.Rule.Severity.CRITICAL;
import static dev.boundary.doctor.Rule.Severity.HIGH;
import static dev.boundary.doctor.Rule.Severity.MEDIUM;
import static dev.boundary.doctor.RuleCheck.Phase.CLOSE;
import static dev.boundary.doctor.RuleCheck.Phase.ENABLE;
import static dev.boundary.doctor.RuleCheck.Phase.KEYS;
import static dev.boundary.doctor.RuleCheck.Phase.POLICIES;
import static dev.boundary.doctor.RuleCheck.rule;

import dev.boundary.core.TableKind;
import dev.boundary.doctor.catalog.SecurityCatalog.Column;
import dev.boundary.doctor.catalog.SecurityCatalog.ForeignKey;
import dev.boundary.doctor.catalog.SecurityCatalog.Policy;
import dev.boundary.doctor.catalog.SecurityCatalog.Relation;
import dev.boundary.rls.TableName;
import dev.boundary.rls.internal.catalog.ProtectedTable;
import dev.boundary.rls.internal.sql.Quoting;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The switches of a table, its tenant column, and whether it is what it should be. */
final class TableRules {

    static final List<RuleCheck> CHECKS = List.of(
            rule("BND-013", CRITICAL, "A table of tenants has no row-level security")
                    .why("Everyone who may read the table reads every tenant's rows.")
                    .remedy("Protect the table (protectTenantTable, protectChildTable, protectMixedTable), or name"
                            + " it global or exempt if it holds no tenant's rows.")
                    .foundBy(ENABLE, examination -> new TableRules(examination).off()),
            rule("BND-014", CRITICAL, "Policies exist, but row-level security is off")
                    .why("Policies do nothing until row-level security is enabled on their table.")
                    .remedy("Enable and force it.")
                    .foundBy(ENABLE, examination -> new TableRules(examination).idlePolicies()),
            rule("BND-015", HIGH, "Row-level security is not forced on the owner")
                    .why("The owner, everything that runs as the owner (views, SECURITY DEFINER functions, rules,"
                            + " cascades), and errors that quote keys go past the policies.")
                    .remedy("Force it. Let data migrations run as a role with a policy of its own.")
                    .foundBy(ENABLE, examination -> new TableRules(examination).notForced()),
            rule("BND-016", MEDIUM, "No permissive policy applies to the application role")
                    .why("Nothing leaks, but the role that has privileges on the table sees no row and changes none,"
                            + " without an error.")
                    .remedy("Create the policies, or revoke the privileges.")
                    .foundBy(POLICIES, examination -> new TableRules(examination).denyAll()),
            rule("BND-017", HIGH, "A table is not what it is expected to be")
                    .why("The service and the database disagree on whose rows the table holds, so one of the layers"
                            + " protects nothing.")
                    .remedy("Correct the declaration or the table.")
                    .foundBy(KEYS, examination -> new TableRules(examination).expectationNotMet()),
            rule("BND-018", MEDIUM, "A table refers to tenants' rows and is not classified")
                    .why("It has no tenant column, but a foreign key to a table of tenants: most likely its rows"
                            + " belong to tenants too, and everyone can read them.")
                    .remedy("Protect it as a child, or name it global or exempt.")
                    .foundBy(ENABLE, examination -> new TableRules(examination).undecided()),
            rule("BND-020", MEDIUM, "The tenant column accepts NULL")
                    .why("A row without a tenant belongs to no tenant: none sees it, and composite foreign keys do"
                            + " not check it.")
                    .remedy("Fill in the column and set it NOT NULL, or protect the table as mixed if such rows are"
                            + " shared.")
                    .foundBy(KEYS, examination -> new TableRules(examination).tenantNullable()),
            rule("BND-022", MEDIUM, "The tenant column's type has no leakproof equality")
                    .why("PostgreSQL then does not use an index or statistics for the comparison under row-level"
                            + " security.")
                    .remedy("Use uuid, bigint, integer or text.")
                    .foundBy(KEYS, examination -> new TableRules(examination).tenantNotLeakproof()),
            rule("BND-036", MEDIUM, "A protected table is gone or renamed")
                    .why("The register no longer describes the database, so checks against it pass over the table"
                            + " under its new name.")
                    .remedy("Protect the table under its new name, and take the old one out of the register.")
                    .foundBy(CLOSE, examination -> new TableRules(examination).protectedTableGone()),
            rule("BND-064", CRITICAL, "Tenants are told apart by a collation that takes different texts for equal")
                    .why("Under a non-deterministic collation \"acme\" and \"ACME\" can be one tenant: each reads and"
                            + " changes the other's rows.")
                    .remedy("Give the column a deterministic collation.")
                    .foundBy(KEYS, examination -> new TableRules(examination).notDeterministic()));

    private final Examination examination;
    private final FixStatements fixes;

    TableRules(Examination examination) {
        this.examination = examination;
        this.fixes = new FixStatements(examination);
    }

    Stream<RuleMatch> off() {
        return examination
                .tables()
                .filter(table -> !table.relation().rowSecurity()
                        && examination.policies(table.relation()).isEmpty())
                .map(table -> new RuleMatch(
                        name(table),
                        table.classification() + " table, row-level security is off and there is no policy",
                        fixes.createAndEnable(table)));
    }

    Stream<RuleMatch> idlePolicies() {
        return examination
                .tables()
                .map(ExaminedTable::relation)
                .filter(relation -> !relation.rowSecurity()
                        && !examination.policies(relation).isEmpty())
                .map(relation -> RuleMatch.of(
                        "table " + relation.quoted(),
                        "row-level security is off, so these policies do nothing: " + policyNames(relation),
                        FixStatements.enable(relation)));
    }

    private String policyNames(Relation relation) {
        return examination.policies(relation).stream().map(Policy::quoted).collect(Collectors.joining(", "));
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
                        fixes.create(table)));
    }

    Stream<RuleMatch> expectationNotMet() {
        return examination.expectations().tables().entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Comparator.comparing(TableName::toString)))
                .flatMap(entry -> unmet(entry.getKey(), entry.getValue()));
    }

    private Stream<RuleMatch> unmet(TableName table, Expectations.Expected expected) {
        return examination
                .allTables()
                .filter(candidate -> candidate.relation().schema().equals(table.schema())
                        && candidate.relation().name().equals(table.table()))
                .findFirst()
                .map(found -> unmet(found, expected))
                .orElseGet(() -> Stream.of(missing(table, expected)));
    }

    private static RuleMatch missing(TableName table, Expectations.Expected expected) {
        return RuleMatch.of(
                "table " + table.quoted(),
                "is expected to be " + expected.classification()
                        + ", and there is no such table, or it is a partition or of an extension");
    }

    private static Stream<RuleMatch> unmet(ExaminedTable found, Expectations.Expected expected) {
        String columns = String.join(", ", expected.columns());
        String missing = switch (expected.classification()) {
            case TENANT, MIXED -> found.tenant() == null ? "column " + columns : "";
            case CHILD -> found.path() == null ? "foreign key on (" + columns + ") to another table" : "";
            case GLOBAL, EXEMPT -> "";
        };
        String evidence = "is expected to be " + expected.classification() + ", and has no " + missing;
        return missing.isEmpty() ? Stream.empty() : Stream.of(RuleMatch.of(name(found), evidence));
    }

    Stream<RuleMatch> undecided() {
        return undecidedChildren().map(child -> undecided(child));
    }

    /** As the children that they most likely are. */
    Stream<ExaminedTable> undecidedChildren() {
        return examination
                .allTables()
                .filter(table -> table.classification() == TableKind.GLOBAL)
                .map(ExaminedTable::relation)
                .filter(relation -> examination.expectation(relation).isEmpty() && examination.mayReadOrWrite(relation))
                .flatMap(relation -> pathToTenants(relation).stream()
                        .map(key -> new ExaminedTable(relation, TableKind.CHILD, null, key, false)));
    }

    private Optional<ForeignKey> pathToTenants(Relation relation) {
        return examination.catalog().foreignKeys().stream()
                .filter(key -> key.relation() == relation.oid() && examination.ofTenants(key.referenced()))
                .findFirst();
    }

    private RuleMatch undecided(ExaminedTable child) {
        ForeignKey key = child.path();
        return new RuleMatch(
                name(child),
                "has no tenant column and no policy, but refers to a table of tenants: "
                        + (key == null ? "" : key.definition()),
                fixes.createAndEnable(child));
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

    Stream<RuleMatch> notDeterministic() {
        return examination
                .tables()
                .flatMap(table -> Stream.concat(tenant(table), ofPath(table))
                        .filter(column -> !column.deterministic())
                        .map(column -> RuleMatch.of(
                                "column "
                                        + examination
                                                .catalog()
                                                .relations()
                                                .get(column.relation())
                                                .quoted() + "." + column.quoted(),
                                "decides which tenant a row of "
                                        + table.relation().quoted()
                                        + " belongs to, and its collation is not deterministic")));
    }

    /** The columns by which a child finds its parent, on both sides. */
    private Stream<Column> ofPath(ExaminedTable table) {
        ForeignKey path = table.path();
        return path == null
                ? Stream.of()
                : examination.catalog().columns().stream()
                        .filter(column -> (column.relation() == path.relation()
                                        && path.columns().contains(column.number()))
                                || (column.relation() == path.referenced()
                                        && path.referencedColumns().contains(column.number())));
    }

    Stream<RuleMatch> protectedTableGone() {
        return examination.catalog().protectedTables().stream()
                .filter(table -> examination.catalog().relations().values().stream()
                        .noneMatch(relation -> relation.table() && matches(table, relation)))
                .map(TableRules::gone);
    }

    private static RuleMatch gone(ProtectedTable table) {
        return RuleMatch.of(
                "table " + table.name().quoted(),
                "is protected as " + table.kind()
                        + (table.tenantColumn() == null ? "" : " by column " + table.tenantColumn())
                        + ", and there is no such table or column",
                "delete from boundary.protected_table where schema_name = "
                        + Quoting.literal(table.name().schema()) + " and table_name = "
                        + Quoting.literal(table.name().table()));
    }

    private boolean matches(ProtectedTable table, Relation relation) {
        String column = table.tenantColumn();
        return relation.schema().equals(table.name().schema())
                && relation.name().equals(table.name().table())
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
