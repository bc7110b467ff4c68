package dev.boundary.jooq.oracle;

import static dev.boundary.jooq.clubs.Tables.BOOKING;
import static dev.boundary.jooq.clubs.Tables.COUNTER;
import static dev.boundary.jooq.clubs.Tables.COURT;
import static dev.boundary.jooq.clubs.Tables.CURRENCY;
import static dev.boundary.jooq.clubs.Tables.MAINTENANCE;
import static dev.boundary.jooq.clubs.Tables.TEMPLATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jooq.impl.DSL.asterisk;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.excluded;
import static org.jooq.impl.DSL.falseCondition;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.schema;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.sequence;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.trueCondition;
import static org.jooq.impl.DSL.unquotedName;
import static org.jooq.impl.DSL.using;
import static org.jooq.impl.DSL.val;
import static org.jooq.impl.DSL.when;
import static org.jooq.impl.DSL.xmlelement;
import static org.jooq.impl.DSL.xmltable;

import dev.boundary.core.CrossTenantException;
import dev.boundary.core.TenantContext;
import dev.boundary.core.TenantKey;
import dev.boundary.core.internal.EventPublisher;
import dev.boundary.jooq.clubs.tables.Court;
import dev.boundary.jooq.clubs.tables.Currency;
import dev.boundary.jooq.clubs.tables.Maintenance;
import dev.boundary.jooq.clubs.tables.Template;
import dev.boundary.jooq.internal.query.QueryLayer;
import dev.boundary.jooq.internal.query.QueryLayerSettings;
import dev.boundary.jooq.schema.TenantSchema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jooq.DSLContext;
import org.jooq.DataType;
import org.jooq.Decfloat;
import org.jooq.Field;
import org.jooq.ForeignKey;
import org.jooq.Query;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.UniqueKey;
import org.jooq.VisitContext;
import org.jooq.VisitListener;
import org.jooq.VisitListenerProvider;
import org.jooq.XML;
import org.jooq.conf.MappedSchema;
import org.jooq.conf.MappedTable;
import org.jooq.conf.ParamCastMode;
import org.jooq.conf.RenderMapping;
import org.jooq.conf.RenderQuotedNames;
import org.jooq.conf.RenderTable;
import org.jooq.conf.Settings;
import org.jooq.impl.DefaultConfiguration;
import org.jooq.impl.DefaultDataType;
import org.jooq.impl.EmbeddableRecordImpl;
import org.jooq.impl.Internal;
import org.jooq.impl.QOM;
import org.jooq.impl.SQLDataType;
import org.jooq.impl.TableImpl;
import org.junit.jupiter.api.Test;

/** Statements in which a name or a value is not what it looks like. */
@SuppressWarnings({"unchecked", "rawtypes"})
class DisguisesTest extends Evasions {

    private static final Map<String, Function<DSLContext, Object>> EVASIONS = new LinkedHashMap<>();

    /** A parent and its child whose columns have the same name. */
    private static final class Site extends TableImpl<Record> {
        private static final long serialVersionUID = 1L;

        final TableField<Record, Integer> siteId = createField(name("site_id"), SQLDataType.INTEGER.notNull(), this);
        final TableField<Record, UUID> tenantId = createField(name("tenant_id"), SQLDataType.UUID.notNull(), this);

        Site() {
            super(name("site"), schema(name("app")));
        }
    }

    private static final class Stop extends TableImpl<Record> {
        private static final long serialVersionUID = 1L;

        final TableField<Record, Integer> siteId = createField(name("site_id"), SQLDataType.INTEGER.notNull(), this);

        Stop() {
            super(name("stop"), schema(name("app")));
        }
    }

    /** A parent and its child with a key of two columns. */
    private static final class Zone extends TableImpl<Record> {
        private static final long serialVersionUID = 1L;

        final TableField<Record, Integer> a = createField(name("a"), SQLDataType.INTEGER.notNull(), this);
        final TableField<Record, Integer> b = createField(name("b"), SQLDataType.INTEGER.notNull(), this);
        final TableField<Record, UUID> tenantId = createField(name("tenant_id"), SQLDataType.UUID.notNull(), this);

        Zone() {
            super(name("zone"), schema(name("app")));
        }

        UniqueKey<Record> key() {
            return Internal.createUniqueKey(this, name("zone_pkey"), new TableField[] {a, b}, true);
        }
    }

    private static final class Spot extends TableImpl<Record> {
        private static final long serialVersionUID = 1L;

        final TableField<Record, Integer> id = createField(name("id"), SQLDataType.INTEGER.notNull(), this);
        final TableField<Record, Integer> za = createField(name("za"), SQLDataType.INTEGER.notNull(), this);
        final TableField<Record, Integer> zb = createField(name("zb"), SQLDataType.INTEGER.notNull(), this);

        Spot() {
            super(name("spot"), schema(name("app")));
        }

        @Override
        public List<ForeignKey<Record, ?>> getReferences() {
            return List.of(Internal.createForeignKey(
                    this,
                    name("spot_zone_fkey"),
                    new TableField[] {za, zb},
                    ZONE.key(),
                    new TableField[] {ZONE.a, ZONE.b},
                    true,
                    QOM.ForeignKeyRule.NO_ACTION,
                    QOM.ForeignKeyRule.NO_ACTION));
        }
    }

    /** Columns that jOOQ's generator may put together. */
    static final class Owner extends EmbeddableRecordImpl<Owner> {
        private static final long serialVersionUID = 1L;

        Owner(UUID tenant, String surface) {
            super(row(COURT.TENANT_ID, COURT.SURFACE));
            from(List.of(tenant, surface));
        }
    }

    private static final Site SITE = new Site();
    private static final Stop STOP = new Stop();
    private static final Zone ZONE = new Zone();
    private static final Spot SPOT = new Spot();
    private static final Table<?> DOCUMENT = table(name("app", "document"));
    private static final Field OWNER = (Field) Internal.createEmbeddable(
            name("owner"), Owner.class, false, (Table) COURT, (TableField) COURT.TENANT_ID, (TableField) COURT.SURFACE);

    private static final QueryLayer LAYER = new QueryLayer(
            Clubs.declaration()
                    .tenant(SITE, SITE.tenantId)
                    .child(STOP, STOP.siteId, SITE, SITE.siteId)
                    .tenant(ZONE, ZONE.tenantId)
                    .child(SPOT.za, SPOT.zb)
                    .tenant(DOCUMENT, field(name("tenant_id"), SQLDataType.UUID.notNull()))
                    .build(),
            QueryLayerSettings.DEFAULT,
            new EventPublisher(List.of()));

    @Override
    VisitListenerProvider queryLayer() {
        return LAYER.visitListenerProvider();
    }

    @Override
    Map<String, Function<DSLContext, Object>> evasions() {
        return EVASIONS;
    }

    /** What may be written into a foreign key of several columns, and what not. */
    static Map<String, Function<DSLContext, Object>> keysOfSeveralColumns() {
        Map<String, Function<DSLContext, Object>> calls = new LinkedHashMap<>();
        calls.put(
                "all columns",
                db -> db.insertInto(SPOT, SPOT.id, SPOT.za, SPOT.zb)
                        .values(5, 1, 1)
                        .execute());
        calls.put(
                "all columns from a query",
                db -> db.insertInto(SPOT, SPOT.id, SPOT.za, SPOT.zb)
                        .select(select(ZONE.a, ZONE.a, ZONE.b).from(ZONE))
                        .execute());
        calls.put(
                "a batch",
                db -> db.batch(db.insertInto(SPOT, SPOT.id, SPOT.za, SPOT.zb).values(0, 0, 0))
                        .bind(5, 1, 1)
                        .execute());
        calls.put("one column", db -> db.update(SPOT).set(SPOT.zb, 1).execute());
        calls.put(
                "all columns, apart",
                db -> db.update(SPOT).set(SPOT.za, 1).set(SPOT.zb, 1).execute());
        calls.put(
                "all columns in a row",
                db -> db.update(SPOT)
                        .set(row(SPOT.za, SPOT.zb), row(val(1), val(1)))
                        .execute());
        calls.put(
                "all columns in a row, from a query",
                db -> db.update(SPOT)
                        .set(row(SPOT.za, SPOT.zb), select(ZONE.a, ZONE.b).from(ZONE))
                        .execute());
        return calls;
    }

    private static void evasion(String name, Function<DSLContext, Object> attempt) {
        EVASIONS.put(name, attempt);
    }

    private static void evasion(String name, UnaryOperator<Settings> settings, Function<DSLContext, Object> attempt) {
        EVASIONS.put(name, db -> attempt.apply(using(db.configuration().deriveSettings(settings))));
    }

    /** Another listener, after the query layer. */
    private static void replacing(String name, Consumer<VisitContext> start, Function<DSLContext, Object> attempt) {
        VisitListener listener = new VisitListener() {
            @Override
            public void visitStart(VisitContext context) {
                start.accept(context);
            }
        };
        EVASIONS.put(
                name,
                db -> attempt.apply(
                        using(db.configuration().derive().setAppending((VisitListenerProvider) () -> listener))));
    }

    private static String seen(int rows) {
        return rows > 0 ? CANARY : "";
    }

    static {
        namesThatAreText();
        valuesThatAreText();
        typesThatAreText();
        namesThatAreMapped();
        columnsOfOtherTables();
        columnsInsideColumns();
        valuesThatChange();
        valuesOfKeysOfSeveralColumns();
        valuesInJoinsOfPaths();
        replacedParts();
        functions();
    }

    private static void namesThatAreText() {
        String text = "(select string_agg(note, ',') from app.booking)";
        evasion(
                "a column's name without quotes",
                db -> db.select(field(unquotedName(text))).fetch());
        evasion(
                "a column's name where none gets quotes",
                settings -> settings.withRenderQuotedNames(RenderQuotedNames.NEVER),
                db -> db.select(field(name(text))).fetch());
        evasion(
                "a column's name where only some get quotes",
                settings -> settings.withRenderQuotedNames(RenderQuotedNames.EXPLICIT_DEFAULT_UNQUOTED),
                db -> db.select(field(name(text))).fetch());
        evasion(
                "an alias without quotes",
                db -> db.select(NOTE)
                        .from(CURRENCY.as(unquotedName("c, app.booking")))
                        .fetch());
        evasion(
                "a column's alias without quotes",
                db -> db.select(inline(1).as(unquotedName("x, " + text)), inline("x"))
                                .fetchOne()
                                .formatJSON()
                        + db.select(field(unquotedName(text + " y"))).fetch());
        evasion(
                "a table of the catalog without quotes",
                db -> db.select(NOTE)
                        .from(table(unquotedName("pg_catalog", "pg_am, app.booking")))
                        .fetch());
        evasion(
                "a column to set without quotes",
                db -> db.update(COURT)
                        .set(field(unquotedName("surface = 'x', tenant_id"), UUID.class), S)
                        .execute());
        evasion(
                "an element's name without quotes",
                db -> db.select(xmlelement(unquotedName("x, " + text))).fetch());
    }

    private static void valuesThatAreText() {
        evasion(
                "a number that is text",
                settings -> settings.withParamCastMode(ParamCastMode.NEVER),
                db -> db.select(inline(Decfloat.decfloat("(select string_agg(note, ',') from app.booking)")))
                        .fetch());
    }

    private static void typesThatAreText() {
        evasion(
                "a type of a column of xmltable that is text",
                db -> db.select(NOTE)
                        .from(xmltable("//a")
                                .passing(XML.xml("<a>1</a>"))
                                .column("a", type("int path '.') x, app.booking --")))
                        .fetch());
    }

    static DataType<Integer> type(String name) {
        return new DefaultDataType<>(SQLDialect.POSTGRES, Integer.class, name, name);
    }

    private static void namesThatAreMapped() {
        UnaryOperator<Settings> everythingIntoApp = settings -> settings.withRenderMapping(new RenderMapping()
                .withSchemata(new MappedSchema()
                        .withInputExpression(Pattern.compile(".+"))
                        .withOutput("app")));
        evasion(
                "a table of the catalog that is mapped",
                everythingIntoApp,
                db -> db.select(NOTE).from(table(name("pg_catalog", "booking"))).fetch());
        evasion(
                "a table of the information schema without its schema",
                settings -> settings.withRenderSchema(false),
                db -> db.select(NOTE)
                        .from(table(name("information_schema", "booking")))
                        .fetch());
        evasion(
                "a table of the catalog, which is the default schema",
                settings -> settings.withRenderMapping(new RenderMapping().withDefaultSchema("pg_catalog")),
                db -> db.select(NOTE).from(table(name("pg_catalog", "booking"))).fetch());
        evasion(
                "a global table whose name is mapped to a tenant's",
                settings -> settings.withRenderMapping(new RenderMapping()
                        .withSchemata(new MappedSchema()
                                .withInput("app")
                                .withTables(
                                        new MappedTable().withInput("currency").withOutput("booking")))),
                db -> db.select(NOTE).from(CURRENCY).fetch());
        evasion(
                "an alias of a global table whose name is mapped to a tenant's",
                settings -> settings.withRenderMapping(new RenderMapping()
                        .withSchemata(new MappedSchema()
                                .withInput("app")
                                .withTables(
                                        new MappedTable().withInput("currency").withOutput("booking")))),
                db -> db.select(NOTE).from(CURRENCY.as("x")).fetch());
        evasion(
                "a CTE whose name is mapped",
                settings -> settings.withRenderMapping(new RenderMapping()
                        .withSchemata(new MappedSchema()
                                .withInput("")
                                .withTables(new MappedTable().withInput("x").withOutput("booking")))),
                db -> db.with(name("x"))
                        .as(select(inline("x").as("note")))
                        .select(NOTE)
                        .from(table(name("x")))
                        .fetch());
        UnaryOperator<Settings> unqualifiedIntoApp = settings -> settings.withRenderMapping(new RenderMapping()
                .withSchemata(new MappedSchema().withInput("").withOutput("app")));
        Select other = select(inline("x").as("note"));
        evasion(
                "a CTE that gets a schema in another",
                unqualifiedIntoApp,
                db -> db.with(BOOKING_NAME)
                        .as(other)
                        .with("y")
                        .as(select(NOTE).from(table(BOOKING_NAME)))
                        .select(NOTE)
                        .from(name("y"))
                        .fetch());
        evasion(
                "a CTE that gets a schema in INSERT",
                unqualifiedIntoApp,
                db -> db.with(BOOKING_NAME)
                        .as(other)
                        .insertInto(COUNTER, COUNTER.NAME, COUNTER.VALUE)
                        .select(select(NOTE, inline(1)).from(table(BOOKING_NAME)))
                        .returning(COUNTER.NAME)
                        .fetch());
        evasion(
                "a CTE that gets a schema in a subquery",
                unqualifiedIntoApp,
                db -> db.with(BOOKING_NAME)
                        .as(other)
                        .select(field(
                                select(max(NOTE)).from(table(BOOKING_NAME)).where(NOTE.ne("x"))))
                        .from(table(BOOKING_NAME))
                        .fetch());
    }

    private static void columnsOfOtherTables() {
        Court other = COURT.as("other");
        Table<?> southern = select(inline(S).as("tenant_id")).asTable("other");
        evasion(
                "the column of another table of the same name",
                db -> db.update(COURT)
                        .set(other.TENANT_ID, other.TENANT_ID)
                        .from(southern)
                        .execute());
        evasion(
                "the column of another table of the same name, in a row",
                db -> db.update(COURT)
                        .set(row(other.TENANT_ID, COURT.RATE), row(other.TENANT_ID, inline(1)))
                        .from(southern)
                        .execute());
        evasion(
                "the column of another table of the same name, in MERGE",
                db -> db.mergeInto(COURT)
                        .using(southern)
                        .on(COURT.ID.eq(11))
                        .whenMatchedThenUpdate()
                        .set(other.TENANT_ID, other.TENANT_ID)
                        .execute());
        evasion(
                "the column of another table of the same name without its schema",
                settings -> settings.withRenderSchema(false),
                db -> db.update(COURT.as("target"))
                        .set(COURT.TENANT_ID, COURT.TENANT_ID)
                        .from(select(inline(S).as("tenant_id")).asTable("court"))
                        .where(field(name("target", "id"), Integer.class).eq(11))
                        .execute());
        Maintenance work = MAINTENANCE.as("work");
        evasion(
                "the foreign key of another table of the same name",
                db -> db.update(MAINTENANCE)
                        .set(work.COURT_ID, work.COURT_ID)
                        .from(select(inline(211).as("court_id")).asTable("work"))
                        .where(MAINTENANCE.ID.eq(1))
                        .execute());
        Template model = TEMPLATE.as("model");
        evasion(
                "no tenant, from a column of the same name",
                db -> db.update(TEMPLATE)
                        .set(model.TENANT_ID, model.TENANT_ID)
                        .from(select(inline(null, SQLDataType.UUID).as("tenant_id"))
                                .asTable("model"))
                        .execute());
        evasion(
                "a table that is called excluded",
                db -> db.update(COURT)
                        .set(COURT.TENANT_ID, excluded(COURT.TENANT_ID))
                        .from(select(inline(S).as("tenant_id")).asTable("excluded"))
                        .where(COURT.ID.eq(11))
                        .execute());
        evasion(
                "a source of MERGE that is called excluded",
                db -> db.mergeInto(MAINTENANCE)
                        .using(select(inline(211).as("court_id")).asTable("excluded"))
                        .on(MAINTENANCE.ID.eq(1))
                        .whenMatchedThenUpdate()
                        .set(MAINTENANCE.COURT_ID, excluded(MAINTENANCE.COURT_ID))
                        .execute());
        evasion(
                "a parent's column of the same name",
                settings -> settings.withRenderTable(RenderTable.NEVER),
                db -> db.select(NOTE).from(STOP).fetch());
        evasion(
                "a parent's column of the same name, in DELETE",
                settings -> settings.withRenderTable(RenderTable.NEVER),
                db -> db.deleteFrom(STOP).execute());
        Table<?> swapped = DOCUMENT.as("d", "owner", "tenant_id", "note");
        evasion(
                "columns that swap their names",
                db -> db.select(asterisk()).from(swapped).fetch());
        evasion(
                "columns that swap their names under an outer join",
                db -> db.select(asterisk())
                        .from(CURRENCY)
                        .leftJoin(swapped)
                        .on(trueCondition())
                        .fetch());
    }

    private static void columnsInsideColumns() {
        Owner southern = new Owner(S, "x");
        evasion(
                "an embeddable that is set",
                db -> db.update(COURT)
                        .set(OWNER, southern)
                        .where(COURT.ID.eq(11))
                        .execute());
        evasion(
                "an embeddable in a row that is set",
                db -> db.update(COURT)
                        .set(row(OWNER, COURT.RATE), row(val(southern), inline(1)))
                        .where(COURT.ID.eq(11))
                        .execute());
        evasion(
                "an embeddable that MERGE sets",
                db -> db.mergeInto(COURT)
                        .using(selectOne())
                        .on(COURT.ID.eq(11))
                        .whenMatchedThenUpdate()
                        .set(OWNER, southern)
                        .execute());
        evasion(
                "an embeddable that MERGE inserts",
                db -> db.mergeInto(COURT)
                        .using(selectOne())
                        .on(COURT.ID.eq(299))
                        .whenNotMatchedThenInsert()
                        .set(COURT.ID, 299)
                        .set(COURT.NAME, "x")
                        .set(COURT.RATE, 1)
                        .set(OWNER, southern)
                        .execute());
        evasion(
                "an embeddable after the tenant column",
                db -> db.insertInto(COURT)
                        .set(COURT.ID, 299)
                        .set(COURT.TENANT_ID, N)
                        .set(COURT.NAME, "x")
                        .set(COURT.RATE, 1)
                        .set(OWNER, southern)
                        .execute());
    }

    private static void valuesThatChange() {
        Field<UUID> inTurn = when(
                        sequence(name("app", "turn"), Integer.class)
                                .nextval()
                                .mod(2)
                                .eq(1),
                        inline(N))
                .otherwise(inline(S));
        evasion("a tenant that is another the second time", db -> {
            Function<Integer, Query> insert = id -> db.insertInto(COURT)
                    .columns(COURT.ID, COURT.TENANT_ID, COURT.NAME, COURT.RATE)
                    .values(val(id), inTurn, val("x"), val(1));
            return insert.apply(298).execute() + insert.apply(299).execute();
        });
        evasion("a tenant that is another the second time, in UPDATE", db -> {
            Query update = db.update(COURT).set(COURT.TENANT_ID, inTurn).where(COURT.ID.eq(11));
            return update.execute() + update.execute();
        });
        evasion("a tenant that is another the second time, in MERGE", db -> {
            Function<Integer, Query> merge = id -> db.mergeInto(COURT)
                    .using(selectOne())
                    .on(falseCondition())
                    .whenNotMatchedThenInsert(COURT.ID, COURT.TENANT_ID, COURT.NAME, COURT.RATE)
                    .values(val(id), inTurn, val("x"), val(1));
            return merge.apply(298).execute() + merge.apply(299).execute();
        });
    }

    private static void valuesOfKeysOfSeveralColumns() {
        Table<?> southern = select(inline(201).as("b")).asTable("spot_parent");
        evasion(
                "a column that means the parent's",
                db -> db.update(SPOT)
                        .set(row(SPOT.za, SPOT.zb), row(inline(1), field(name("b"), Integer.class)))
                        .from(southern)
                        .where(SPOT.id.eq(1))
                        .execute());
        evasion(
                "a table that means the parent",
                db -> db.update(SPOT)
                        .set(row(SPOT.za, SPOT.zb), row(inline(1), field(name("spot_parent", "b"), Integer.class)))
                        .from(southern)
                        .where(SPOT.id.eq(1))
                        .execute());
        evasion(
                "a column of a subquery that means the parent's",
                db -> db.update(SPOT)
                        .set(row(SPOT.za, SPOT.zb), row(inline(1), field(select(field(name("b"), Integer.class)))))
                        .from(southern)
                        .where(SPOT.id.eq(1))
                        .execute());
        Field<Integer> inTurn = when(
                        sequence(name("app", "turn"), Integer.class)
                                .nextval()
                                .mod(2)
                                .eq(1),
                        inline(1))
                .otherwise(inline(201));
        evasion(
                "a foreign key that is another the second time",
                db -> db.insertInto(SPOT)
                                .columns(SPOT.id, SPOT.za, SPOT.zb)
                                .values(inline(8), inline(1), inTurn)
                                .execute()
                        + db.insertInto(SPOT)
                                .columns(SPOT.id, SPOT.za, SPOT.zb)
                                .values(inline(9), inline(1), inTurn)
                                .execute());
    }

    /** jOOQ puts the joins of paths in where it believes their place among the bind values to be. */
    private static void valuesInJoinsOfPaths() {
        Field<String> note = BOOKING.NOTE.concat(coalesce(BOOKING.member().CITY, inline("")));
        evasion(
                "a bind value that moves to the place of the tenant",
                db -> db.select(
                                field(select(max(note)).from(BOOKING).where(val(S).isNotNull())),
                                field(select(max(note)).from(BOOKING).where(val(S).isNotNull())),
                                field(select(min(note)).from(BOOKING).where(val(S).isNotNull())))
                        .fetch());
    }

    private static void replacedParts() {
        replacing(
                "a table that another listener replaces",
                context -> {
                    if (context.queryPart() instanceof Currency
                            && context.context().declareTables()) {
                        context.queryPart(BOOKING);
                    }
                },
                db -> db.select(NOTE).from(CURRENCY).fetch());
        replacing(
                "a statement that another listener replaces",
                context -> {
                    if (context.queryPart() instanceof Select && context.queryPartsLength() == 1) {
                        context.queryPart(select(NOTE).from(BOOKING));
                    }
                },
                db -> db.select(NOTE).from(CURRENCY).fetch());
    }

    private static void functions() {
        Table<?> function = new TableImpl<>(name("query_to_xml"), schema(name("pg_catalog")), null, new Field[] {
            inline("select note from app.booking"), inline(true), inline(true), inline("")
        });
        evasion(
                "a function of the catalog as a table",
                db -> db.select(field(name("query_to_xml")).cast(String.class))
                        .from(function)
                        .fetch());
        evasion(
                "the statements in the memory of the connection",
                db -> seen(db.fetchCount(table(name("pg_catalog", "pg_backend_memory_contexts")))));
    }

    /** PostgreSQL rounds what goes into a column of integers, here to the next tenant. */
    @Test
    void aNumberThatIsRounded() {
        Table<?> visits = table(name("visits"));
        Field<Object> tenant = field(name("tenant_id"));
        QueryLayer layer = new QueryLayer(
                TenantSchema.builder()
                        .tenant(visits, field(name("tenant_id"), SQLDataType.BIGINT.notNull()))
                        .build(),
                QueryLayerSettings.DEFAULT,
                new EventPublisher(List.of()));
        DSLContext db =
                using(new DefaultConfiguration().set(SQLDialect.POSTGRES).set(layer.visitListenerProvider()));

        TenantContext.where(TenantKey.of(1L)).run(() -> {
            assertThatThrownBy(() -> db.insertInto(visits, tenant).values(1.9).getSQL())
                    .isInstanceOf(CrossTenantException.class)
                    .hasMessageContaining("1.9");
            assertThat(db.insertInto(visits, tenant).values(1).getSQL()).contains("values (?)");
            assertThat(db.insertInto(visits, tenant).values("1").getSQL()).contains("values (?)");
        });
    }
}
