package dev.boundary.jooq.oracle;

import static dev.boundary.jooq.clubs.Tables.BOOKING;
import static dev.boundary.jooq.clubs.Tables.COURT;
import static dev.boundary.jooq.clubs.Tables.CURRENCY;
import static dev.boundary.jooq.clubs.Tables.MAINTENANCE;
import static dev.boundary.jooq.clubs.Tables.MEMBER;
import static dev.boundary.jooq.clubs.Tables.TEMPLATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jooq.impl.DSL.asterisk;
import static org.jooq.impl.DSL.multiset;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;

import dev.boundary.jooq.clubs.tables.Booking;
import dev.boundary.jooq.clubs.tables.Member;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jooq.DSLContext;
import org.jooq.Query;
import org.jooq.conf.RenderQuotedNames;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;
import org.jooq.tools.jdbc.MockConnection;
import org.junit.jupiter.api.Test;

/** The twenty commonest statements, as they are sent: as a person would have written them. */
class RenderedSqlTest {

    private static final String T = "cast('00000000-0000-0000-0000-000000000001' as uuid)";
    private static final Booking B = BOOKING.as("b");
    private static final Member M = MEMBER.as("m");

    private final AtomicReference<String> sent = new AtomicReference<>();

    /** Executes up to the driver: a statement that is executed is rendered differently from one that is printed. */
    private final DSLContext db = DSL.using(Clubs.renderer()
            .configuration()
            .derive(new MockConnection(statement -> {
                sent.set(statement.sql());
                throw new SQLException("not sent");
            }))
            .derive(new Settings().withRenderSchema(false).withRenderQuotedNames(RenderQuotedNames.NEVER)));

    @Test
    void selectOneTable() throws Exception {
        assertSql(
                db.select(BOOKING.ID).from(BOOKING).where(BOOKING.PRICE.gt(5)),
                "select booking.id from booking where (booking.price > ? and booking.tenant_id = cast(? as uuid))");
    }

    @Test
    void selectWithoutCondition() throws Exception {
        assertSql(
                db.select(BOOKING.ID).from(BOOKING),
                "select booking.id from booking where booking.tenant_id = cast(? as uuid)");
    }

    @Test
    void selectAlias() throws Exception {
        assertSql(db.select(B.ID).from(B), "select b.id from booking as b where b.tenant_id = cast(? as uuid)");
    }

    @Test
    void count() throws Exception {
        assertSql(
                db.selectCount().from(BOOKING),
                "select count(*) from booking where booking.tenant_id = cast(? as uuid)");
    }

    @Test
    void innerJoin() throws Exception {
        assertSql(
                db.select(B.ID).from(B).join(M).on(B.MEMBER_ID.eq(M.ID)),
                "select b.id from booking as b join member as m on b.member_id = m.id"
                        + " where (b.tenant_id = cast(? as uuid) and m.tenant_id = cast(? as uuid))");
    }

    @Test
    void leftJoin() throws Exception {
        assertSql(
                db.select(B.ID).from(B).leftJoin(M).on(B.MEMBER_ID.eq(M.ID)),
                "select b.id from booking as b left outer join member as m"
                        + " on (b.member_id = m.id and m.tenant_id = cast(? as uuid)) where b.tenant_id = cast(? as uuid)");
    }

    @Test
    void exists() throws Exception {
        assertSql(
                db.select(COURT.ID).from(COURT).whereExists(selectOne().from(B).where(B.COURT_ID.eq(COURT.ID))),
                "select court.id from court where (exists (select 1 as one from booking as b where (b.court_id ="
                        + " court.id and b.tenant_id = cast(? as uuid))) and court.tenant_id = cast(? as uuid))");
    }

    @Test
    void derivedTable() throws Exception {
        assertSql(
                db.select(asterisk()).from(select(BOOKING.ID).from(BOOKING).asTable("q")),
                "select * from (select booking.id from booking where booking.tenant_id = cast(? as uuid)) as q");
    }

    @Test
    void union() throws Exception {
        assertSql(
                db.select(COURT.ID).from(COURT).union(select(BOOKING.ID).from(BOOKING)),
                "select court.id from court where court.tenant_id = cast(? as uuid)"
                        + " union select booking.id from booking where booking.tenant_id = cast(? as uuid)");
    }

    @Test
    void commonTableExpression() throws Exception {
        assertSql(
                db.with("booking").as(select(BOOKING.ID).from(BOOKING)).select().from(DSL.table(DSL.name("booking"))),
                "with booking as (select booking.id from booking where booking.tenant_id = cast(? as uuid))"
                        + " select * from booking");
    }

    @Test
    void implicitJoin() throws Exception {
        assertSql(
                db.select(BOOKING.ID, BOOKING.court().NAME).from(BOOKING),
                "select booking.id, alias_*.name from (booking join court as alias_* on (booking.court_id = alias_*.id"
                        + " and alias_*.tenant_id = " + T + ")) where booking.tenant_id = cast(? as uuid)");
    }

    @Test
    void nestedCollection() throws Exception {
        assertSql(
                db.select(COURT.ID, multiset(select(B.ID).from(B).where(B.COURT_ID.eq(COURT.ID))))
                        .from(COURT),
                "select court.id, (select coalesce(jsonb_agg(jsonb_build_array(t.v0)), jsonb_build_array()) from"
                        + " (select b.id as v0 from booking as b where (b.court_id = court.id and b.tenant_id ="
                        + " cast(? as uuid))) as t) from court where court.tenant_id = cast(? as uuid)");
    }

    @Test
    void sharedRows() throws Exception {
        assertSql(
                db.select(TEMPLATE.ID).from(TEMPLATE).where(TEMPLATE.NAME.eq("x")),
                "select template.id from template where (template.name = ? and"
                        + " (template.tenant_id is null or template.tenant_id = cast(? as uuid)))");
    }

    @Test
    void childTable() throws Exception {
        assertSql(
                db.select(MAINTENANCE.ID).from(MAINTENANCE),
                "select maintenance.id from maintenance where exists (select 1 from court as maintenance_parent where"
                        + " (maintenance_parent.id = maintenance.court_id and maintenance_parent.tenant_id ="
                        + " cast(? as uuid)))");
    }

    @Test
    void globalTable() throws Exception {
        assertSql(db.select(CURRENCY.CODE).from(CURRENCY), "select currency.code from currency");
    }

    @Test
    void update() throws Exception {
        assertSql(
                db.update(BOOKING).set(BOOKING.PRICE, 3).where(BOOKING.ID.eq(1)),
                "update booking set price = ? where (booking.id = ? and booking.tenant_id = cast(? as uuid))");
    }

    @Test
    void delete() throws Exception {
        assertSql(db.deleteFrom(BOOKING), "delete from booking where booking.tenant_id = cast(? as uuid)");
    }

    @Test
    void insertRows() throws Exception {
        assertSql(
                db.insertInto(BOOKING, BOOKING.ID, BOOKING.COURT_ID)
                        .values(1, 2)
                        .values(3, 4),
                "insert into booking (id, court_id, tenant_id) values (?, ?, cast(? as uuid)), (?, ?, cast(? as uuid))");
    }

    @Test
    void insertDefaultValues() throws Exception {
        assertSql(db.insertInto(BOOKING).defaultValues(), "insert into booking (tenant_id) values (cast(? as uuid))");
    }

    @Test
    void selectForUpdate() throws Exception {
        assertSql(
                db.select(BOOKING.ID).from(BOOKING).forUpdate().of(BOOKING),
                "select booking.id from booking where booking.tenant_id = cast(? as uuid) for update of booking");
    }

    @Test
    void aStatementThatIsOnlyShownHasTheBindValuesOfItsUser() throws Exception {
        Query query =
                db.select(B.ID).from(B).leftJoin(M).on(B.MEMBER_ID.eq(M.ID)).where(B.PRICE.gt(5));
        String sql = Clubs.asNorth(() -> query.getSQL());
        List<Object> values = Clubs.asNorth(query::getBindValues);
        assertThat(sql)
                .isEqualTo(
                        "select b.id from booking as b left outer join member as m on (b.member_id = m.id and m.tenant_id"
                                + " = " + T + ") where (b.price > ? and b.tenant_id = " + T + ")");
        assertThat(values).isEqualTo(List.<Object>of(5));
    }

    private void assertSql(Query query, String sql) throws Exception {
        assertThatThrownBy(() -> Clubs.asNorth(query::execute)).hasMessageContaining("not sent");
        assertThat(sent.get().replaceAll("alias_\\d+", "alias_*")).isEqualTo(sql);
    }
}
