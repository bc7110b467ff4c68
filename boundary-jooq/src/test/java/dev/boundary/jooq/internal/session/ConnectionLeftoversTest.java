package dev.boundary.jooq.internal.session;

import static dev.boundary.jooq.internal.session.SessionDatabase.A;
import static dev.boundary.jooq.internal.session.SessionDatabase.B;
import static dev.boundary.jooq.internal.session.SessionDatabase.NOTE;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.boundary.core.TenantContext;
import dev.boundary.core.TenantKey;
import dev.boundary.core.event.BoundaryEvent;
import dev.boundary.core.event.BoundaryEvent.Violation;
import dev.boundary.jooq.Binding;
import dev.boundary.jooq.Boundary;
import dev.boundary.jooq.schema.TenantSchema;
import dev.boundary.testing.postgresql.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What statements leave on a session does not reach the next tenant that gets the connection. */
@ExtendWith(SharedDatabase.class)
class ConnectionLeftoversTest {

    private static TestDatabase database;

    private final List<BoundaryEvent> events = new ArrayList<>();
    private HikariDataSource pool;

    @BeforeAll
    static void start(TestDatabase shared) throws SQLException {
        database = shared;
        TestDatabase.execute(
                database.superuser(),
                "create or replace function note_leave() returns void language sql set search_path from current"
                        + " as $$ select set_config('work_mem', '7MB', false) $$",
                "create or replace function note_leave_plainly() returns text language plpgsql"
                        + " as $$ begin perform set_config('work_mem', '7MB', false); return 'x'; end $$");
    }

    @BeforeEach
    void open() {
        pool = pool(null);
    }

    @AfterEach
    void close() {
        pool.close();
    }

    private static HikariDataSource pool(@Nullable String first) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(database.application());
        config.setMaximumPoolSize(1);
        config.setConnectionInitSql(first);
        return new HikariDataSource(config);
    }

    private Boundary.Builder boundary() {
        return Boundary.builder(SessionDatabase.schema()).listener(events::add);
    }

    @Test
    void aTemporaryTableIsNotTheNextTenants() throws SQLException {
        DataSource source = boundary().build().dataSource(pool);
        in(A, source, "create temp table if not exists report as select * from note");
        in(B, source, "create temp table if not exists report as select * from note");
        assertThat(inOne(
                        B,
                        source,
                        "create temp table if not exists report as select * from note",
                        "select text from report"))
                .containsExactly("b1", "b2");
        assertThat(violations()).isNotEmpty().allMatch(each -> each.contains("the temporary table report"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "set statement_timeout = '7s'",
                "select set_config('search_path', 'pg_catalog', false)",
                "set search_path to pg_catalog",
                "set app.user_name = 'somebody'",
                "select set_config('App.Other', 'x', false)",
                "select set_config('app.current_tenant_id', '1', false)",
                "set session characteristics as transaction read only",
                "create temp view report as select 1 as one",
                "create function pg_temp.report() returns int language sql as 'select 1'",
                "create type pg_temp.report as enum ('a')",
                "declare report cursor with hold for select text from note",
                "prepare report as select text from note",
                "listen report",
                "select note_leave_plainly()",
                "select text, note_leave_plainly() from note",
                "select 1 as one into temp report",
                "do $$ begin create temp table report (x int); end $$"
            })
    void aConnectionWithLeftoversIsClosedOrReset(String sql) throws SQLException {
        DataSource closing = boundary().build().dataSource(pool);
        int first = pid(closing);
        in(A, closing, sql);
        assertThat(violations()).hasSize(1);
        assertThat(pid(closing)).isNotEqualTo(first);

        DataSource resetting = boundary().resetConnections().build().dataSource(pool);
        int second = pid(resetting);
        in(A, resetting, sql);
        assertThat(pid(resetting)).isEqualTo(second);
        assertThat(violations()).hasSize(1);
        in(A, resetting, "set local work_mem = '9MB'"); // a look that finds nothing more
        assertThat(violations()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "set local statement_timeout = '7s'",
                "select set_config('app.user_name', 'somebody', true)",
                "create temp table report on commit drop as select 1",
                "select pg_advisory_lock(77)",
                "declare report cursor for select text from note",
                "select count(*) from note",
                "set statement_timeout = 0"
            })
    void whatEndsWithItsTransactionLeavesTheConnectionAsItIs(String sql) throws SQLException {
        DataSource source = boundary().build().dataSource(pool);
        int first = pid(source);
        in(A, source, sql);
        assertThat(pid(source)).isEqualTo(first);
        assertThat(violations()).isEmpty();
    }

    @Test
    void aSettingOfTheRoleIsNoLeftover() throws SQLException {
        String role = "alter role " + database.roles().application();
        TestDatabase.execute(database.superuser(), role + " set app.user_name = 'the role'");
        try {
            whatEndsWithItsTransactionLeavesTheConnectionAsItIs("set local app.user_name = 'somebody'");
            whatEndsWithItsTransactionLeavesTheConnectionAsItIs("select set_config('app.user_name', 'x', true)");
        } finally {
            TestDatabase.execute(database.superuser(), role + " reset app.user_name");
        }
    }

    @Test
    void sessionLocksAreReleased() throws SQLException {
        DataSource source = boundary().build().dataSource(pool);
        in(A, source, "select pg_advisory_lock(77)");
        try (Connection other = database.application().getConnection()) {
            assertThat(rows(other, "select pg_try_advisory_lock(77)")).containsExactly("t");
        }
    }

    @Test
    void whatThePoolSetsAtFirstStays() throws SQLException {
        try (HikariDataSource other = pool("set statement_timeout = '7s'")) {
            for (Boundary boundary :
                    List.of(boundary().build(), boundary().resetConnections().build())) {
                DataSource source = boundary.dataSource(other);
                int first = pid(source);
                in(A, source, "select version()");
                assertThat(pid(source)).isEqualTo(first);
                assertThat(inOne(A, source, "show statement_timeout")).containsExactly("7s");
            }
            DataSource resetting = boundary().resetConnections().build().dataSource(other);
            in(A, resetting, "set statement_timeout = '9s'");
            assertThat(inOne(B, resetting, "show statement_timeout")).containsExactly("7s");
        }
    }

    @Test
    void whatTheConnectionsMethodsChangeIsSetBack() throws SQLException {
        DataSource source = boundary().build().dataSource(pool);
        int first = pid(source);
        try (Connection connection = source.getConnection()) {
            connection.setSchema("pg_catalog");
            connection.setClientInfo("ApplicationName", "report");
        }
        assertThat(pid(source)).isEqualTo(first);
        assertThat(inOne(B, source, "show search_path")).containsExactly("\"$user\", public");
        assertThat(inOne(B, source, "show application_name")).doesNotContain("report");
    }

    /** Its end is the pool's, after the connection was given back; then whoever takes it next looks. */
    @Test
    void whatATransactionLeavesIsFoundWhenTheConnectionIsTakenAgain() throws SQLException {
        DataSource source = boundary().build().dataSource(pool);
        int first = pid(source);
        TenantContext.where(A).<Void, SQLException>call(() -> {
            try (Connection connection = source.getConnection()) {
                connection.setAutoCommit(false);
                run(connection, "set statement_timeout = '7s'");
                connection.commit();
                run(connection, "select version()");
            }
            return null;
        });
        assertThat(inOne(B, source, "show statement_timeout")).containsExactly("0");
        assertThat(pid(source)).isNotEqualTo(first);
    }

    @ParameterizedTest
    @EnumSource
    void eachBindingLooks(Binding binding) throws SQLException {
        DataSource source = boundary().binding(binding).build().dataSource(pool);
        int first = pid(source);
        in(A, source, "create temp table report as select * from note");
        assertThat(pid(source)).isNotEqualTo(first);
    }

    @Test
    void unscopedWorkLeavesNothingEither() throws SQLException {
        HikariConfig config = new HikariConfig();
        config.setDataSource(database.admin());
        config.setMaximumPoolSize(1);
        try (HikariDataSource admins = new HikariDataSource(config)) {
            DataSource source = boundary().admin(admins).build().dataSource(pool);
            TenantContext.unscoped("a report").<Void, SQLException>call(() -> {
                try (Connection connection = source.getConnection()) {
                    run(connection, "create temp table report as select * from note");
                }
                try (Connection connection = source.getConnection()) {
                    assertThat(rows(connection, "select to_regclass('report') is null"))
                            .containsExactly("t");
                }
                return null;
            });
        }
    }

    @Test
    void statementsOfTheQueryLayerAreNotFollowedByALook() throws SQLException {
        DataSource counted = CountingSocketFactory.on(database.application());
        HikariConfig config = new HikariConfig();
        config.setDataSource(counted);
        config.setMaximumPoolSize(1);
        try (HikariDataSource counting = new HikariDataSource(config)) {
            TenantSchema schema = TenantSchema.builder()
                    .tenant(NOTE, SessionDatabase.NOTE_TENANT)
                    .global(SessionDatabase.CURRENCY)
                    .allowFunctions("note_leave_plainly")
                    .build();
            DSLContext db =
                    Boundary.builder(schema).listener(events::add).build().dsl(counting);
            TenantContext.where(A).run(() -> {
                db.fetchCount(NOTE); // after the checks at startup
                assertThat(CountingSocketFactory.flushesOf(() -> db.fetchCount(NOTE)))
                        .isEqualTo(1);
                assertThat(CountingSocketFactory.flushesOf(() -> db.select(DSL.max(SessionDatabase.NOTE_TEXT))
                                .from(NOTE)
                                .fetch()))
                        .isEqualTo(1);
                assertThat(violations()).isEmpty();
                db.select(DSL.function("note_leave_plainly", String.class))
                        .from(NOTE)
                        .fetch();
            });
            assertThat(violations()).hasSize(1).first().asString().contains("work_mem");
        }
    }

    private List<String> violations() {
        return events.stream()
                .filter(Violation.class::isInstance)
                .map(each -> ((Violation) each).error().getMessage())
                .toList();
    }

    private static int pid(DataSource source) throws SQLException {
        return Integer.parseInt(inOne(A, source, "select pg_backend_pid()").getFirst());
    }

    private static void in(TenantKey tenant, DataSource source, String... statements) throws SQLException {
        TenantContext.where(tenant).<Void, SQLException>call(() -> {
            try (Connection connection = source.getConnection()) {
                for (String sql : statements) {
                    run(connection, sql);
                }
            }
            return null;
        });
    }

    /** The rows of the last statement. */
    private static List<String> inOne(TenantKey tenant, DataSource source, String... statements) throws SQLException {
        return TenantContext.where(tenant).<List<String>, SQLException>call(() -> {
            try (Connection connection = source.getConnection()) {
                for (int i = 0; i < statements.length - 1; i++) {
                    run(connection, statements[i]);
                }
                return rows(connection, statements[statements.length - 1]);
            }
        });
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<String> rows(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> texts = new ArrayList<>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        }
    }
}
