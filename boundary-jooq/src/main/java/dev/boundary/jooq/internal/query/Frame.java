package dev.boundary.jooq.internal.query;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Consumer;
import org.jooq.Constraint;
import org.jooq.Field;
import org.jooq.Name;
import org.jooq.Query;
import org.jooq.QueryPart;
import org.jooq.Table;
import org.jooq.impl.QOM;
import org.jspecify.annotations.Nullable;

/** One statement, or one query level of it, while it is rendered. */
final class Frame {

    final @Nullable Frame outer;
    final String kind;

    /** The common table expressions that this level can see, its own included. */
    final CteNames ctes;

    private CteNames inner;
    private boolean recursive;
    private boolean targetToCome;
    private @Nullable Consumer<Constraint> constraintCheck;
    private @Nullable Runnable noConstraint;

    /** The part as it is rendered; the level ends with it. */
    @Nullable
    QueryPart rendered;

    /** By identity: the same table may be declared at other levels, where it needs a predicate of its own. */
    private final IdentityHashMap<Table<?>, Boolean> guarded = new IdentityHashMap<>(4);

    private final IdentityHashMap<TenantPredicate, Boolean> missing = new IdentityHashMap<>(4);

    Frame(@Nullable Frame outer, String kind) {
        this.outer = outer;
        this.kind = kind;
        this.targetToCome = "insert".equals(kind) || "update".equals(kind) || "delete".equals(kind);
        this.ctes = new CteNames(outer == null ? null : outer.inner);
        this.inner = ctes;
    }

    /** Declares the common table expressions of this level. */
    void with(QOM.@Nullable With with) {
        if (with != null) {
            with.$commonTableExpressions().forEach(cte -> ctes.add(cte.getUnqualifiedName()));
            recursive = with.$recursive();
        }
    }

    /** The body of a common table expression begins: unless it is recursive, it sees only those before it. */
    void beginCte(Name name) {
        inner = recursive ? ctes : ctes.before(name);
    }

    void endCte() {
        inner = ctes;
    }

    /** Notes that a table's predicate is placed somewhere in this level, where it must turn up before the level ends. */
    void guard(Table<?> table, TenantPredicate predicate) {
        guarded.put(table, true);
        expect(predicate);
    }

    /** Notes that a predicate must turn up before the level ends. */
    void expect(TenantPredicate predicate) {
        missing.put(predicate, true);
    }

    /** Notes that a table needs no predicate here: the target of an INSERT, whose values were checked. */
    void allow(Table<?> table) {
        guarded.put(table, true);
    }

    /**
     * Whether a table that is announced now is the one that the statement changes. jOOQ may have made another object of
     * it, without a condition that the user gave the table, say; it is the first table of its statement all the same.
     */
    @SuppressWarnings("ReferenceEquality")
    boolean isTarget(List<QueryPart> ancestors) {
        if (!targetToCome || ancestors.isEmpty() || ancestors.getLast() != rendered) {
            return false;
        }
        targetToCome = false;
        return true;
    }

    /**
     * Whether the predicate of a table that is announced now was placed when this level was rewritten. That was done for
     * the tables of its FROM clause and of the joins in it, not for what hides in them, behind an alias of a join, say.
     */
    @SuppressWarnings("ReferenceEquality")
    boolean isGuarded(Table<?> table, List<QueryPart> ancestors) {
        Table<?> item = table;
        for (int i = ancestors.size() - 1; i >= 0 && ancestors.get(i) != rendered; i--) {
            QueryPart part = ancestors.get(i);
            if (part instanceof Guard guard) {
                return guard.guards(item);
            }
            if (part instanceof Table<?> alias && TableNames.isNamedTable(alias)) {
                item = alias; // announced as what the alias stands for
            } else if (!isPartOfFrom(part)) {
                return false;
            }
        }
        return guarded.containsKey(item);
    }

    private static boolean isPartOfFrom(QueryPart part) {
        return switch (part) {
            case QOM.JoinTable<?, ?> join -> true;
            case QOM.SampleTable<?> sample -> true;
            case Table<?> other -> false;
            case Query query -> false;
            case Field<?> field -> false;
            default -> true; // a list
        };
    }

    /** A predicate was rendered, perhaps in a query level that jOOQ made of this one. */
    void rendered(TenantPredicate predicate) {
        for (Frame frame = this; frame != null; frame = frame.outer) {
            if (frame.missing.remove(predicate) != null) {
                return;
            }
        }
    }

    /** Notes that the conflict target is safe only if it turns out to be a certain constraint. */
    void expectConstraint(Consumer<Constraint> check, Runnable otherwise) {
        constraintCheck = check;
        noConstraint = otherwise;
    }

    void constraint(Constraint constraint) {
        Consumer<Constraint> check = constraintCheck;
        if (check != null) {
            noConstraint = null;
            check.accept(constraint);
        }
    }

    /** The level ends. */
    void end() {
        Runnable missingConstraint = noConstraint;
        if (missingConstraint != null) {
            missingConstraint.run();
        }
    }

    boolean isComplete() {
        return missing.isEmpty();
    }
}
