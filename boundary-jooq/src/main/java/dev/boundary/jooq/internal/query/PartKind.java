package dev.boundary.jooq.internal.query;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jooq.AggregateFunction;
import org.jooq.CommonTableExpression;
import org.jooq.Constraint;
import org.jooq.Field;
import org.jooq.Merge;
import org.jooq.Name;
import org.jooq.Param;
import org.jooq.Query;
import org.jooq.QueryPart;
import org.jooq.ResultQuery;
import org.jooq.Routine;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.QOM;

/**
 * What a part of a statement is to the query layer. Every part that jOOQ renders is classified, and most are of no
 * interest, so the answer is cached for each class: to test an object for each interface in turn would cost more than
 * to render it.
 */
enum PartKind {
    OTHER,
    FIELD,
    SELECT,
    UPDATE,
    DELETE,
    INSERT,
    MERGE,
    CONSTRAINT,
    FUNCTION,
    AGGREGATE,
    ROUTINE,
    TEXT,
    NAME,
    PARAM,
    LIST,
    CAST,
    TRY_CAST,
    GENERATED,
    USER_VALUE,
    STATEMENT,
    CTE,
    JOIN,
    SAMPLE,
    DELTA,
    TABLE,
    GUARD,
    LOCK;

    /** FOR UPDATE and its like, which jOOQ's query object model does not contain. */
    private static final String LOCK_CLAUSE = "org.jooq.impl.ForLock";

    /** In the order in which they are tested; a part may match several. */
    private static final Map<Class<?>, PartKind> TYPES = new LinkedHashMap<>();

    static {
        TYPES.put(Select.class, SELECT);
        TYPES.put(QOM.Update.class, UPDATE);
        TYPES.put(QOM.Delete.class, DELETE);
        TYPES.put(QOM.Insert.class, INSERT);
        TYPES.put(QOM.Merge.class, MERGE);
        TYPES.put(Constraint.class, CONSTRAINT);
        // These only hold the statement, which is announced next.
        TYPES.put(QOM.InsertReturning.class, OTHER);
        TYPES.put(QOM.UpdateReturning.class, OTHER);
        TYPES.put(QOM.DeleteReturning.class, OTHER);
        TYPES.put(Merge.class, OTHER); // INSERT ... ON CONFLICT or a MERGE of the above kind
        TYPES.put(QOM.Function.class, FUNCTION);
        TYPES.put(AggregateFunction.class, AGGREGATE);
        TYPES.put(Routine.class, ROUTINE);
        TYPES.put(org.jooq.SQL.class, TEXT);
        TYPES.put(Name.class, NAME);
        TYPES.put(Param.class, PARAM);
        TYPES.put(QOM.UnmodifiableList.class, LIST);
        TYPES.put(QOM.Cast.class, CAST);
        TYPES.put(QOM.TryCast.class, TRY_CAST);
        TYPES.put(GeneratedPart.class, GENERATED);
        TYPES.put(UserValue.class, USER_VALUE);
        TYPES.put(ResultQuery.class, OTHER); // fetchCount, whose SELECT is announced next, or plain SQL, whose text is
        TYPES.put(Query.class, STATEMENT);
        TYPES.put(CommonTableExpression.class, CTE);
        TYPES.put(QOM.JoinTable.class, JOIN);
        TYPES.put(QOM.SampleTable.class, SAMPLE);
        TYPES.put(QOM.DataChangeDeltaTable.class, DELTA);
        TYPES.put(Table.class, TABLE);
        TYPES.put(Guard.class, GUARD);
        TYPES.put(Field.class, FIELD);
    }

    private static final ClassValue<PartKind> KINDS = new ClassValue<>() {
        @Override
        protected PartKind computeValue(Class<?> type) {
            if (type.getName().equals(LOCK_CLAUSE)) {
                return LOCK;
            }
            return TYPES.entrySet().stream()
                    .filter(entry -> entry.getKey().isAssignableFrom(type))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElse(OTHER);
        }
    };

    static PartKind of(QueryPart part) {
        return KINDS.get(part.getClass());
    }

    /** In lower case, for messages. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it is a statement that changes the first table that is announced in it. */
    boolean changesFirstTable() {
        return this == INSERT || this == UPDATE || this == DELETE;
    }

    /** Whether the query layer does nothing about it. */
    boolean isPlain() {
        return this == OTHER || this == FIELD;
    }

    /** Whether tables in it are those of the FROM clause that it stands in: a join, or a list. */
    boolean isPartOfFrom() {
        return this == OTHER || this == LIST || this == JOIN || this == SAMPLE;
    }
}
