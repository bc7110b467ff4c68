package dev.boundary.jooq.internal.query;

import dev.boundary.jooq.internal.query.TenantTable.Classified;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jooq.Configuration;
import org.jooq.Constraint;
import org.jooq.Name;
import org.jooq.QueryPart;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.QOM;
import org.jspecify.annotations.Nullable;

/** One statement, or one query level of it, while it is rendered. */
final class Frame {

    final @Nullable Frame outer;
    final String kind;

    /** The common table expressions that this level can see, its own included. */
    CteNames ctes;

    private CteNames inner;
    private boolean recursive;
    private boolean targetToCome;
    private @Nullable Consumer<Constraint> constraintCheck;
    private @Nullable Runnable noConstraint;

    /** The part as it is rendered; the level ends with it. */
    @Nullable
    QueryPart rendered;

    /** By identity: the same table may be declared at other levels, where it needs a predicate of its own. */
    private final List<Table<?>> guarded = new ArrayList<>(0);

    private final List<TenantPredicate> missing = new ArrayList<>(0);

    /** As it was written; null if this level is no SELECT. */
    private @Nullable Select<?> select;

    /** The name of the derived table that this level is; null if it is none. */
    private @Nullable String derivedTable;

    /** What this level locks itself; null as long as it made no difference. */
    private @Nullable RowLock lock;

    /** The tables of this level that no tenant may change, by the names that they have here. */
    private @Nullable Map<String, Classified> readOnly;

    Frame(@Nullable Frame outer, String kind) {
        this.outer = outer;
        this.kind = kind;
        this.targetToCome = "insert".equals(kind) || "update".equals(kind) || "delete".equals(kind);
        this.ctes = outer == null ? CteNames.NONE : outer.inner;
        this.inner = ctes;
    }

    void select(Select<?> select) {
        this.select = select;
    }

    /** Notes where this level stands, given the parts around it, the outermost first. */
    void standsIn(List<QueryPart> around) {
        if (around.isEmpty() || PartKind.of(around.getLast()) != PartKind.TABLE) {
            return;
        }
        for (QueryPart part : around.reversed()) {
            switch (PartKind.of(part)) {
                case TABLE -> derivedTable = ((Table<?>) part).getName(); // of its alias in the end
                case OTHER -> {} // how jOOQ writes an alias
                default -> {
                    return;
                }
            }
        }
    }

    /** The outermost statement if it is a SELECT. */
    @Nullable
    Select<?> outermostSelect() {
        Frame outermost = this;
        for (Frame around = outer; around != null && around.outer != null; around = around.outer) {
            outermost = around;
        }
        return outermost.select;
    }

    /** Whether rows of a table are locked, by this level or by one in whose FROM clause it is. */
    boolean locks(String table, Configuration configuration) {
        Select<?> written = select;
        if (written == null) {
            return false;
        }
        RowLock own = lock;
        if (own == null) {
            own = RowLock.of(written, configuration);
            lock = own;
        }
        String name = derivedTable;
        return own.locks(table) || (name != null && outer != null && outer.locks(name, configuration));
    }

    /** Whether nobody was told that this level locks nothing. */
    boolean knowsLock() {
        return lock == null || lock.exists();
    }

    void readOnly(Table<?> table, Classified classified) {
        if (readOnly == null) {
            readOnly = new LinkedHashMap<>();
        }
        readOnly.put(table.getName(), classified);
    }

    List<Classified> lockedReadOnly(Configuration configuration) {
        Map<String, Classified> tables = readOnly;
        return tables == null
                ? List.of()
                : tables.entrySet().stream()
                        .filter(table -> locks(table.getKey(), configuration))
                        .map(Map.Entry::getValue)
                        .toList();
    }

    /** Declares the common table expressions of this level. */
    void with(QOM.@Nullable With with) {
        if (with != null) {
            CteNames own = new CteNames(ctes);
            with.$commonTableExpressions().forEach(cte -> own.add(cte.getUnqualifiedName()));
            ctes = own;
            inner = own;
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
        guarded.add(table);
        expect(predicate);
    }

    /** Notes that a predicate must turn up before the level ends. */
    void expect(TenantPredicate predicate) {
        missing.add(predicate);
    }

    /** Notes that a table needs no predicate here: the target of an INSERT, whose values were checked. */
    void allow(Table<?> table) {
        guarded.add(table);
    }

    /**
     * Whether a table that is announced now is the one that the statement changes. jOOQ may have made another object of
     * it, without a condition that the user gave the table, say; it is the first table of its statement all the same.
     *
     * @param parts the parts around, the outermost first, and the table
     */
    @SuppressWarnings("ReferenceEquality")
    boolean isTarget(QueryPart[] parts) {
        if (!targetToCome || parts.length < 2 || parts[parts.length - 2] != rendered) {
            return false;
        }
        targetToCome = false;
        return true;
    }

    /**
     * Whether the predicate of a table that is announced now was placed when this level was rewritten. That was done for
     * the tables of its FROM clause and of the joins in it, not for what hides in them, behind an alias of a join, say.
     *
     * @param parts the parts around, the outermost first, and the table
     */
    @SuppressWarnings("ReferenceEquality")
    boolean isGuarded(Table<?> table, QueryPart[] parts) {
        Table<?> item = table;
        for (int i = parts.length - 2; i >= 0 && parts[i] != rendered; i--) {
            QueryPart part = parts[i];
            PartKind kind = PartKind.of(part);
            if (part instanceof Guard guard) {
                return guard.guards(item);
            }
            if (kind == PartKind.TABLE && TableNames.isNamedTable((Table<?>) part)) {
                item = (Table<?>) part; // announced as what the alias stands for
            } else if (!kind.isPartOfFrom()) {
                return false;
            }
        }
        for (Table<?> known : guarded) {
            if (known == item) {
                return true;
            }
        }
        return false;
    }

    /** A predicate was rendered, perhaps in a query level that jOOQ made of this one. */
    void rendered(TenantPredicate predicate) {
        for (Frame frame = this; frame != null; frame = frame.outer) {
            if (frame.fulfil(predicate)) {
                return;
            }
        }
    }

    /** By identity, for jOOQ compares parts by their SQL. */
    @SuppressWarnings("ReferenceEquality")
    private boolean fulfil(TenantPredicate predicate) {
        for (int i = 0; i < missing.size(); i++) {
            if (missing.get(i) == predicate) {
                missing.remove(i);
                return true;
            }
        }
        return false;
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
