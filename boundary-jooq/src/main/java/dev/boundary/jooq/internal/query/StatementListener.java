package dev.boundary.jooq.internal.query;

import dev.boundary.core.Scope;
import dev.boundary.core.TenantContext;
import dev.boundary.core.TenantKey;
import dev.boundary.core.TenantScope;
import dev.boundary.core.UnscopedScope;
import dev.boundary.core.event.BoundaryEvents;
import dev.boundary.jooq.internal.Reactive;
import dev.boundary.jooq.internal.RlsOnly;
import dev.boundary.jooq.internal.query.TenantTable.Classified;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jooq.AggregateFunction;
import org.jooq.CommonTableExpression;
import org.jooq.Constraint;
import org.jooq.ExecuteContext;
import org.jooq.Field;
import org.jooq.Name;
import org.jooq.Param;
import org.jooq.Query;
import org.jooq.QueryPart;
import org.jooq.Routine;
import org.jooq.SQL;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.VisitContext;
import org.jooq.VisitListener;
import org.jooq.XMLTableColumnsStep;
import org.jooq.impl.QOM;
import org.jooq.impl.TableImpl;
import org.jspecify.annotations.Nullable;

/**
 * Follows one rendering. Statements are replaced by rewritten copies as they are announced; tables are checked as they
 * are declared, wherever jOOQ declares them, so that nothing gets by that no rewriter thought of.
 */
final class StatementListener implements VisitListener {

    private final TableNames names;
    private final Functions functions;
    private final QueryLayerSettings settings;
    private final BoundaryEvents events;

    /** The parts around, and what they are. */
    private Object[] parts = new Object[16];

    private PartKind[] kinds = new PartKind[16];

    private int depth;

    private Frame frame = new Frame(null, "statement");

    /** Null if there is nothing to do in this rendering. */
    private @Nullable Rewriting rewriting;

    /** Whether the innermost part of the query layer's own, or value of the user in one, is the query layer's own. */
    private boolean ours;

    StatementListener(TableNames names, Functions functions, QueryLayerSettings settings, BoundaryEvents events) {
        this.names = names;
        this.functions = functions;
        this.settings = settings;
        this.events = events;
    }

    @Override
    public void visitStart(VisitContext context) {
        int level = depth++;
        if (level == 0) {
            rewriting = context.renderContext() == null ? null : begin(context);
            if (rewriting == null && context.queryPart() instanceof Param<?> param) {
                bound(context, param);
            }
        }
        Rewriting current = rewriting;
        if (current == null) {
            return;
        }
        QueryPart part = context.queryPart();
        PartKind kind = PartKind.of(part);
        if (!ours && (!kind.isPlain() || isArgumentOfText(level))) {
            visit(context, current, part, kind);
            part = context.queryPart();
            kind = PartKind.of(part);
        }
        if (level == kinds.length) {
            kinds = Arrays.copyOf(kinds, 2 * level);
            parts = Arrays.copyOf(parts, 2 * level);
        }
        kinds[level] = kind;
        parts[level] = part;
        if (!kind.isPlain()) {
            enter(part, kind);
        }
    }

    private boolean isArgumentOfText(int level) {
        return level > 0 && kinds[level - 1] == PartKind.TEXT;
    }

    private void enter(QueryPart part, PartKind kind) {
        if (kind == PartKind.TRUSTED) {
            ours = true;
            if (part instanceof TenantPredicate predicate) {
                frame.rendered(predicate);
            }
        } else if (kind == PartKind.USER_VALUE) {
            ours = false;
        }
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // equal parts may be nested
    public void visitEnd(VisitContext context) {
        int level = --depth;
        Rewriting current = rewriting;
        if (current == null) {
            return;
        }
        QueryPart part = context.queryPart();
        if (part != parts[level]) {
            refuseReplacement(current);
        }
        PartKind kind = kinds[level];
        if (kind == PartKind.TRUSTED || kind == PartKind.USER_VALUE) {
            ours = isInOwnPart();
        } else if (kind == PartKind.CTE && context.context().declareCTE()) {
            frame.endCte();
        }
        Frame finished = frame;
        if (finished.outer != null && finished.rendered == part) {
            frame = finished.outer;
            afterCheck(finished);
        } else if (level == 0) {
            afterCheck(finished);
        }
    }

    private static void refuseReplacement(Rewriting current) {
        current.refusals()
                .refuse(
                        "a statement in which another VisitListener replaces a part",
                        "It did so after the query layer had looked at that part.",
                        "Put it into the configuration before Boundary's: give it to boundary.dsl(configuration).");
    }

    /** The part right around the current one. */
    private @Nullable QueryPart parent() {
        return depth > 1 ? (QueryPart) parts[depth - 2] : null;
    }

    /** The parts around the current one, the outermost first. */
    private static List<QueryPart> ancestors(VisitContext context) {
        List<QueryPart> parts = Arrays.asList(context.queryParts());
        return parts.subList(0, parts.size() - 1);
    }

    private boolean isInOwnPart() {
        for (int i = depth - 1; i >= 0; i--) {
            if (kinds[i] == PartKind.TRUSTED || kinds[i] == PartKind.USER_VALUE) {
                return kinds[i] == PartKind.TRUSTED;
            }
        }
        return false;
    }

    /** Looks at a value that is bound in a batch; jOOQ also announces values that it only looks for. */
    private void bound(VisitContext context, Param<?> param) {
        ExecuteContext execution = context.context().executeContext();
        Classified table = context.bindContext() == null
                ? null
                : BoundLater.table(execution, context.context().peekIndex());
        Optional<Scope> scope = TenantContext.current();
        if (table != null && param.getValue() != null && scope.orElse(null) instanceof TenantScope open) {
            Refusals refusals = new Refusals(scope, settings, events, context.configuration(), top(context));
            Written.refuseForeign(refusals, table, open.tenant(), param);
        }
    }

    /** What one rendering needs; null if the query layer has nothing to do in it. */
    private @Nullable Rewriting begin(VisitContext context) {
        Optional<Scope> scope = TenantContext.current();
        Refusals refusals = new Refusals(scope, settings, events, context.configuration(), top(context));
        if (Reactive.isConfigured(context.configuration())) {
            refusals.refuse(
                    "a statement by R2DBC",
                    "jOOQ would send it on a connection that carries no tenant.",
                    "Use a configuration without a ConnectionFactory.");
        }
        if (scope.orElse(null) instanceof UnscopedScope) {
            return null;
        }
        if (context.configuration().data(RlsOnly.KEY) instanceof RlsOnly && settings.rlsPresent()) {
            return null;
        }
        TenantKey tenant = scope.orElse(null) instanceof TenantScope tenantScope ? tenantScope.tenant() : null;
        return new Rewriting(
                context.configuration(),
                names,
                functions,
                new Predicates(
                        names,
                        tenant,
                        BindPositions.areFixed(
                                context.queryPart(), context.context().executeContext())),
                refusals,
                tenant,
                settings.strict(),
                BoundLater.of(context.context().executeContext()),
                BindPositions.areOfRecords(context.context().executeContext()));
    }

    /** The statement, also where jOOQ renders the joins of its paths apart. */
    private static QueryPart top(VisitContext context) {
        QueryPart part = context.queryPart();
        ExecuteContext execution = context.context().executeContext();
        if (part instanceof Table<?> && execution != null) {
            Query query = execution.query();
            return query == null ? part : query;
        }
        return part;
    }

    private void visit(VisitContext context, Rewriting current, QueryPart part, PartKind kind) {
        if (isArgumentOfText(depth - 1)) {
            argument(context, current, part);
        }
        switch (kind) {
            case SELECT -> open(context, "select", opened -> SelectRewriter.rewrite(current, opened, (Select<?>) part));
            case UPDATE ->
                open(context, "update", opened -> UpdateRewriter.rewrite(current, opened, (QOM.Update<?>) part));
            case DELETE ->
                open(context, "delete", opened -> DeleteRewriter.rewrite(current, opened, (QOM.Delete<?>) part));
            case INSERT ->
                open(context, "insert", opened -> InsertRewriter.rewrite(current, opened, (QOM.Insert<?>) part));
            case MERGE -> open(context, "merge", opened -> MergeRewriter.rewrite(current, opened, (QOM.Merge<?>) part));
            case CONSTRAINT -> frame.constraint((Constraint) part);
            case FUNCTION -> function(current, (QOM.Function<?>) part, parent());
            case AGGREGATE -> current.function(((AggregateFunction<?>) part).getQualifiedName());
            case ROUTINE -> current.function(((Routine<?>) part).getQualifiedName());
            case TEXT -> PlainSql.check(current, (SQL) part, parent());
            case PARAM -> {
                PlainSql.checkValue(current, (Param<?>) part);
                BoundLater later = current.boundLater();
                if (later != null) {
                    later.rendered((Param<?>) part, context.context().peekIndex());
                }
            }
            case NAME -> PlainSql.checkName(current, (Name) part);
            case LIST -> {
                if (context.context().declareTables()) {
                    listOf(current, ancestors(context));
                }
            }
            case CAST -> PlainSql.checkType(current, ((QOM.Cast<?>) part).$dataType());
            case TRY_CAST -> PlainSql.checkType(current, ((QOM.TryCast<?>) part).$dataType());
            case STATEMENT -> refuse(current, (Query) part);
            case CTE -> {
                if (context.context().declareCTE()) {
                    frame.beginCte(((CommonTableExpression<?>) part).getUnqualifiedName());
                } else {
                    table(context, current, (Table<?>) part);
                }
            }
            case TABLE, JOIN, SAMPLE -> table(context, current, (Table<?>) part);
            case DELTA -> DeltaTable.check(current, frame, ancestors(context));
            case LOCK -> RowLock.check(current, frame);
            case OTHER, FIELD, TRUSTED, USER_VALUE, GUARD -> {}
        }
    }

    /** What a generated routine calls is known by the routine's name; the settings may make another of it. */
    private static void function(Rewriting current, QOM.Function<?> function, @Nullable QueryPart parent) {
        Field<?> called = parent instanceof Field<?> routine && PlainSql.isRoutine(routine) ? routine : function;
        current.function(called.getQualifiedName());
    }

    private void argument(VisitContext context, Rewriting current, QueryPart part) {
        List<QueryPart> around = ancestors(context);
        if (DeltaTable.isStatement(around)) {
            return;
        }
        PlainSql.checkArgument(current, part, (SQL) around.getLast(), parent(around.subList(0, around.size() - 1)));
    }

    private static @Nullable QueryPart parent(List<QueryPart> ancestors) {
        return ancestors.isEmpty() ? null : ancestors.getLast();
    }

    private static void refuse(Rewriting current, Query query) {
        if (RowLock.isTimeout(query)) {
            return;
        }
        current.refusals()
                .refuse(
                        Describe.statement(query),
                        "It is not a SELECT, INSERT, UPDATE, DELETE or MERGE, so no tenant can be put into it.",
                        Describe.remedy(query));
    }

    private void open(VisitContext context, String kind, Function<Frame, QueryPart> rewriter) {
        Frame opened = new Frame(frame, kind);
        opened.standsIn(ancestors(context));
        QueryPart rewritten = rewriter.apply(opened);
        context.queryPart(rewritten);
        opened.rendered = rewritten;
        frame = opened;
    }

    private void afterCheck(Frame finished) {
        Rewriting current = rewriting;
        finished.end();
        if (current != null && !finished.isComplete()) {
            current.refusals()
                    .refuse(
                            finished.kind,
                            "jOOQ did not render the condition for the tenant that the query layer put into it.",
                            "Write the statement in another way, and please report it. " + Refusals.RLS_ONLY);
        }
    }

    private void table(VisitContext context, Rewriting current, Table<?> table) {
        if (!context.context().declareTables()) {
            return; // it is only named, as in a column's name
        }
        if (table instanceof CommonTableExpression<?> cte) {
            reference(current, cte);
        } else if (table instanceof QOM.JoinTable<?, ?>) {
            if (depth == 1) { // jOOQ renders the joins of paths apart
                context.queryPart(new FromClause(current, frame).implicitJoins(table));
            }
        } else {
            if (table instanceof XMLTableColumnsStep) {
                table.fieldStream().forEach(column -> PlainSql.checkType(current, column.getDataType()));
            }
            Table<?> rows = table instanceof QOM.SampleTable<?> sample ? sample.$table() : table;
            if (TableNames.isNamedTable(rows) && !isGuarded(context, rows)) {
                guard(context, current, table, rows);
            }
        }
    }

    /** The list that follows the name of a table: the arguments of a function, or the names that its columns get. */
    private void listOf(Rewriting current, List<QueryPart> ancestors) {
        if (parent(ancestors) instanceof TableImpl<?> function && current.isHarmless(frame, function)) {
            current.function(function.getQualifiedName());
        } else if (ancestors.size() > 1
                && ancestors.get(ancestors.size() - 2) instanceof QOM.TableAlias<?> alias
                && alias.fields().length == 0
                && current.tenantRows(frame, alias) != null) {
            current.refusals()
                    .refuse(
                            Describe.level(frame) + " on " + alias.getName(),
                            "The columns of the table are not known here and get other names, so that another one could"
                                    + " get the name of the tenant column.",
                            "Use the generated table, or select the columns under their new names in a derived table.");
        }
    }

    private void guard(VisitContext context, Rewriting current, Table<?> table, Table<?> rows) {
        Classified classified = current.tenantRows(frame, rows);
        if (classified != null) {
            TenantPredicate predicate = current.predicate(frame, rows, classified);
            frame.expect(predicate);
            context.queryPart(new Guard(table, predicate));
        }
    }

    /** A common table expression is what its name means here: if no WITH around declares it, a table. */
    private void reference(Rewriting current, CommonTableExpression<?> cte) {
        if (!frame.ctes.contains(cte.getUnqualifiedName())) {
            current.refusals()
                    .refuse(
                            Describe.level(frame) + " on " + cte.getName(),
                            "It reads a common table expression that no WITH clause around it declares, so that"
                                    + " PostgreSQL would look for a table of that name.",
                            "Declare it in the statement that reads it: with(cte).");
        }
    }

    /** Whether the table has its predicate already. */
    private boolean isGuarded(VisitContext context, Table<?> table) {
        QueryPart[] parts = context.queryParts();
        return frame.isTarget(parts) || frame.isGuarded(table, parts);
    }
}
