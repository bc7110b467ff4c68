package dev.boundary.jooq.internal.query;

import org.jooq.Context;
import org.jooq.Schema;
import org.jooq.Table;
import org.jooq.impl.CustomQueryPart;
import org.jooq.impl.DSL;
import org.jooq.impl.QOM;

/**
 * A table with its predicate right beside it: {@code (t join (select) as t_tenant on t.tenant_id = ?)}.
 *
 * <p>It can stand wherever the table can stand in a FROM clause, also where a condition elsewhere would differ
 * (under a FULL or NATURAL OUTER JOIN, say). The subquery has one row and no column, so the table keeps its name, its
 * columns and its place in {@code select *}; PostgreSQL's planner removes it.
 */
final class Guard extends CustomQueryPart {

    private static final long serialVersionUID = 1L;
    private static final String SUFFIX = "_tenant";
    private static final int MAX_NAME = 63; // PostgreSQL cuts off longer identifiers

    private final Table<?> table;
    private final TenantPredicate predicate;

    Guard(Table<?> table, TenantPredicate predicate) {
        this.table = table;
        this.predicate = predicate;
    }

    @Override
    public void accept(Context<?> context) {
        context.sql('(')
                .declareTables(true, inner -> inner.visit(table))
                .sql(" join (select) as ")
                .visit(DSL.name(derivedName(table, qualifiedSuffix())))
                .sql(" on ")
                .visit(predicate)
                .sql(')');
    }

    /** Tables of the same name may be in several schemas. */
    private String qualifiedSuffix() {
        Schema schema = table.getSchema();
        return schema == null ? SUFFIX : "_" + schema.getName() + SUFFIX;
    }

    /** Whether a table that is announced directly inside is the one that this guards. */
    @SuppressWarnings("ReferenceEquality") // tables are equal by name
    boolean guards(Table<?> announced) {
        return announced == (table instanceof QOM.SampleTable<?> sample ? sample.$table() : table);
    }

    /** A name that no other part of the same FROM clause has: its tables' names differ. */
    static String derivedName(Table<?> table, String suffix) {
        String name = table.getName() + suffix;
        return name.length() <= MAX_NAME
                ? name
                : "t" + Integer.toHexString(name.hashCode()) + suffix.substring(suffix.lastIndexOf('_'));
    }
}
