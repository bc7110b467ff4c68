package dev.boundary.jooq.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boundary.core.BoundaryException;
import dev.boundary.core.TenantContext;
import dev.boundary.core.TenantKey;
import dev.boundary.jooq.oracle.Oracle.Case;
import dev.boundary.jooq.oracle.Oracle.Ids;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.Query;
import org.jooq.ResultQuery;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.VisitContext;
import org.jooq.VisitListener;
import org.jooq.VisitListenerProvider;
import org.jooq.impl.CustomCondition;
import org.jooq.impl.DSL;
import org.jooq.impl.DefaultConfiguration;
import org.jooq.tools.jdbc.MockConnection;
import org.jooq.tools.jdbc.MockExecuteContext;
import org.jooq.tools.jdbc.MockResult;
import org.junit.jupiter.api.Test;

/**
 * What is sent, or why it is refused, for every shape and every attempt to evade the query layer, word for word, so
 * that no change goes unnoticed. Nothing is executed; {@link ShapesTest} and {@link EvasionsTest} check that it is
 * right. {@code -Dboundary.guide.write=true} regenerates the file.
 */
class SentSqlTest {

    private static final Path SENT = Path.of("src/test/resources/dev/boundary/jooq/oracle/sent.sql");

    private final List<String> sent = new ArrayList<>();

    @Test
    void everythingIsSentAsItWas() throws Exception {
        StringBuilder all = new StringBuilder();
        Shapes.ROWS.stream()
                .flatMap(row -> row.cases().stream())
                .forEach(shape -> append(all, shape.shape(), shape(shape, Clubs.queryLayer())));
        append(all, "evasion: ", new EvasionsTest());
        append(all, "disguise: ", new DisguisesTest());
        RowLocksTest.cases()
                .forEach(lock -> append(
                        all,
                        "lock: " + lock.name(),
                        sent(
                                RowLocksTest.TENANT,
                                RowLocksTest.LAYER.visitListenerProvider(),
                                db -> lock.query().apply(db).fetch())));
        append(
                all,
                "lock: path to shared rows",
                sent(
                        RowLocksTest.TENANT,
                        RowLocksTest.LAYER.visitListenerProvider(),
                        db -> RowLocksTest.pathToSharedRows(db).forUpdate().fetch()));
        append(
                all,
                "lock: of another than the global table",
                sent(
                        RowLocksTest.TENANT,
                        RowLocksTest.LAYER.visitListenerProvider(),
                        db -> RowLocksTest.joinedWithGlobal(db)
                                .forUpdate()
                                .of(RowLocksTest.PLACE)
                                .fetch()));
        for (Map.Entry<String, Function<DSLContext, Object>> call :
                DisguisesTest.keysOfSeveralColumns().entrySet()) {
            append(all, "key: " + call.getKey(), sent(Clubs.NORTH, new DisguisesTest().queryLayer(), call.getValue()));
        }
        for (Map.Entry<String, Function<DSLContext, Object>> call : calls().entrySet()) {
            append(all, "call: " + call.getKey(), sent(Clubs.NORTH, Clubs.queryLayer(), call.getValue()));
        }
        for (Query statement : QomSamples.otherStatements(DSL.using(SQLDialect.POSTGRES))) {
            append(all, "statement: " + statement, sent(Clubs.NORTH, Clubs.queryLayer(), db -> {
                statement.attach(db.configuration());
                return statement.execute();
            }));
        }
        if (Boolean.getBoolean("boundary.guide.write")) {
            Files.createDirectories(SENT.getParent());
            Files.writeString(SENT, all);
            return;
        }
        assertThat(all.toString())
                .as("what is sent; -Dboundary.guide.write=true writes it")
                .isEqualTo(Files.readString(SENT));
    }

    /** What is only bound, or depends on settings. */
    private static Map<String, Function<DSLContext, Object>> calls() {
        Map<String, Function<DSLContext, Object>> calls = new LinkedHashMap<>();
        UUID north = (UUID) Clubs.NORTH.value();
        UUID south = (UUID) Clubs.SOUTH.value();
        var court = dev.boundary.jooq.clubs.Tables.COURT;
        Table<?> named = DSL.table(DSL.name("app", "court"));
        var booking = dev.boundary.jooq.clubs.Tables.BOOKING;
        var maintenance = dev.boundary.jooq.clubs.Tables.MAINTENANCE;
        calls.put(
                "batch that binds its tenant",
                db -> db.batch(db.insertInto(court, court.NAME, court.TENANT_ID).values("", north))
                        .bind("a", north)
                        .bind("b", null)
                        .execute());
        calls.put(
                "batch that binds another tenant",
                db -> db.batch(db.insertInto(court, court.NAME, court.TENANT_ID).values("", north))
                        .bind("a", north)
                        .bind("b", south)
                        .execute());
        calls.put(
                "batch of updates that bind their tenant",
                db -> db.batch(db.update(court)
                                .set(court.TENANT_ID, north)
                                .set(court.NAME, "")
                                .where(court.ID.eq(0)))
                        .bind(north, "a", 1)
                        .execute());
        calls.put(
                "condition for the tenant that somebody takes away",
                db -> DSL.using(db.configuration().derive(takingAwayConditions(), Clubs.queryLayer()))
                        .selectFrom(court)
                        .fetch());
        calls.put(
                "condition for the tenant of a join that somebody takes away",
                db -> DSL.using(db.configuration().derive(takingAwayConditions(), Clubs.queryLayer()))
                        .mergeInto(court)
                        .using(DSL.selectOne())
                        .on(court.ID.eq(1))
                        .whenMatchedThenDelete()
                        .execute());
        calls.put(
                "condition for the tenant beside a table that somebody takes away",
                db -> DSL.using(db.configuration().derive(takingAwayConditions(), Clubs.queryLayer()))
                        .select(DSL.asterisk())
                        .from(court.naturalFullOuterJoin(court.as("c")))
                        .fetch());
        calls.put(
                "condition for the tenant of a path that somebody takes away",
                db -> DSL.using(db.configuration().derive(takingAwayConditions(), Clubs.queryLayer()))
                        .select(booking.court().NAME)
                        .from(booking)
                        .fetch());
        calls.put(
                "plain SQL after a subquery in a value that is read from the parent",
                db -> db.update(maintenance)
                        .set(
                                maintenance.COURT_ID,
                                DSL.coalesce(
                                        DSL.field(DSL.select(DSL.max(court.ID)).from(court)),
                                        DSL.field("(select max(id) from app.court)", Integer.class)))
                        .execute());
        calls.put(
                "routine without its schema",
                db -> DSL.using(db.configuration().deriveSettings(settings -> settings.withRenderSchema(false)))
                        .select(Routines.doubled(court.ID))
                        .from(court)
                        .fetch());
        calls.put(
                "type of a column of jsonTable that is text",
                db -> db.select(DSL.asterisk())
                        .from(DSL.jsonbTable(JSONB.valueOf("[1]"), "$[*]")
                                .column("a", DisguisesTest.type("int), note from app.booking) t --")))
                        .fetch());
        calls.put(
                "column in a template that is a table",
                db -> db.select(DSL.asterisk())
                        .from(DSL.table("{0}", DSL.field(DSL.name("app", "booking"))))
                        .fetch());
        calls.put(
                "function of another schema with a harmless name",
                db -> db.select(DSL.function(DSL.name("app", "lower"), String.class))
                        .fetch());
        calls.put(
                "function of PostgreSQL with its schema",
                db -> db.select(DSL.function(DSL.name("pg_catalog", "lower"), String.class, DSL.val("X")))
                        .fetch());
        var template = dev.boundary.jooq.clubs.Tables.TEMPLATE;
        calls.put(
                "batch that binds the tenant of a mixed table",
                db -> db.batch(db.insertInto(template, template.ID, template.TENANT_ID)
                                .values(0, north))
                        .bind(1, north)
                        .execute());
        Field<String> text = DSL.field(DSL.name("tenant_id"), String.class);
        calls.put(
                "child without its parent",
                db -> db.insertInto(maintenance, maintenance.ID).values(1).execute());
        calls.put(
                "child of default values",
                db -> db.insertInto(maintenance).defaultValues().execute());
        calls.put(
                "query into a table without a list of columns",
                db -> db.insertInto(named)
                        .select(DSL.select(court.ID).from(court))
                        .execute());
        calls.put(
                "tenant as a text",
                db -> db.insertInto(named, text)
                        .values(north.toString().toUpperCase(Locale.ROOT))
                        .execute());
        calls.put(
                "another tenant as a text",
                db -> db.insertInto(named, text).values(south.toString()).execute());
        calls.put(
                "no tenant at all",
                db -> db.insertInto(named, text).values("north").execute());
        calls.put(
                "table by a name in another case",
                db -> db.select().from(DSL.table(DSL.name("app", "Court"))).fetch());
        calls.put("batch of records with the tenant", db -> {
            var record = db.newRecord(court);
            record.setTenantId(north);
            record.setName("x");
            record.setId(1);
            record.touched(court.ID, false);
            return db.batchUpdate(record, record).execute();
        });
        calls.put("shown, not executed", db -> db.select(court.ID).from(court).getSQL());
        calls.put(
                "rows of a tenant and a column",
                db -> db.update(court)
                        .set(DSL.row(court.TENANT_ID, court.NAME), DSL.row(DSL.val(north), DSL.val("x")))
                        .execute());
        calls.put(
                "rows of a tenant alone",
                db -> db.update(court)
                        .set(DSL.row(court.TENANT_ID), DSL.row(DSL.val(north)))
                        .execute());
        return calls;
    }

    /** A listener before the query layer that takes away what that put in, so that it is not rendered. */
    private static VisitListenerProvider takingAwayConditions() {
        return () -> new VisitListener() {
            @Override
            public void visitStart(VisitContext context) {
                if (context.queryPart() instanceof CustomCondition) {
                    context.queryPart(DSL.trueCondition());
                }
            }
        };
    }

    private void append(StringBuilder all, String prefix, Evasions evasions) {
        evasions.evasions()
                .forEach((name, attempt) ->
                        append(all, prefix + name, sent(Clubs.NORTH, evasions.queryLayer(), attempt)));
    }

    private static void append(StringBuilder all, String name, String sent) {
        all.append("-- ").append(name).append('\n').append(sent).append("\n\n");
    }

    private String shape(Case shape, VisitListenerProvider queryLayer) {
        Ids ids = new Ids(1);
        return sent(ids.key(), queryLayer, db -> {
            Object made = shape.statement().apply(ids).apply(db);
            if (made instanceof Query query) {
                query.attach(db.configuration());
                return query instanceof ResultQuery<?> rows ? rows.fetch() : query.execute();
            }
            return made;
        });
    }

    private String sent(TenantKey tenant, VisitListenerProvider queryLayer, Function<DSLContext, Object> action) {
        sent.clear();
        DSLContext db = DSL.using(new DefaultConfiguration()
                .set(SQLDialect.POSTGRES)
                .set(new MockConnection(this::execute))
                .set(queryLayer));
        try {
            TenantContext.where(tenant).run(() -> {
                Object made = action.apply(db);
                if (made instanceof String sql) {
                    sent.add(sql);
                }
            });
        } catch (BoundaryException refused) {
            sent.add("-- " + refused.getClass().getSimpleName() + ": " + refused.getMessage());
        } catch (RuntimeException withoutRows) {
            if (sent.isEmpty()) {
                sent.add("-- " + withoutRows);
            }
        }
        return sent.stream().map(sql -> sql.replace("\"", "")).collect(Collectors.joining("\n"));
    }

    private MockResult[] execute(MockExecuteContext context) {
        String values = context.batch()
                ? Arrays.deepToString(context.batchBindings())
                : Arrays.deepToString(context.bindings());
        sent.add(String.join("; ", context.batch() ? context.batchSQL() : new String[] {context.sql()}) + " -- "
                + values);
        int count =
                context.batch() && context.batchSingle() ? context.batchBindings().length : context.batchSQL().length;
        return Stream.generate(() -> new MockResult(1))
                .limit(Math.max(1, count))
                .toArray(MockResult[]::new);
    }
}
