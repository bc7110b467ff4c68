package dev.boundary.jooq.internal.query;

import dev.boundary.jooq.internal.query.ResolvedTable.Classified;
import org.jooq.CommonTableExpression;
import org.jooq.Table;
import org.jooq.VisitContext;
import org.jooq.XMLTableColumnsStep;
import org.jooq.impl.QOM;
import org.jooq.impl.TableImpl;

/**
 * Checks tables where jOOQ declares them. Those that no rewriter gave a predicate get one here, so none is missed in a
 * place that no rewriter knows.
 */
final class TableCheck {

    private final PartPath path;
    private final PlainSqlCheck plainSql;

    /** For one rendering. */
    TableCheck(PartPath path, PlainSqlCheck plainSql) {
        this.path = path;
        this.plainSql = plainSql;
    }

    void check(StatementLevel level, VisitContext context, Table<?> table) {
        if (!context.context().declareTables()) {
            return; // it is only named, as in a column's name
        }
        switch (table) {
            case CommonTableExpression<?> cte -> checkReference(level, cte);
            case QOM.JoinTable<?, ?> joins -> rewriteJoinsOfPaths(level, context, joins);
            default -> {
                checkTypes(table);
                guard(level, context, table);
            }
        }
    }

    /** jOOQ renders them apart; all others are part of a FROM clause. */
    private void rewriteJoinsOfPaths(StatementLevel level, VisitContext context, Table<?> joins) {
        if (path.isEmpty()) {
            context.queryPart(JoinTree.implicit(level).rewriteImplicit(joins));
        }
    }

    private void checkTypes(Table<?> table) {
        if (table instanceof XMLTableColumnsStep) {
            table.fieldStream().forEach(column -> plainSql.checkType(column.getDataType()));
        }
    }

    private void guard(StatementLevel level, VisitContext context, Table<?> table) {
        Table<?> rows = table instanceof QOM.SampleTable<?> sample ? sample.$table() : table;
        if (!TableNames.isNamedTable(rows) || level.isGuarded(rows, path)) {
            return;
        }
        TableAccess access = new TableAccess(level);
        Classified classified = access.tenantRows(rows);
        if (classified != null) {
            TenantPredicate predicate = access.predicate(rows, classified);
            level.expect(predicate);
            context.queryPart(new Guard(table, predicate, level.tables()));
        }
    }

    /** A common table expression is what its name means here: if no WITH around declares it, a table. */
    private static void checkReference(StatementLevel level, CommonTableExpression<?> cte) {
        if (!level.ctes().visible().contains(cte.getUnqualifiedName())) {
            level.refuse(
                    " on " + cte.getName(),
                    "It reads a common table expression that no WITH clause around it declares, so PostgreSQL would"
                            + " look for a table of that name.",
                    "Declare it in the statement that reads it: with(cte).");
        }
    }

    /** Checks the list that follows a table's name: the arguments of a function, or the names that its columns get. */
    void checkList(StatementLevel level, VisitContext context) {
        if (!context.context().declareTables()) {
            return;
        }
        if (path.parent() instanceof TableImpl<?> function && new TableAccess(level).isHarmless(function)) {
            level.context().checkFunction(function.getQualifiedName());
        } else if (path.grandparent() instanceof QOM.TableAlias<?> alias
                && alias.fields().length == 0
                && new TableAccess(level).tenantRows(alias) != null) {
            refuseRenaming(level, alias);
        }
    }

    private static void refuseRenaming(StatementLevel level, Table<?> alias) {
        level.refuse(
                " on " + alias.getName(),
                "The table's columns are not known here and are renamed, so another column could get the name of"
                        + " the tenant column.",
                "Use the generated table, or select the columns under their new names in a derived table.");
    }
}
