package dev.boundary.jooq.oracle;

import static dev.boundary.jooq.clubs.Tables.BOOKING;
import static org.jooq.impl.DSL.all;
import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.array;
import static org.jooq.impl.DSL.arrayAllMatch;
import static org.jooq.impl.DSL.arrayAnyMatch;
import static org.jooq.impl.DSL.arrayFilter;
import static org.jooq.impl.DSL.arrayMap;
import static org.jooq.impl.DSL.arrayNoneMatch;
import static org.jooq.impl.DSL.asterisk;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.countLarge;
import static org.jooq.impl.DSL.dual;
import static org.jooq.impl.DSL.jsonArray;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.unique;
import static org.jooq.impl.DSL.val;
import static org.jooq.impl.DSL.xmlpi;

import dev.boundary.jooq.clubs.App;
import dev.boundary.jooq.clubs.tables.Booking;
import dev.boundary.jooq.clubs.tables.Court;
import dev.boundary.jooq.clubs.tables.Member;
import java.sql.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Query;
import org.jooq.Row2;
import org.jooq.SelectField;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jooq.impl.UDTImpl;
import org.jooq.impl.UDTRecordImpl;

/** Statements with what no shape and no function of the DSL has. */
final class QomSamples {

    private static final String ONLY_IN_DDL = "only in DDL";

    private static final String OF_MERGE = "a clause of `Merge`, which is rewritten";
    private static final String NOWHERE = "no class of the open-source edition is one";

    /** The types that no listener hears of, and why. */
    static final Map<String, String> NEVER = Map.ofEntries(
            Map.entry("MergeMatched", OF_MERGE),
            Map.entry("MergeNotMatched", OF_MERGE),
            Map.entry("MergeNotMatchedBySource", OF_MERGE),
            Map.entry("Tuple2", "two parts in a list"),
            Map.entry("PrimaryKey", ONLY_IN_DDL),
            Map.entry("UniqueKey", ONLY_IN_DDL),
            Map.entry("ForeignKey", ONLY_IN_DDL),
            Map.entry("Check", ONLY_IN_DDL),
            Map.entry("NullStatement", "only in procedural blocks"),
            Map.entry("Convert", NOWHERE),
            Map.entry("RowSubquery", NOWHERE));

    private static final Booking B = BOOKING.as("b");
    private static final Court C = new Court("c");
    private static final Member M = new Member("m");

    private QomSamples() {}

    static Stream<Query> samples(DSLContext db) {
        return Stream.of(
                        fields().map(field -> db.select(field).from(B, C)),
                        conditions().map(condition -> db.selectOne().from(B, C).where(condition)),
                        Stream.of(
                                db.selectOne().from(dual()),
                                db.select(asterisk()).from(B.straightJoin(C).on(B.COURT_ID.eq(C.ID))),
                                db.select(asterisk()).from(B.useIndex("booking_pkey"))))
                .flatMap(statements -> statements);
    }

    private static Stream<SelectField<?>> fields() {
        return Stream.of(
                jsonArray(select(M.ID).from(M)),
                xmlpi("x"),
                array(select(M.ID).from(M)),
                arrayMap(array(1, 2), e -> e.plus(1)),
                arrayFilter(array(1, 2), e -> e.gt(1)),
                arrayAllMatch(array(1, 2), e -> e.gt(1)),
                arrayAnyMatch(array(1, 2), e -> e.gt(1)),
                arrayNoneMatch(array(1, 2), e -> e.gt(1)),
                B.rowid(),
                B.NOTE.collate("C"),
                count(B),
                countLarge(B),
                DSL.field(select(row(M.ID, M.NAME)).from(M).limit(1)),
                new Price().construct(val(1)));
    }

    private static Stream<Condition> conditions() {
        Row2<Integer, Integer> one = row(B.ID, B.PRICE);
        Row2<Integer, Integer> other = row(C.ID, C.RATE);
        Field<byte[]> bytes = val(new byte[] {1});
        Row2<Date, Date> dates = row(val(Date.valueOf("2026-01-01")), val(Date.valueOf("2026-01-02")));
        return Stream.of(
                one.eq(other),
                one.ne(other),
                one.lt(other),
                one.le(other),
                one.gt(other),
                one.ge(other),
                one.isNull(),
                one.isNotNull(),
                one.eq(select(M.ID, M.REFERRER_ID).from(M)),
                dates.overlaps(dates),
                select(M.ID).from(M).isNull(),
                select(M.ID).from(M).isNotNull(),
                unique(select(M.ID).from(M)),
                B.eq(BOOKING.as("b")),
                B.ne(BOOKING.as("b")),
                B.ID.eq(any(1, 2)),
                B.ID.ne(all(select(M.ID).from(M))),
                B.ID.lt(any(select(M.ID).from(M))),
                B.ID.ge(all(select(M.ID).from(M))),
                B.NOTE.notLike(all("a", "b")),
                B.NOTE.similarTo(any("a", "b")),
                B.NOTE.notSimilarTo(all("a", "b")),
                bytes.binaryLike(any(new byte[] {1}, new byte[] {2})),
                bytes.notBinaryLike(any(new byte[] {1}, new byte[] {2})));
    }

    /** A composite type, as jOOQ's generator makes its classes. */
    private static final class Price extends UDTImpl<PriceRecord> {
        private static final long serialVersionUID = 1L;

        Price() {
            super(name("price"), App.APP, null, false);
        }

        @Override
        public Class<PriceRecord> getRecordType() {
            return PriceRecord.class;
        }
    }

    private static final class PriceRecord extends UDTRecordImpl<PriceRecord> {
        private static final long serialVersionUID = 1L;

        PriceRecord() {
            super(new Price());
        }
    }

    /** One of each kind of statement that is none of those that are rewritten. */
    static List<Query> otherStatements(DSLContext db) {
        return List.of(
                db.alterTable(BOOKING).drop(BOOKING.NOTE),
                db.alterIndex("i").renameTo("j"),
                db.alterSchema("s").renameTo("t"),
                db.alterSequence("s").restart(),
                db.alterView("v").renameTo("w"),
                db.alterType("t").renameTo("u"),
                db.alterDomain("d").renameTo("e"),
                db.alterDatabase("d").renameTo("e"),
                db.commentOnTable(BOOKING).is("x"),
                db.createTable("x").column("id", SQLDataType.INTEGER),
                db.createIndex("i").on(BOOKING, BOOKING.NOTE),
                db.createSchema("s"),
                db.createSequence("s"),
                db.createView("v").as(select(B.ID).from(B)),
                db.createType("t").asEnum("a"),
                db.createDomain("d").as(SQLDataType.INTEGER),
                db.createDatabase("d"),
                db.dropTable("x"),
                db.dropIndex("i"),
                db.dropSchema("s"),
                db.dropSequence("s"),
                db.dropView("v"),
                db.dropType("t"),
                db.dropDomain("d"),
                db.dropDatabase("d"),
                db.grant(DSL.privilege("select")).on(BOOKING).to(DSL.user("u")),
                db.revoke(DSL.privilege("select")).on(BOOKING).from(DSL.user("u")),
                db.set(name("row_security"), val("off")),
                db.setLocal(name("app", "current_tenant_id"), val("x")),
                db.set(name("lock_timeout"), val(1)),
                db.setSchema("s"),
                db.setCatalog("c"),
                db.startTransaction(),
                db.savepoint("s"),
                db.releaseSavepoint("s"),
                db.rollback(),
                db.commit(),
                db.truncate(BOOKING));
    }
}
