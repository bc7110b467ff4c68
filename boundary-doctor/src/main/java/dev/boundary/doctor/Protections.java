package dev.boundary.doctor;

import dev.boundary.core.TableKind;
import dev.boundary.core.TenantKeyType;
import dev.boundary.doctor.catalog.SecurityCatalog.Column;
import dev.boundary.doctor.catalog.SecurityCatalog.ForeignKey;
import dev.boundary.doctor.catalog.SecurityCatalog.Relation;
import dev.boundary.rls.CreateBoundaryRoles;
import dev.boundary.rls.InstallBoundary;
import dev.boundary.rls.InstallBoundary.LeakproofMode;
import dev.boundary.rls.InstallBoundary.MissingTenant;
import dev.boundary.rls.InstallBoundary.PredicateForm;
import dev.boundary.rls.RlsChange;
import dev.boundary.rls.RoleNames;
import dev.boundary.rls.TableChanges;
import dev.boundary.rls.TableName;
import dev.boundary.rls.TablePrivilege;
import dev.boundary.rls.TableRows;
import dev.boundary.rls.internal.catalog.Installation;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tables without row-level security that the changes of {@code dev.boundary.rls} protect as a whole, and these changes
 * in order, with the installation that they need. What the changes cannot take is left to the statements of its
 * findings.
 */
final class Protections {

    /** What a change of the whole set fixes on its table. */
    private static final Set<String> COVERED = Set.of("BND-013", "BND-018", "BND-020", "BND-021", "BND-023");

    private final Examination examination;
    private final RoleNames roles;
    private final Map<Relation, RlsChange> planned = new LinkedHashMap<>();
    private @Nullable TenantKeyType keyType;

    private Protections(Examination examination, RoleNames roles) {
        this.examination = examination;
        this.roles = roles;
        Installation installation = examination.catalog().installation();
        this.keyType = installation == null ? null : installation.keyType();
    }

    /** None where there is not exactly one application role, or a schema boundary that cannot be read. */
    static Protections of(Examination examination, String ownerRole, String adminRole) {
        String application = examination.applicationRoles().getFirst().name();
        Protections protections = new Protections(examination, new RoleNames(ownerRole, application, adminRole));
        boolean unreadable = examination.catalog().installation() == null
                && examination.catalog().schemas().stream()
                        .anyMatch(schema -> schema.name().equals("boundary"));
        if (examination.applicationRoles().size() == 1 && !unreadable) {
            protections.plan();
        }
        return protections;
    }

    /** Parents before their children: a pass for each generation. */
    private void plan() {
        List<ExaminedTable> open =
                new ArrayList<>(Stream.concat(examination.tables(), new TableRules(examination).undecidedChildren())
                        .filter(this::isUnprotected)
                        .toList());
        boolean progress = true;
        while (progress) {
            progress = open.removeIf(this::plan);
        }
    }

    private boolean isUnprotected(ExaminedTable table) {
        return !table.relation().rowSecurity()
                && examination.policies(table.relation()).isEmpty()
                && whole(table.relation());
    }

    /** Whether there is a change for the table. */
    private boolean plan(ExaminedTable table) {
        Optional<RlsChange> change = change(table);
        change.ifPresent(value -> planned.put(table.relation(), value));
        return change.isPresent();
    }

    /** Not part of an inheritance tree, and without grants on single columns, which a change would widen or lose. */
    private boolean whole(Relation relation) {
        return (relation.kind() == 'p'
                        || examination.catalog().inheritance().stream()
                                .noneMatch(pair -> pair.child() == relation.oid() || pair.parent() == relation.oid()))
                && examination.columns(relation).stream()
                        .allMatch(column -> examination
                                .holders(column.grants(), relation.owner(), Examination.ROW_PRIVILEGES)
                                .isEmpty());
    }

    private Optional<RlsChange> change(ExaminedTable table) {
        TableName name =
                new TableName(table.relation().schema(), table.relation().name());
        Set<TablePrivilege> privileges = privileges(table.relation());
        return rows(table)
                .map(rows -> table.relation().kind() == 'p' ? rows.inPartitions() : rows)
                .map(rows -> TableChanges.protectTable(name, rows, roles, privileges));
    }

    private Optional<TableRows> rows(ExaminedTable table) {
        Column tenant = table.tenant();
        if (tenant != null && fits(tenant)) {
            return Optional.of(
                    table.classification() == TableKind.MIXED
                            ? TableRows.mixed(tenant.name())
                            : TableRows.byTenantColumn(tenant.name()));
        }
        return Optional.ofNullable(table.path())
                .filter(this::reachesTenant)
                .map(path -> TableRows.byForeignKey(path.columns().stream()
                        .flatMap(number -> examination.column(table.relation(), number).stream())
                        .map(Column::name)
                        .toList()));
    }

    /** One installation has one type; the first table decides it. */
    private boolean fits(Column tenant) {
        String type = "character varying".equals(tenant.baseType()) ? "text" : tenant.baseType();
        Optional<TenantKeyType> fitting = Stream.of(TenantKeyType.values())
                .filter(known -> known.sqlName().equals(type))
                .findFirst();
        if (keyType == null) {
            keyType = fitting.orElse(null);
        }
        return fitting.isPresent() && fitting.get() == keyType;
    }

    private boolean reachesTenant(ForeignKey path) {
        return planned.keySet().stream().anyMatch(relation -> relation.oid() == path.referenced())
                || examination
                        .tables()
                        .anyMatch(parent ->
                                parent.registered() && parent.relation().oid() == path.referenced());
    }

    /** No more than the application has now. */
    private Set<TablePrivilege> privileges(Relation relation) {
        return Stream.of(TablePrivilege.values())
                .filter(privilege -> !examination
                        .holders(relation.grants(), relation.owner(), Set.of(privilege.name()))
                        .isEmpty())
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(TablePrivilege.class)));
    }

    /** The changes in order. */
    List<RlsChange> changes() {
        List<RlsChange> changes = new ArrayList<>();
        TenantKeyType type = keyType;
        if (!planned.isEmpty() && type != null && examination.catalog().installation() == null) {
            changes.add(new InstallBoundary(
                    type, examination.variable(), MissingTenant.ERROR, PredicateForm.PINNED, LeakproofMode.AUTO));
            planned.keySet().stream()
                    .map(Relation::schema)
                    .distinct()
                    .forEach(schema -> changes.add(new CreateBoundaryRoles(roles, schema)));
        }
        changes.addAll(planned.values());
        return changes;
    }

    /** Whether the changes fix it. */
    boolean cover(Finding finding) {
        Set<String> objects = new HashSet<>();
        planned.keySet().forEach(relation -> {
            objects.add("table " + relation.quoted());
            examination
                    .columns(relation)
                    .forEach(column -> objects.add("column " + relation.quoted() + "." + column.quoted()));
        });
        return COVERED.contains(finding.rule().id()) && objects.contains(finding.object());
    }
}
