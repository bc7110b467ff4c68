package dev.boundary.rls.doctor;

import dev.boundary.rls.doctor.catalog.Catalog.Column;
import dev.boundary.rls.doctor.catalog.Catalog.DefaultPrivilege;
import dev.boundary.rls.doctor.catalog.Catalog.Grant;
import dev.boundary.rls.doctor.catalog.Catalog.Inheritance;
import dev.boundary.rls.doctor.catalog.Catalog.Relation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the application's roles may do besides reading and writing rows. */
final class GrantRules {

    private GrantRules() {}

    static Stream<Hit> truncate(Examination examination) {
        return onTables(examination, "TRUNCATE");
    }

    static Stream<Hit> references(Examination examination) {
        return Stream.concat(
                onTables(examination, "REFERENCES"),
                examination
                        .tables()
                        .flatMap(table -> examination.columns(table.relation()).stream()
                                .flatMap(column ->
                                        onColumn(examination, table.relation(), column, "REFERENCES").stream())));
    }

    static Stream<Hit> trigger(Examination examination) {
        return onTables(examination, "TRIGGER");
    }

    static Stream<Hit> maintain(Examination examination) {
        return onTables(examination, "MAINTAIN");
    }

    private static Stream<Hit> onTables(Examination examination, String privilege) {
        return examination
                .tables()
                .map(ClassifiedTable::relation)
                .flatMap(table -> onRelation(examination, table, Set.of(privilege)).stream());
    }

    private static List<Hit> onRelation(Examination examination, Relation relation, Set<String> privileges) {
        Set<String> holders = examination.holders(relation.grants(), relation.owner(), privileges);
        return holders.isEmpty()
                ? List.of()
                : List.of(Hit.of(
                        "table " + relation.quoted(),
                        String.join(", ", new TreeSet<>(privileges)) + " granted to " + String.join(", ", holders),
                        Mend.revoke(privileges, "table " + relation.quoted(), holders)));
    }

    private static List<Hit> onColumn(Examination examination, Relation relation, Column column, String privilege) {
        Set<String> holders = examination.holders(column.grants(), relation.owner(), Set.of(privilege));
        return holders.isEmpty()
                ? List.of()
                : List.of(Hit.of(
                        "column " + relation.quoted() + "." + column.quoted(),
                        privilege + " granted to " + String.join(", ", holders),
                        "revoke " + privilege + " (" + column.quoted() + ") on table " + relation.quoted() + " from "
                                + String.join(", ", holders)));
    }

    static Stream<Hit> tenantUpdatable(Examination examination) {
        return examination.tables().flatMap(table -> {
            Column tenant = table.tenant();
            return tenant == null ? Stream.empty() : updatable(examination, table.relation(), tenant);
        });
    }

    private static Stream<Hit> updatable(Examination examination, Relation relation, Column tenant) {
        Set<String> whole = examination.holders(relation.grants(), relation.owner(), Set.of("UPDATE"));
        Set<String> single = examination.holders(tenant.grants(), relation.owner(), Set.of("UPDATE"));
        if (whole.isEmpty() && single.isEmpty()) {
            return Stream.empty();
        }
        List<String> mend = new ArrayList<>();
        if (!whole.isEmpty()) {
            List<String> others = examination.columns(relation).stream()
                    .filter(column -> column.number() != tenant.number())
                    .map(Column::quoted)
                    .toList();
            // Revoking UPDATE from the table revokes it from each column too.
            mend.add(Mend.revoke(Set.of("UPDATE"), "table " + relation.quoted(), whole));
            if (!others.isEmpty()) {
                mend.add("grant UPDATE (" + String.join(", ", others) + ") on table " + relation.quoted() + " to "
                        + String.join(", ", whole));
            }
        }
        if (!single.isEmpty()) {
            mend.add("revoke UPDATE (" + tenant.quoted() + ") on table " + relation.quoted() + " from "
                    + String.join(", ", single));
        }
        Set<String> holders = new TreeSet<>(whole);
        holders.addAll(single);
        return Stream.of(new Hit(
                "column " + relation.quoted() + "." + tenant.quoted(),
                "UPDATE granted to " + String.join(", ", holders),
                mend));
    }

    static Stream<Hit> sequences(Examination examination) {
        return examination.catalog().relations().values().stream()
                .filter(relation -> relation.kind() == 'S')
                .flatMap(relation -> {
                    Set<String> holders = examination.holders(relation.grants(), relation.owner(), Set.of("SELECT"));
                    return holders.isEmpty()
                            ? Stream.empty()
                            : Stream.of(Hit.of(
                                    "sequence " + relation.quoted(),
                                    "SELECT granted to " + String.join(", ", holders),
                                    Mend.revoke(Set.of("SELECT"), "sequence " + relation.quoted(), holders)));
                });
    }

    static Stream<Hit> partitions(Examination examination) {
        return descendants(examination, Relation::partition);
    }

    static Stream<Hit> inheritance(Examination examination) {
        return descendants(examination, relation -> !relation.partition());
    }

    private static Stream<Hit> descendants(Examination examination, Predicate<Relation> kind) {
        Map<Long, Long> parents = new HashMap<>();
        for (Inheritance inheritance : examination.catalog().inheritance()) {
            parents.putIfAbsent(inheritance.child(), inheritance.parent());
        }
        return parents.keySet().stream()
                .map(oid -> examination.catalog().relations().get(oid))
                .filter(relation -> relation != null && relation.table() && kind.test(relation))
                .sorted(Comparator.comparing(Relation::quoted))
                .filter(relation -> !relation.rowSecurity()
                        && protectedAncestor(examination, parents, relation.oid())
                        && examination.mayReadOrWrite(relation))
                .map(relation -> openDescendant(examination, relation));
    }

    private static boolean protectedAncestor(Examination examination, Map<Long, Long> parents, long oid) {
        for (@Nullable Long parent = parents.get(oid); parent != null; parent = parents.get(parent)) {
            if (examination.ofTenants(parent)) {
                return true;
            }
        }
        return false;
    }

    private static Hit openDescendant(Examination examination, Relation relation) {
        Set<String> holders = new TreeSet<>(examination.holders(relation.grants(), relation.owner(), Privileges.ROWS));
        examination
                .columns(relation)
                .forEach(column ->
                        holders.addAll(examination.holders(column.grants(), relation.owner(), Privileges.ROWS)));
        return Hit.of(
                "table " + relation.quoted(),
                "row-level security is off and " + String.join(", ", holders) + " may address it directly",
                "revoke all on table " + relation.quoted() + " from " + String.join(", ", holders));
    }

    static Stream<Hit> foreignTables(Examination examination) {
        return examination.catalog().relations().values().stream()
                .filter(relation -> relation.kind() == 'f')
                .filter(relation -> examination
                                .column(relation, examination.expectations().tenantColumn())
                                .isPresent()
                        || protectedParent(examination, relation))
                .flatMap(relation -> onRelation(examination, relation, Privileges.ROWS).stream());
    }

    private static boolean protectedParent(Examination examination, Relation relation) {
        return examination.catalog().inheritance().stream()
                .anyMatch(inheritance ->
                        inheritance.child() == relation.oid() && examination.ofTenants(inheritance.parent()));
    }

    static Stream<Hit> createInSchema(Examination examination) {
        return examination.catalog().schemas().stream().flatMap(schema -> {
            Set<String> holders = examination.holders(schema.grants(), schema.owner(), Set.of("CREATE"));
            return holders.isEmpty()
                    ? Stream.empty()
                    : Stream.of(Hit.of(
                            "schema " + schema.quoted(),
                            "CREATE granted to " + String.join(", ", holders),
                            Mend.revoke(Set.of("CREATE"), "schema " + schema.quoted(), holders)));
        });
    }

    static Stream<Hit> createInDatabase(Examination examination) {
        Set<String> holders = examination.holders(examination.catalog().databaseGrants(), -1, Set.of("CREATE"));
        String database =
                "database " + Sql.identifier(examination.catalog().server().database());
        return holders.isEmpty()
                ? Stream.empty()
                : Stream.of(Hit.of(
                        database,
                        "CREATE granted to " + String.join(", ", holders),
                        Mend.revoke(Set.of("CREATE"), database, holders)));
    }

    static Stream<Hit> defaultPrivileges(Examination examination) {
        return examination.catalog().defaultPrivileges().stream().flatMap(entry -> {
            Set<String> holders = examination.holders(
                    entry.grants(),
                    entry.role(),
                    Set.of("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER", "MAINTAIN"));
            return holders.isEmpty() ? Stream.empty() : Stream.of(defaultHit(examination, entry, holders));
        });
    }

    private static Hit defaultHit(Examination examination, DefaultPrivilege entry, Set<String> holders) {
        String target = "for role " + examination.roleName(entry.role())
                + (entry.schema() == null ? "" : " in schema " + entry.schema());
        return Hit.of(
                "default privileges " + target,
                "future tables will be open to " + String.join(", ", holders),
                "alter default privileges " + target + " revoke all on tables from " + String.join(", ", holders));
    }

    static Stream<Hit> replicationRole(Examination examination) {
        return examination.catalog().parameterGrants().stream()
                .filter(entry -> entry.parameter().equals("session_replication_role"))
                .map(entry -> entry.grant())
                .filter(grant -> !examination
                        .holders(List.of(grant), -1, Set.of("SET", "ALTER SYSTEM"))
                        .isEmpty())
                .map(Grant::grantee)
                .distinct()
                .map(grantee -> Hit.of(
                        "parameter session_replication_role for " + examination.roleName(grantee),
                        "SET granted to " + examination.roleName(grantee),
                        "revoke all on parameter session_replication_role from " + examination.roleName(grantee)));
    }

    static Stream<Hit> globalWritable(Examination examination) {
        Set<String> writing = Set.of("INSERT", "UPDATE", "DELETE", "TRUNCATE");
        return examination
                .allTables()
                .filter(table -> table.classification() == Classification.GLOBAL)
                .map(ClassifiedTable::relation)
                .filter(relation -> examination
                        .expectations()
                        .of(relation.schema(), relation.name())
                        .isPresent())
                .flatMap(relation -> onRelation(examination, relation, writing).stream());
    }
}
