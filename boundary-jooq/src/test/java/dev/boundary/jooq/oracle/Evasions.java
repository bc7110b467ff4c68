package dev.boundary.jooq.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;

import dev.boundary.core.BoundaryException;
import dev.boundary.core.TenantContext;
import dev.boundary.testing.postgresql.PostgresServer;
import dev.boundary.testing.postgresql.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Name;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.SQLDialect;
import org.jooq.VisitListener;
import org.jooq.VisitListenerProvider;
import org.jooq.exception.DataException;
import org.jooq.exception.IntegrityConstraintViolationException;
import org.jooq.impl.DSL;
import org.jooq.impl.DefaultConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Statements that try to evade the query layer, which is alone here: a superuser's connection, no policies. Each runs
 * as the club in the north, and must neither show nor change anything of the club in the south. Without the query layer
 * each one does.
 */
abstract class Evasions {

    static final UUID N = (UUID) Clubs.NORTH.value();
    static final UUID S = (UUID) Clubs.SOUTH.value();

    /** In every row of the south; numbers of its rows are above 200. */
    static final String CANARY = "southern";

    static final Name BOOKING_NAME = name("booking");
    static final Field<String> NOTE = field(name("note"), String.class);

    @SuppressWarnings("NullAway.Init")
    private static TestDatabase database;

    @SuppressWarnings("NullAway.Init")
    private static Connection connection;

    /** The attempts, by what they do. */
    abstract Map<String, Function<DSLContext, Object>> evasions();

    VisitListenerProvider queryLayer() {
        return Clubs.queryLayer();
    }

    @BeforeAll
    static void start() throws SQLException {
        database = PostgresServer.shared().createDatabase();
        TestDatabase.execute(database.superuser(), Clubs.DDL);
        TestDatabase.execute(database.superuser(), """
                insert into app.court values (11, '%1$s', 'Court 1', 'clay', 10), (211, '%2$s', 'southern', 'clay', 10);
                insert into app.member values ('%1$s', 1, 'Anna', 'Bern', null), ('%2$s', 201, 'southern', 'x', null);
                insert into app.member (tenant_id, id, name)
                  select '%2$s', id, 'southern' from generate_series(202, 220) id;
                insert into app.booking (tenant_id, id, court_id, member_id, note)
                  values ('%1$s', 1, 11, 1, 'x'), ('%2$s', 201, 211, 201, 'southern');
                insert into app.maintenance values (1, 11, 'nets', 5), (201, 211, 'southern', 5);
                insert into app.template values (1, null, 'shared', null), (2, '%1$s', 'own', null);
                insert into app.currency values ('CHF', 'Franken');
                create table app.site (site_id integer primary key, tenant_id uuid not null);
                insert into app.site values (1, '%1$s'), (201, '%2$s');
                create table app.stop (id integer primary key, site_id integer not null references app.site, note text);
                insert into app.stop values (1, 1, 'x'), (201, 201, 'southern');
                create table app.zone (a integer, b integer, tenant_id uuid not null, primary key (a, b));
                insert into app.zone values (1, 1, '%1$s'), (1, 201, '%2$s');
                create table app.spot (id integer primary key, za integer not null, zb integer not null,
                  foreign key (za, zb) references app.zone);
                insert into app.spot values (1, 1, 1), (201, 1, 201);
                create table app.document (tenant_id uuid not null, owner uuid not null, note text);
                insert into app.document values ('%1$s', '%1$s', 'x'), ('%2$s', '%1$s', 'southern');
                create table app."Currency" (note text);
                insert into app."Currency" values ('southern');
                create sequence app.turn;
                analyze;
                """.formatted(N, S));
        connection = database.superuser().getConnection();
        connection.createStatement().execute("set search_path to app");
        connection.setAutoCommit(false);
    }

    @AfterAll
    static void stop() throws SQLException {
        connection.close();
        database.close();
    }

    @TestFactory
    Stream<DynamicTest> noneReachesTheSouth() {
        return evasions().entrySet().stream()
                .map(evasion -> DynamicTest.dynamicTest(
                        evasion.getKey(),
                        () -> assertThat(outcome(evasion.getValue(), queryLayer()))
                                .as(evasion.getKey())
                                .doesNotContain(CANARY)));
    }

    /** The negative control: an attempt that fails anyway proves nothing. */
    @TestFactory
    Stream<DynamicTest> eachReachesTheSouthWithoutTheQueryLayer() {
        return evasions().entrySet().stream()
                .map(evasion -> DynamicTest.dynamicTest(
                        evasion.getKey(),
                        () -> assertThat(outcome(evasion.getValue(), () -> new VisitListener() {}))
                                .as(evasion.getKey())
                                .contains(CANARY)));
    }

    /** What the attempt showed, and {@link #CANARY} if it changed anything of the south. */
    private static String outcome(Function<DSLContext, Object> attempt, VisitListenerProvider queryLayer)
            throws SQLException {
        DSLContext db = DSL.using(new DefaultConfiguration()
                .set(connection)
                .set(SQLDialect.POSTGRES)
                .set(queryLayer));
        try {
            connection.createStatement().execute("alter sequence app.turn restart");
            List<Record> before = south();
            String shown;
            try {
                shown = TenantContext.where(Clubs.NORTH).call(() -> text(attempt.apply(db)));
            } catch (BoundaryException | IntegrityConstraintViolationException | DataException refused) {
                shown = "refused: " + refused.getMessage().replace(CANARY, "");
                connection.rollback();
            }
            return south().equals(before) ? shown : shown + " and changed something " + CANARY;
        } finally {
            connection.rollback();
        }
    }

    private static String text(Object result) {
        return result instanceof Result<?> rows ? rows.formatJSON() : String.valueOf(result);
    }

    /** Also the shared rows, which are everybody's. */
    private static List<Record> south() {
        DSLContext bare = DSL.using(connection, SQLDialect.POSTGRES);
        return List.copyOf(bare.fetch("""
                select to_jsonb(t) from (
                  select tenant_id, id, name from app.court union all select tenant_id, id, name from app.member
                  union all select tenant_id, id, note from app.booking
                  union all select coalesce(tenant_id, {0}), id, name from app.template
                  union all select tenant_id, m.id, label from app.maintenance m join app.court c on c.id = m.court_id
                  union all select tenant_id, s.id, note from app.stop s join app.site using (site_id)
                  union all select tenant_id, s.id, '' from app.spot s join app.zone on (a, b) = (za, zb)) t
                where tenant_id = {0} order by 1""", DSL.val(S)));
    }
}
