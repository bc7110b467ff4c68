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

    private final Table<?> table;
    private final TenantPredicate predicate;
    private final String name;

    /**
     * Guards a table.
     *
     * @param level the tables beside it
     */
    Guard(Table<?> table, TenantPredicate predicate, LevelTables level) {
        this.table = table;
        this.predicate = predicate;
        this.name = level.unusedName(derivedName(table, suffix(table)));
    }

    @Override
    public void accept(Context<?> context) {
        context.sql('(')
                .declareTables(true, inner -> inner.visit(table))
                .sql(" join (select) as ")
                .visit(DSL.name(name))
                .sql(" on ")
                .visit(predicate)
                .sql(')');
    }

    /** Tables of the same name may be in several schemas. */
    private static String suffix(Table<?> table) {
        Schema schema = table.getSchema();
        return schema == null ? SUFFIX : "_" + schema.getName() + SUFFIX;
    }

    /** Whether a table that is announced directly inside is the one that this guards. */
    @SuppressWarnings("ReferenceEquality") // tables are equal by name
    boolean guards(Table<?> announced) {
        return announced == (table instanceof QOM.SampleTable<?> sample ? sample.$table() : table);
    }

    /** A name for what belongs to a table; those of different tables differ. */
    static String derivedName(Table<?> table, String suffix) {
        String name = table.getName() + suffix;
        return Identifier.fits(name)
                ? name
                : "t" + Integer.toHexString(name.hashCode()) + suffix.substring(suffix.lastIndexOf('_'));
    }
}
