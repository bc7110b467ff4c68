package dev.boundary.doctor;

import dev.boundary.core.TableKind;
import dev.boundary.doctor.catalog.SecurityCatalog.Column;
import dev.boundary.doctor.catalog.SecurityCatalog.ForeignKey;
import dev.boundary.doctor.catalog.SecurityCatalog.Installation;
import dev.boundary.doctor.catalog.SecurityCatalog.Relation;
import dev.boundary.rls.internal.sql.Quoting;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The condition under which a row belongs to the current tenant: as SQL to run, and as PostgreSQL prints it back. What
 * PostgreSQL prints depends on nothing but the types, because the catalog is read with {@code pg_catalog} alone on the
 * search path; the tests compare it with what the server prints for policies that Boundary's changes have made.
 */
final class ExpectedPredicate {

    private static final String PINNED = "( SELECT boundary.current_tenant_id() AS current_tenant_id)";
    private static final String INLINE = "boundary.current_tenant_id()";

    private final Examination examination;

    ExpectedPredicate(Examination examination) {
        this.examination = examination;
    }

    /** The condition for reading, to be run. Empty if the way from a child to its parent is not known. */
    Optional<String> readable(ExaminedTable table) {
        return condition(table, true, false);
    }

    /** The condition for writing, to be run. */
    Optional<String> writable(ExaminedTable table) {
        return condition(table, false, false);
    }

    /** The condition for reading, as PostgreSQL prints it. */
    Optional<String> printedReadable(ExaminedTable table) {
        return condition(table, true, true);
    }

    /** The condition for writing, as PostgreSQL prints it. */
    Optional<String> printedWritable(ExaminedTable table) {
        return condition(table, false, true);
    }

    /** Line breaks and indentation carry no meaning. */
    static String normal(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }

    private Optional<String> condition(ExaminedTable table, boolean reading, boolean printed) {
        return condition(table, table.relation(), "", 0, reading, printed, Set.of());
    }

    private Optional<String> condition(
            ExaminedTable table,
            Relation row,
            String rowName,
            int level,
            boolean reading,
            boolean printed,
            Set<Long> seen) {
        Column tenant = table.tenant();
        if (tenant != null) {
            return Optional.of(own(table, tenant, prefix(rowName), reading, printed));
        }
        ForeignKey path = table.path();
        if (path == null || seen.contains(table.relation().oid())) {
            return Optional.empty();
        }
        ExaminedTable parent = examination.table(path.referenced());
        if (parent == null || !parent.ofTenants()) {
            return Optional.empty();
        }
        String parentName = "boundary_parent_" + (level + 1);
        // Below the top, or inside EXISTS, a column of the protected table is written with the table's name.
        String childName = level == 0 ? quotedName(row) : rowName;
        List<String> conditions = new ArrayList<>();
        for (int i = 0; i < path.columns().size(); i++) {
            conditions.add("("
                    + column(parent.relation(), path.referencedColumns().get(i), parentName, printed) + " "
                    + path.operators().get(i) + " "
                    + column(row, path.columns().get(i), childName, printed) + ")");
        }
        Set<Long> now = new HashSet<>(seen);
        now.add(table.relation().oid());
        return condition(parent, parent.relation(), parentName, level + 1, reading, printed, now)
                .map(rest -> "(EXISTS ( SELECT 1 FROM " + parent.relation().quoted() + " " + parentName + " WHERE ("
                        + String.join(" AND ", conditions) + " AND " + rest + ")))");
    }

    private String own(ExaminedTable table, Column tenant, String prefix, boolean reading, boolean printed) {
        String equal = "(" + written(tenant, prefix, printed) + " = " + key(tenant, printed) + ")";
        return reading && table.classification() == TableKind.MIXED
                ? "((" + prefix + tenant.quoted() + " IS NULL) OR " + equal + ")"
                : equal;
    }

    private String column(Relation relation, int number, String rowName, boolean printed) {
        return examination.columns(relation).stream()
                .filter(column -> column.number() == number)
                .map(column -> written(column, rowName + ".", printed))
                .collect(Collectors.joining());
    }

    /** PostgreSQL prints the casts that it has put in: a domain to what it is made of, varchar to text. */
    private static String written(Column column, String prefix, boolean printed) {
        String name = prefix + column.quoted();
        String base = "character varying".equals(column.baseType()) ? "text" : column.baseType();
        return printed && !base.equals(column.type()) ? "(" + name + ")::" + base : name;
    }

    private String key(Column tenant, boolean printed) {
        Installation installation = examination.catalog().installation();
        boolean inline = installation != null && "inline".equals(installation.predicate());
        if (printed) {
            return inline ? INLINE : PINNED;
        }
        if (examination.catalog().server().function() != 0) {
            return inline ? "boundary.current_tenant_id()" : "(select boundary.current_tenant_id())";
        }
        return "(select nullif(pg_catalog.current_setting("
                + Quoting.literal(examination.variable().name()) + ", true), '')::" + tenant.baseType() + ")";
    }

    private static String prefix(String rowName) {
        return rowName.isEmpty() ? "" : rowName + ".";
    }

    /** The table's name without its schema, quoted as PostgreSQL does. */
    private static String quotedName(Relation relation) {
        String quoted = relation.quoted();
        String simple = relation.name();
        return quoted.endsWith("." + simple) ? simple : Quoting.identifier(simple);
    }
}
