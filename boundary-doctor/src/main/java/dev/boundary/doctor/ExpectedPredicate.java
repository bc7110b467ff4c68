package dev.boundary.doctor;

import dev.boundary.core.TableKind;
import dev.boundary.doctor.catalog.SecurityCatalog.Column;
import dev.boundary.doctor.catalog.SecurityCatalog.ForeignKey;
import dev.boundary.doctor.catalog.SecurityCatalog.Relation;
import dev.boundary.rls.InstallBoundary.PredicateForm;
import dev.boundary.rls.internal.catalog.Installation;
import dev.boundary.rls.internal.sql.Quoting;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The condition under which a row belongs to the current tenant: as SQL to run, and as PostgreSQL prints it back. What
 * PostgreSQL prints depends on nothing but the types, because the catalog is read with {@code pg_catalog} alone on the
 * search path; the tests compare it with what the server prints for policies that Boundary's changes have made.
 */
final class ExpectedPredicate {

    private static final String PRINTED_PINNED = "( SELECT boundary.current_tenant_id() AS current_tenant_id)";
    private static final String INLINE = "boundary.current_tenant_id()";

    private final Examination examination;

    ExpectedPredicate(Examination examination) {
        this.examination = examination;
    }

    /** The condition for reading, to be run. Empty if the path from a child to its parent is not known. */
    Optional<String> readable(ExaminedTable table) {
        return condition(new Row(table), new Form(true, false));
    }

    /** The condition for writing, to be run. */
    Optional<String> writable(ExaminedTable table) {
        return condition(new Row(table), new Form(false, false));
    }

    /** The condition for reading, as PostgreSQL prints it. */
    Optional<String> printedReadable(ExaminedTable table) {
        return condition(new Row(table), new Form(true, true));
    }

    /** The condition for writing, as PostgreSQL prints it. */
    Optional<String> printedWritable(ExaminedTable table) {
        return condition(new Row(table), new Form(false, true));
    }

    /** Line breaks and indentation carry no meaning. */
    static String normal(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }

    /** What the condition is for, and whether it is written as PostgreSQL prints it. */
    private record Form(boolean reading, boolean printed) {}

    /**
     * The row whose tenant is compared: of the protected table, or of one of its ancestors.
     *
     * @param alias its name in the sub-select; empty at the top
     * @param below the tables on the way to this one
     */
    private record Row(ExaminedTable table, String alias, Set<Long> below) {

        Row(ExaminedTable table) {
            this(table, "", Set.of());
        }

        Row parent(ExaminedTable parent) {
            Set<Long> seen = new HashSet<>(below);
            seen.add(table.relation().oid());
            return new Row(parent, "boundary_parent_" + seen.size(), seen);
        }

        boolean isSeen() {
            return below.contains(table.relation().oid());
        }

        String prefix() {
            return alias.isEmpty() ? "" : alias + ".";
        }

        /** Inside EXISTS, a column of the protected table is written with the table's name. */
        String qualifier() {
            return alias.isEmpty() ? quotedName(table.relation()) : alias;
        }
    }

    private Optional<String> condition(Row row, Form form) {
        Column tenant = row.table().tenant();
        if (tenant != null) {
            return Optional.of(own(row, tenant, form));
        }
        ForeignKey path = row.table().path();
        ExaminedTable parent = path == null || row.isSeen() ? null : examination.table(path.referenced());
        if (path == null || parent == null || !parent.ofTenants()) {
            return Optional.empty();
        }
        Row above = row.parent(parent);
        return condition(above, form)
                .map(rest -> "(EXISTS ( SELECT 1 FROM " + parent.relation().quoted() + " " + above.alias() + " WHERE ("
                        + join(path, above, row, form) + " AND " + rest + ")))");
    }

    private String join(ForeignKey path, Row parent, Row child, Form form) {
        return IntStream.range(0, path.columns().size())
                .mapToObj(i -> "("
                        + column(parent, path.referencedColumns().get(i), form) + " "
                        + path.operators().get(i) + " "
                        + column(child, path.columns().get(i), form) + ")")
                .collect(Collectors.joining(" AND "));
    }

    private String own(Row row, Column tenant, Form form) {
        String equal = "(" + written(tenant, row.prefix(), form) + " = " + key(tenant, form) + ")";
        return form.reading() && row.table().classification() == TableKind.MIXED
                ? "((" + row.prefix() + tenant.quoted() + " IS NULL) OR " + equal + ")"
                : equal;
    }

    private String column(Row row, int number, Form form) {
        return examination
                .column(row.table().relation(), number)
                .map(column -> written(column, row.qualifier() + ".", form))
                .orElse("");
    }

    /** PostgreSQL prints the casts that it has put in: a domain to its base type, varchar to text. */
    private static String written(Column column, String prefix, Form form) {
        String name = prefix + column.quoted();
        String base = "character varying".equals(column.baseType()) ? "text" : column.baseType();
        return form.printed() && !base.equals(column.type()) ? "(" + name + ")::" + base : name;
    }

    private String key(Column tenant, Form form) {
        Installation installation = examination.catalog().installation();
        boolean inline = installation != null && installation.predicate() == PredicateForm.INLINE;
        if (form.printed()) {
            return inline ? INLINE : PRINTED_PINNED;
        }
        if (examination.catalog().server().function() != 0) {
            return inline ? INLINE : "(select " + INLINE + ")";
        }
        return "(select nullif(pg_catalog.current_setting("
                + Quoting.literal(examination.variable().name()) + ", true), '')::" + tenant.baseType() + ")";
    }

    /** The table's name without its schema, quoted as PostgreSQL does. */
    private static String quotedName(Relation relation) {
        String quoted = relation.quoted();
        String simple = relation.name();
        return quoted.endsWith("." + simple) ? simple : Quoting.identifier(simple);
    }
}
