package dev.boundary.jooq.internal.session;

import static dev.boundary.jooq.internal.session.SessionDatabase.A;
import static dev.boundary.jooq.internal.session.SessionDatabase.B;
import static dev.boundary.jooq.internal.session.SessionDatabase.NOTE;
import static dev.boundary.jooq.internal.session.SessionDatabase.NOTE_ID;
import static dev.boundary.jooq.internal.session.SessionDatabase.NOTE_TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boundary.core.TenantContext;
import dev.boundary.core.TenantKey;
import dev.boundary.jooq.Boundary;
import dev.boundary.jooq.Layers;
import dev.boundary.testing.postgresql.TestDatabase;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Year;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.JSON;
import org.jooq.JSONB;
import org.jooq.SQLDialect;
import org.jooq.XML;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jooq.types.DayToSecond;
import org.jooq.types.UByte;
import org.jooq.types.UInteger;
import org.jooq.types.ULong;
import org.jooq.types.UShort;
import org.jooq.types.YearToMonth;
import org.jooq.types.YearToSecond;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.jdbc.AutoSave;
import org.postgresql.util.PSQLException;

/**
 * Once the driver has described a statement with an unbounded row, it sends prefix and statement in two transactions.
 * Whatever is bound, however often, that must not happen.
 */
@ExtendWith(SharedDatabase.class)
class DescribeTrapTest {

    private static final int TIMES = 12;

    private static TestDatabase database;

    @BeforeAll
    static void start(TestDatabase shared) throws Exception {
        database = shared;
    }

    enum Driver {
        DEFAULT,
        PREPARE_AT_ONCE,
        UNTYPED_STRINGS,
        UNTYPED_STRINGS_AT_ONCE,
        BINARY_DATES,
        AUTOSAVE,
        REWRITTEN_BATCHES;

        void set(PGSimpleDataSource source) {
            if (name().startsWith("UNTYPED_STRINGS")) {
                source.setStringType("unspecified");
            }
            if (name().endsWith("AT_ONCE")) {
                source.setPrepareThreshold(1);
            }
            if (this == AUTOSAVE) {
                source.setAutosave(AutoSave.ALWAYS);
            }
            if (this == REWRITTEN_BATCHES) {
                source.setReWriteBatchedInserts(true);
            }
            if (this == BINARY_DATES) {
                source.setBinaryTransferEnable("date,timestamp,timestamptz,time,uuid,numeric");
            }
        }
    }

    @ParameterizedTest
    @Tag("long")
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"DEFAULT", "UNTYPED_STRINGS"})
    void everyBindTypeInAutocommitWithOtherSettings(Driver driver) throws SQLException {
        everyBindTypeInAutocommit(driver);
    }

    @ParameterizedTest
    @EnumSource(names = {"DEFAULT", "UNTYPED_STRINGS"})
    void everyBindTypeInAutocommit(Driver driver) throws SQLException {
        onOneConnection(
                driver,
                (_, db) -> binds().forEach(bind -> {
                    for (int i = 0; i < TIMES; i++) {
                        oneFlush(db, bind, i);
                    }
                }));
    }

    @ParameterizedTest
    @Tag("long")
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "DEFAULT")
    void valueAndNullInTurnWithOtherSettings(Driver driver) throws SQLException {
        valueAndNullInTurn(driver);
    }

    @ParameterizedTest
    @EnumSource(names = "DEFAULT")
    void valueAndNullInTurn(Driver driver) throws SQLException {
        onOneConnection(
                driver,
                (_, db) -> binds().forEach(bind -> {
                    for (int i = 0; i < TIMES; i++) {
                        oneFlush(db, bind.isNull() ? bind : i % 2 == 0 ? bind : bind.ofNull(), i);
                    }
                }));
    }

    @ParameterizedTest
    @Tag("long")
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "DEFAULT")
    void firstInTransactionsThenInAutocommitWithOtherSettings(Driver driver) throws SQLException {
        firstInTransactionsThenInAutocommit(driver);
    }

    @ParameterizedTest
    @EnumSource(names = "DEFAULT")
    void firstInTransactionsThenInAutocommit(Driver driver) throws SQLException {
        onOneConnection(driver, (connection, db) -> {
            for (Bind<?> bind : binds()) {
                connection.setAutoCommit(false);
                for (int i = 0; i < TIMES; i++) {
                    assertThat(notes(db, A, bind)).containsExactly("a1", "a2");
                }
                connection.commit();
                connection.setAutoCommit(true);
                oneFlush(db, bind, 0);
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void batches(Driver driver) throws SQLException {
        onOneConnection(driver, (_, db) -> {
            for (int i = 0; i < TIMES; i++) {
                int[] counts = TenantContext.where(A)
                        .call(() -> db.batch(db.update(NOTE)
                                        .set(NOTE_TEXT, NOTE_TEXT)
                                        .where(NOTE_TEXT.eq("")))
                                .bind("a1")
                                .bind("b1")
                                .execute());
                assertThat(counts).containsExactly(1, 0);
            }
        });
    }

    @Test
    void withoutTheWorkaroundTheTenantIsLost() throws SQLException {
        try (Connection connection = database.application().getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("select set_config('app.current_tenant_id', ?, true);"
                                + " select text from note where ?::date is not null")) {
            statement.setString(1, "1");
            statement.setDate(2, Date.valueOf("2026-01-01"));
            assertThatThrownBy(() -> {
                        for (int i = 0; i < TIMES; i++) {
                            statement.execute();
                        }
                    })
                    .isInstanceOf(PSQLException.class)
                    .hasMessageContaining("tenant context is not set");
        }
    }

    private static void oneFlush(DSLContext db, Bind<?> bind, int time) {
        TenantKey tenant = time % 2 == 0 ? A : B;
        long flushes = CountingSocketFactory.flushesOf(() -> assertThat(notes(db, tenant, bind))
                .as("%s, time %d", bind, time)
                .isEqualTo(tenant.equals(A) ? List.of("a1", "a2") : List.of("b1", "b2")));
        assertThat(flushes).as("%s, time %d", bind, time).isEqualTo(1);
    }

    private static <T> List<String> notes(DSLContext db, TenantKey tenant, Bind<T> bind) {
        // A cast, so that PostgreSQL knows a type that the driver leaves open.
        Field<T> value = DSL.cast(DSL.val(bind.value(), bind.type()), bind.type());
        return TenantContext.where(tenant)
                .call(() -> db.select(NOTE_TEXT)
                        .from(NOTE)
                        .where(value.isNull().or(value.isNotNull()))
                        .orderBy(NOTE_ID)
                        .fetch(NOTE_TEXT));
    }

    private static void onOneConnection(Driver driver, Work work) throws SQLException {
        PGSimpleDataSource source = CountingSocketFactory.on(database.application());
        driver.set(source);
        try (Connection connection = source.getConnection()) {
            work.run(
                    connection,
                    Boundary.builder(SessionDatabase.schema())
                            .layers(Layers.RLS_ONLY)
                            .build()
                            .dsl(DSL.using(connection, SQLDialect.POSTGRES).configuration()));
        }
    }

    @FunctionalInterface
    private interface Work {
        void run(Connection connection, DSLContext db) throws SQLException;
    }

    private record Bind<T>(@Nullable T value, DataType<T> type) {
        boolean isNull() {
            return value == null;
        }

        Bind<T> ofNull() {
            return new Bind<>(null, type);
        }
    }

    private static List<Bind<?>> binds() {
        UUID uuid = new UUID(1, 2);
        LocalDateTime at = LocalDateTime.of(2026, 3, 4, 5, 6, 7);
        List<Bind<?>> values = List.of(
                new Bind<>(true, SQLDataType.BOOLEAN),
                new Bind<>(true, SQLDataType.BIT),
                new Bind<>((byte) 1, SQLDataType.TINYINT),
                new Bind<>((short) 1, SQLDataType.SMALLINT),
                new Bind<>(1, SQLDataType.INTEGER),
                new Bind<>(1L, SQLDataType.BIGINT),
                new Bind<>(BigInteger.TEN, SQLDataType.DECIMAL_INTEGER),
                new Bind<>(BigDecimal.TEN, SQLDataType.NUMERIC),
                new Bind<>(UByte.valueOf(1), SQLDataType.TINYINTUNSIGNED),
                new Bind<>(UShort.valueOf(1), SQLDataType.SMALLINTUNSIGNED),
                new Bind<>(UInteger.valueOf(1), SQLDataType.INTEGERUNSIGNED),
                new Bind<>(ULong.valueOf(1), SQLDataType.BIGINTUNSIGNED),
                new Bind<>(1f, SQLDataType.REAL),
                new Bind<>(1d, SQLDataType.DOUBLE),
                new Bind<>("x", SQLDataType.VARCHAR),
                new Bind<>("x", SQLDataType.CHAR),
                new Bind<>("x", SQLDataType.CLOB),
                new Bind<>("x", SQLDataType.NVARCHAR),
                new Bind<>(uuid, SQLDataType.UUID),
                new Bind<>(Date.valueOf(at.toLocalDate()), SQLDataType.DATE),
                new Bind<>(Time.valueOf(at.toLocalTime()), SQLDataType.TIME),
                new Bind<>(Timestamp.valueOf(at), SQLDataType.TIMESTAMP),
                new Bind<LocalDate>(at.toLocalDate(), SQLDataType.LOCALDATE),
                new Bind<LocalTime>(at.toLocalTime(), SQLDataType.LOCALTIME),
                new Bind<>(at, SQLDataType.LOCALDATETIME),
                new Bind<OffsetDateTime>(at.atOffset(ZoneOffset.UTC), SQLDataType.OFFSETDATETIME),
                new Bind<OffsetTime>(at.atOffset(ZoneOffset.UTC).toOffsetTime(), SQLDataType.OFFSETTIME),
                new Bind<Instant>(at.toInstant(ZoneOffset.UTC), SQLDataType.INSTANT),
                new Bind<>(Year.of(2026), SQLDataType.YEAR),
                new Bind<>(new byte[] {1}, SQLDataType.BINARY),
                new Bind<>(new byte[] {1}, SQLDataType.BLOB),
                new Bind<>(JSON.json("{}"), SQLDataType.JSON),
                new Bind<>(JSONB.jsonb("{}"), SQLDataType.JSONB),
                new Bind<>(XML.xml("<a/>"), SQLDataType.XML),
                new Bind<>(new YearToMonth(1, 2), SQLDataType.INTERVALYEARTOMONTH),
                new Bind<>(new DayToSecond(1, 2), SQLDataType.INTERVALDAYTOSECOND),
                new Bind<>(YearToSecond.valueOf(java.time.Duration.ofHours(1)), SQLDataType.INTERVAL),
                new Bind<>(new Long[] {1L}, SQLDataType.BIGINT.array()),
                new Bind<>(new UUID[] {uuid}, SQLDataType.UUID.array()),
                new Bind<>(new String[] {"x"}, SQLDataType.CLOB.array()),
                new Bind<>(new LocalDate[] {at.toLocalDate()}, SQLDataType.LOCALDATE.array()));
        return Stream.concat(values.stream(), values.stream().map(Bind::ofNull)).toList();
    }
}
