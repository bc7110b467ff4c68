package dev.boundary.jooq.internal.query;

import dev.boundary.jooq.internal.query.ResolvedTable.Classified;
import java.util.Objects;
import org.jooq.Constraint;
import org.jooq.QueryPart;
import org.jooq.Select;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/** A statement, or one query level of it, while it is rendered. */
final class StatementLevel {

    /** Waits for the constraint that ON CONFLICT names, which jOOQ's query object model does not contain. */
    interface ConstraintCheck {

        void found(Constraint constraint);

        /** The level ended without a constraint. */
        void notFound();
    }

    private final RewriteContext context;
    private final @Nullable StatementLevel outer;
    private final PartKind kind;
    private final CteScope ctes;
    private final LevelLocks locks;
    private final GuardedTables guarded;
    private final ExpectedPredicates expected = new ExpectedPredicates();

    /** The statement as it is rendered; the level ends with it. */
    private @Nullable QueryPart rendered;

    /** Known once the statement is rewritten, and only if it is asked for. */
    private @Nullable LevelTables tables;

    private @Nullable ConstraintCheck constraintCheck;

    private StatementLevel(
            RewriteContext context, @Nullable StatementLevel outer, PartKind kind, @Nullable String derivedTable) {
        this.context = context;
        this.outer = outer;
        this.kind = kind;
        this.ctes = new CteScope(outer == null ? null : outer.ctes);
        this.locks = new LevelLocks(context.configuration(), outer == null ? null : outer.locks, derivedTable);
        this.guarded = new GuardedTables(kind.changesFirstTable());
    }

    /** The level of whatever is rendered outside of all statements. */
    static StatementLevel outermost(RewriteContext context) {
        return new StatementLevel(context, null, PartKind.STATEMENT, null);
    }

    /**
     * Opens the level of a statement inside this one.
     *
     * @param derivedTable the name of the derived table that it is; null if it is none
     */
    StatementLevel open(PartKind statement, @Nullable String derivedTable) {
        return new StatementLevel(context, this, statement, derivedTable);
    }

    RewriteContext context() {
        return context;
    }

    /** The kind of the statement, for messages. */
    String kind() {
        return kind.word();
    }

    /**
     * Refuses the statement.
     *
     * @param subject follows the kind of the statement, as in {@code " on member"}; may be empty
     */
    void refuse(String subject, String why, String remedy) {
        context.refusals().refuse(kind() + subject, why, remedy);
    }

    /** Refuses the statement because of one table. */
    void refuse(Classified table, String subject, String why, String remedy) {
        context.refusals().refuse(table, kind() + subject, why, remedy);
    }

    CteScope ctes() {
        return ctes;
    }

    LevelLocks locks() {
        return locks;
    }

    boolean isOutermost() {
        return outer == null;
    }

    /** The outermost statement if it is a SELECT, else null. */
    @Nullable
    Select<?> outermostSelect() {
        StatementLevel around = outer;
        return around == null || around.isOutermost() ? locks.select() : around.outermostSelect();
    }

    void renderedAs(QueryPart statement) {
        rendered = statement;
    }

    /** The tables that the statement names at this level. */
    LevelTables tables() {
        LevelTables known = tables;
        if (known == null) {
            known = LevelTables.of(rendered);
            tables = known;
        }
        return known;
    }

    /** The table that a qualifier means at this level or at one around it; null if none is known. */
    @Nullable
    Table<?> qualified(String qualifier) {
        Table<?> table = tables().qualified(qualifier);
        return table == null && outer != null ? outer.qualified(qualifier) : table;
    }

    /** Whether a part that ends now is the statement of this level. */
    @SuppressWarnings("ReferenceEquality") // equal statements may be nested
    boolean endsWith(QueryPart part) {
        return outer != null && rendered == part;
    }

    /** The level around this one, which must not be the outermost. */
    StatementLevel outer() {
        return Objects.requireNonNull(outer);
    }

    /** Notes that a table's predicate was placed in this level, where it must be rendered before the level ends. */
    void guard(Table<?> table, TenantPredicate predicate) {
        guarded.add(table);
        expect(predicate);
    }

    /** Notes that a predicate must be rendered before the level ends. */
    void expect(TenantPredicate predicate) {
        expected.add(predicate);
    }

    /** Notes that a table needs no predicate here: the target of an INSERT, whose values were checked. */
    void allow(Table<?> table) {
        guarded.add(table);
    }

    /** Whether a table that is announced now has its predicate, or needs none. */
    boolean isGuarded(Table<?> table, PartPath path) {
        return guarded.isTarget(rendered, path) || guarded.contains(table, rendered, path);
    }

    /** A predicate was rendered, perhaps in a query level that jOOQ derived from this one. */
    void rendered(TenantPredicate predicate) {
        if (!expected.remove(predicate) && outer != null) {
            outer.rendered(predicate);
        }
    }

    /** Notes that ON CONFLICT is safe only if it turns out to name a certain constraint. */
    void expectConstraint(ConstraintCheck check) {
        constraintCheck = check;
    }

    void constraint(Constraint constraint) {
        if (constraintCheck != null) {
            constraintCheck.found(constraint);
        }
    }

    /** Refuses if the level ends without something that it must contain. */
    void end() {
        if (constraintCheck != null) {
            constraintCheck.notFound();
        }
        if (!expected.isEmpty()) {
            refuse(
                    "",
                    "jOOQ did not render the tenant predicate that the query layer added.",
                    "Write the statement differently, and please report it. " + Refusals.RLS_ONLY);
        }
    }
}
