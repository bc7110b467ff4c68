package dev.boundary.benchmarks;

import dev.boundary.benchmarks.Contest.Contestant;
import dev.boundary.core.TenantContext;
import dev.boundary.core.TenantKey;
import dev.boundary.core.internal.EventPublisher;
import dev.boundary.jooq.internal.query.QueryLayer;
import dev.boundary.jooq.internal.query.QueryLayerSettings;
import dev.boundary.jooq.schema.TenantSchema;
import java.io.IOException;
import java.util.List;
import org.jooq.Configuration;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.Select;
import org.jooq.SelectConditionStep;
import org.jooq.SelectJoinStep;
import org.jooq.Table;
import org.jooq.VisitListener;
import org.jooq.VisitListenerProvider;
import org.jooq.impl.DSL;
import org.jooq.impl.DefaultConfiguration;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;
import org.openjdk.jmh.infra.IterationParams;

/** What rendering a statement costs with the query layer's listener and without. No database takes part. */
public class RenderingRounds extends ContestState {

    /** jOOQ alone, a statement with a predicate for each table, written by hand. */
    static final String HAND_WRITTEN = "hand-written";

    /** jOOQ alone, the statement that the query layer gets. */
    static final String BARE = "bare";

    /** The statement written by hand, with a listener that does nothing: what jOOQ charges for having one. */
    static final String EMPTY_LISTENER = "empty-listener";

    /** The statement that the query layer gets, with its listener. */
    static final String QUERY_LAYER = "query-layer";

    private static final TenantKey TENANT = TenantKey.of(7L);

    /** How many tables are joined. */
    @Param({"1", "3", "8"})
    public int tables = 1;

    /** How many tables the schema declares. */
    @Param({"10", "1000"})
    public int schemaTables = 10;

    private @Nullable Contest contest;

    /** Builds the statements. */
    @Setup
    public void build() {
        DSLContext plain = DSL.using(configuration());
        Configuration listening = configuration();
        listening.set(new QueryLayer(schema(schemaTables), QueryLayerSettings.DEFAULT, new EventPublisher(List.of()))
                .visitListenerProvider());
        DSLContext bound = DSL.using(listening);
        Configuration idle = configuration();
        idle.set((VisitListenerProvider) () -> new VisitListener() {});
        DSLContext heard = DSL.using(idle);
        Select<?> bare = statement(plain, false);
        Select<?> handWritten = statement(plain, true);
        contest = new Contest(
                List.of(
                        new Contestant(HAND_WRITTEN, _ -> inScope(plain, handWritten)),
                        new Contestant(BARE, _ -> inScope(plain, bare)),
                        new Contestant(EMPTY_LISTENER, _ -> inScope(heard, handWritten)),
                        new Contestant(QUERY_LAYER, _ -> inScope(bound, bare))),
                blockNanos(),
                ProcessHandle.current().pid());
    }

    // All of them in a scope, for that is no part of rendering.
    private static String inScope(DSLContext on, Select<?> statement) {
        return TenantContext.where(TENANT).call(() -> on.render(statement));
    }

    /** One round. */
    @Benchmark
    @BenchmarkMode(Mode.SingleShotTime)
    public void round(IterationParams iteration, Blackhole blackhole) throws Exception {
        if (contest != null) {
            round(contest, iteration, blackhole);
        }
    }

    /** Keeps the rounds. */
    @TearDown
    public void close() throws IOException {
        writeLog(contest(tables, schemaTables));
    }

    static String contest(int tables, int schemaTables) {
        return "rendering-" + tables + "-" + schemaTables;
    }

    private static Configuration configuration() {
        return new DefaultConfiguration().set(SQLDialect.POSTGRES);
    }

    private static TenantSchema schema(int tables) {
        TenantSchema.Builder builder = TenantSchema.builder();
        for (int i = 0; i < tables; i++) {
            builder.tenant(table(i), tenantId(i));
        }
        return builder.build();
    }

    private Select<?> statement(DSLContext on, boolean predicates) {
        SelectJoinStep<? extends Record> from = on.select(column(0, "id"), column(0, "state"), column(0, "note"))
                .from(table(0));
        for (int i = 1; i < tables; i++) {
            from = from.join(table(i)).on(column(i, "id").eq(column(i - 1, "next_id")));
        }
        SelectConditionStep<? extends Record> where = from.where(column(0, "id").eq(42L));
        for (int i = 0; predicates && i < tables; i++) {
            where = where.and(tenantId(i).eq(DSL.inline(7L))); // as the query layer writes what is only rendered
        }
        return where;
    }

    private static Table<Record> table(int i) {
        return DSL.table(DSL.name("public", "table_" + i));
    }

    private static Field<Long> column(int table, String name) {
        return DSL.field(DSL.name("public", "table_" + table, name), SQLDataType.BIGINT);
    }

    private static Field<Long> tenantId(int table) {
        return column(table, "tenant_id");
    }
}
