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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jooq.AggregateFunction;
import org.jooq.CommonTableExpression;
import org.jooq.Constraint;
import org.jooq.ExecuteContext;
import org.jooq.Merge;
import org.jooq.Name;
import org.jooq.Param;
import org.jooq.Query;
import org.jooq.QueryPart;
import org.jooq.ResultQuery;
import org.jooq.Routine;
import org.jooq.SQL;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.VisitContext;
import org.jooq.VisitListener;
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

    private final List<QueryPart> parts = new ArrayList<>();
    private Frame frame = new Frame(null, "statement");
    private @Nullable Rewriting rewriting;

    /** For each of the query layer's own parts around, and each of the user's values in those: whether it is ours. */
    private final ArrayDeque<Boolean> ours = new ArrayDeque<>(2);

    StatementListener(TableNames names, Functions functions, QueryLayerSettings settings, BoundaryEvents events) {
        this.names = names;
        this.functions = functions;
        this.settings = settings;
        this.events = events;
    }

    @Override
    public void visitStart(VisitContext context) {
        if (context.renderContext() == null) {
            return; // jOOQ looks for bind values; nothing is sent from here
        }
        if (parts.isEmpty()) {
            rewriting = begin(context);
        }
        Rewriting current = rewriting;
        if (current != null && !isOurs()) {
            visit(context, current, context.queryPart());
        }
        QueryPart part = context.queryPart();
        if (part instanceof TenantPredicate predicate) {
            frame.rendered(predicate);
        }
        if (part instanceof Trusted || part instanceof UserValue) {
            ours.push(part instanceof Trusted);
        }
        parts.add(part);
    }

    private boolean isOurs() {
        return !ours.isEmpty() && ours.peek();
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // equal parts may be nested
    public void visitEnd(VisitContext context) {
        if (context.renderContext() == null) {
            return;
        }
        QueryPart part = parts.removeLast();
        Rewriting current = rewriting;
        if (current != null && part != context.queryPart()) {
            current.refusals()
                    .refuse(
                            "a statement in which another VisitListener replaces a part",
                            "It did so after the query layer had looked at that part.",
                            "Put it into the configuration before Boundary's: give it to boundary.dsl(configuration).");
        }
        if (part instanceof Trusted || part instanceof UserValue) {
            ours.pop();
        }
        if (part instanceof CommonTableExpression<?> && context.context().declareCTE()) {
            frame.endCte();
        }
        Frame finished = frame;
        if (finished.outer != null && finished.rendered == part) {
            frame = finished.outer;
            afterCheck(finished);
        } else if (parts.isEmpty()) {
            afterCheck(finished);
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
                bindsLater(context));
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

    /** Whether the values of the statement are only placeholders for those of a batch. */
    private static boolean bindsLater(VisitContext context) {
        ExecuteContext execution = context.context().executeContext();
        return execution != null && execution.batchMode() == ExecuteContext.BatchMode.SINGLE;
    }

    private void visit(VisitContext context, Rewriting current, QueryPart part) {
        QueryPart parent = parts.isEmpty() ? null : parts.getLast();
        if (parent instanceof SQL text) {
            PlainSql.checkArgument(current, part, text, parts.size() < 2 ? null : parts.get(parts.size() - 2));
        }
        if (part instanceof QOM.UnmodifiableList<?> && context.context().declareTables()) {
            listOf(current, parent);
        }
        switch (part) {
            case Select<?> select -> open(context, "select", opened -> SelectRewriter.rewrite(current, opened, select));
            case QOM.Update<?> update ->
                open(context, "update", opened -> UpdateRewriter.rewrite(current, opened, update));
            case QOM.Delete<?> delete ->
                open(context, "delete", opened -> DeleteRewriter.rewrite(current, opened, delete));
            case QOM.Insert<?> insert ->
                open(context, "insert", opened -> InsertRewriter.rewrite(current, opened, insert));
            case QOM.Merge<?> merge -> open(context, "merge", opened -> MergeRewriter.rewrite(current, opened, merge));
            case Constraint constraint -> frame.constraint(constraint);
            // These only hold the statement, which is announced next.
            case QOM.InsertReturning<?> returning -> {}
            case QOM.UpdateReturning<?> returning -> {}
            case QOM.DeleteReturning<?> returning -> {}
            case Merge<?> upsert -> {} // INSERT ... ON CONFLICT or a MERGE of the above kind
            case QOM.Function<?> function -> current.function(function.getQualifiedName());
            case AggregateFunction<?> function -> current.function(function.getQualifiedName());
            case Routine<?> routine -> current.function(routine.getQualifiedName());
            case SQL sql -> PlainSql.check(current, sql, parent);
            case Name name -> PlainSql.checkName(current, name);
            case Param<?> param -> PlainSql.checkValue(current, param);
            case QOM.Cast<?> cast -> PlainSql.checkType(current, cast.$dataType());
            case QOM.TryCast<?> cast -> PlainSql.checkType(current, cast.$dataType());
            case ResultQuery<?> other -> {} // fetchCount, whose SELECT is announced next, or plain SQL, whose text is
            case Query query ->
                current.refusals()
                        .refuse(
                                Describe.statement(query),
                                "It is not a SELECT, INSERT, UPDATE, DELETE or MERGE, so no tenant can be put into it.",
                                Describe.remedy(query));
            case CommonTableExpression<?> cte
            when context.context().declareCTE() -> frame.beginCte(cte.getUnqualifiedName());
            case Table<?> table -> table(context, current, table);
            default -> {}
        }
    }

    private void open(VisitContext context, String kind, Function<Frame, QueryPart> rewriter) {
        Frame opened = new Frame(frame, kind);
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
            if (parts.isEmpty()) { // jOOQ renders the joins of paths apart
                context.queryPart(new FromClause(current, frame).implicitJoins(table));
            }
        } else {
            Table<?> rows = table instanceof QOM.SampleTable<?> sample ? sample.$table() : table;
            if (TableNames.isNamedTable(rows) && !isGuarded(rows)) {
                guard(context, current, table, rows);
            }
        }
    }

    /** The list that follows the name of a table: the arguments of a function, or the names that its columns get. */
    private void listOf(Rewriting current, @Nullable QueryPart parent) {
        if (parent instanceof TableImpl<?> function && current.isHarmless(frame, function)) {
            current.function(function.getQualifiedName());
        } else if (parts.size() > 1
                && parts.get(parts.size() - 2) instanceof QOM.TableAlias<?> alias
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
            TenantPredicate predicate = current.predicates().read(rows, classified);
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
    private boolean isGuarded(Table<?> table) {
        return frame.isTarget(parts) || frame.isGuarded(table, parts);
    }
}
