package dev.boundary.jooq.internal.query;

import org.jooq.AggregateFunction;
import org.jooq.CommonTableExpression;
import org.jooq.Constraint;
import org.jooq.Field;
import org.jooq.Name;
import org.jooq.Param;
import org.jooq.Query;
import org.jooq.QueryPart;
import org.jooq.Routine;
import org.jooq.SQL;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.VisitContext;
import org.jooq.impl.QOM;

/**
 * One rendering: statements are replaced by rewritten copies as they are announced, and whatever else could read or
 * change rows is checked.
 */
final class StatementVisit {

    private final RewriteContext context;
    private final PartPath path = new PartPath();
    private final PlainSqlCheck plainSql;
    private final TableCheck tables;

    private StatementLevel level;

    StatementVisit(RewriteContext context) {
        this.context = context;
        this.plainSql = new PlainSqlCheck(context.refusals(), context.configuration());
        this.tables = new TableCheck(path, plainSql);
        this.level = StatementLevel.outermost(context);
    }

    /** A part is announced. */
    void start(VisitContext visit) {
        QueryPart part = visit.queryPart();
        PartKind kind = PartKind.of(part);
        if (path.concerns(kind)) {
            check(visit, part, kind);
            part = visit.queryPart();
            kind = PartKind.of(part);
        }
        path.push(part, kind);
        if (kind == PartKind.GENERATED && part instanceof TenantPredicate predicate) {
            level.rendered(predicate);
        }
    }

    /** The innermost part was rendered. */
    @SuppressWarnings("ReferenceEquality") // equal parts may be nested
    void end(VisitContext visit) {
        QueryPart part = visit.queryPart();
        PartKind kind = path.innermostKind();
        if (path.pop() != part) {
            refuseReplacement();
        }
        if (kind == PartKind.CTE && visit.context().declareCTE()) {
            level.ctes().leaveBody();
        }
        endLevel(part);
    }

    private void endLevel(QueryPart part) {
        StatementLevel ended = level;
        if (ended.endsWith(part)) {
            level = ended.outer();
            ended.end();
        } else if (path.isEmpty()) {
            ended.end();
        }
    }

    private void refuseReplacement() {
        context.refusals()
                .refuse(
                        "a statement in which another VisitListener replaces a part",
                        "The part was replaced after the query layer had checked it.",
                        "Configure it before Boundary's listener: pass it to boundary.dsl(configuration).");
    }

    private void check(VisitContext visit, QueryPart part, PartKind kind) {
        checkArgument(part);
        switch (kind) {
            case SELECT, UPDATE, DELETE, INSERT, MERGE -> open(visit, part, kind);
            case STATEMENT -> new UnsupportedStatement((Query) part).refuse(context.refusals());
            case CONSTRAINT -> level.constraint((Constraint) part);
            case LOCK -> new LockClauseCheck(level).check();
            case CTE, TABLE, JOIN, SAMPLE, DELTA, LIST -> checkTable(visit, part, kind);
            case FUNCTION, AGGREGATE, ROUTINE -> context.checkFunction(function(part, kind));
            case TEXT, NAME, PARAM, CAST, TRY_CAST -> checkText(visit, part, kind);
            case OTHER, FIELD, GENERATED, USER_VALUE, GUARD -> {}
        }
    }

    /** Checks a part that is put into SQL text. */
    private void checkArgument(QueryPart part) {
        if (path.isInTemplate() && !path.isAtDeltaStatement() && path.parent() instanceof SQL template) {
            plainSql.checkArgument(part, template, path.grandparent());
        }
    }

    private void open(VisitContext visit, QueryPart statement, PartKind kind) {
        StatementLevel opened = level.open(kind, path.derivedTable());
        QueryPart rewritten = rewrite(opened, statement, kind);
        visit.queryPart(rewritten);
        opened.renderedAs(rewritten);
        level = opened;
    }

    private static QueryPart rewrite(StatementLevel level, QueryPart statement, PartKind kind) {
        return switch (kind) {
            case SELECT -> new SelectRewriter(level).rewrite((Select<?>) statement);
            case UPDATE -> new UpdateRewriter(level).rewrite((QOM.Update<?>) statement);
            case DELETE -> new DeleteRewriter(level).rewrite((QOM.Delete<?>) statement);
            case INSERT -> new InsertRewriter(level).rewrite((QOM.Insert<?>) statement);
            case MERGE -> new MergeRewriter(level).rewrite((QOM.Merge<?>) statement);
            default -> throw new IllegalArgumentException("no statement: " + kind);
        };
    }

    private void checkTable(VisitContext visit, QueryPart part, PartKind kind) {
        if (kind == PartKind.LIST) {
            tables.checkList(level, visit);
        } else if (kind == PartKind.DELTA) {
            new DeltaTableCheck(level, path).check();
        } else if (kind == PartKind.CTE && visit.context().declareCTE()) {
            level.ctes().enterBody(((CommonTableExpression<?>) part).getUnqualifiedName());
        } else {
            tables.check(level, visit, (Table<?>) part);
        }
    }

    private Name function(QueryPart part, PartKind kind) {
        return switch (kind) {
            case AGGREGATE -> ((AggregateFunction<?>) part).getQualifiedName();
            case ROUTINE -> ((Routine<?>) part).getQualifiedName();
            // What a generated routine calls is known by the routine's name; the settings may make another of it.
            default ->
                path.parent() instanceof Field<?> routine && PlainSqlCheck.isRoutine(routine)
                        ? routine.getQualifiedName()
                        : ((QOM.Function<?>) part).getQualifiedName();
        };
    }

    private void checkText(VisitContext visit, QueryPart part, PartKind kind) {
        switch (kind) {
            case TEXT -> plainSql.checkText((SQL) part, path.parent());
            case NAME -> checkName(visit, (Name) part);
            case CAST -> plainSql.checkType(((QOM.Cast<?>) part).$dataType());
            case TRY_CAST -> plainSql.checkType(((QOM.TryCast<?>) part).$dataType());
            default -> checkValue(visit, (Param<?>) part);
        }
    }

    private void checkName(VisitContext visit, Name name) {
        plainSql.checkName(name);
        if (path.isAtFunctionName()) {
            visit.queryPart(context.functions().unambiguous(name));
        } else if (path.parent() instanceof TableField<?, ?> column && ColumnNameCheck.concerns(column)) {
            new ColumnNameCheck(level).check(column.getQualifiedName());
        }
    }

    private void checkValue(VisitContext visit, Param<?> param) {
        plainSql.checkValue(param);
        BatchPlaceholders batch = context.values().batch();
        if (batch != null) {
            batch.rendered(param, visit.context().peekIndex());
        }
    }
}
