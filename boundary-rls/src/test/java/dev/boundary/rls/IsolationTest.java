package dev.boundary.rls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boundary.core.SessionVariable;
import dev.boundary.core.TenantKeyType;
import dev.boundary.rls.InstallBoundary.LeakproofMode;
import dev.boundary.rls.InstallBoundary.MissingTenant;
import dev.boundary.rls.InstallBoundary.PredicateForm;
import dev.boundary.rls.internal.catalog.RoleBypass;
import dev.boundary.rls.internal.sql.Quoting;
import dev.boundary.testing.postgresql.PostgresServer;
import dev.boundary.testing.postgresql.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the application role can and cannot do on protected tables, for every key type and both predicate forms. */
@Tag("every-postgresql")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class IsolationTest {

    /** It leaves the database without a floor. */
    private static final int LAST = Integer.MAX_VALUE;

    private static final RoleNames ROLES = RoleNames.DEFAULT;
    private static final Map<Installation, TestDatabase> DATABASES = new HashMap<>();

    private record Installation(TenantKeyType type, MissingTenant missing, PredicateForm form) {}

    @AfterAll
    static void drop() throws SQLException {
        for (TestDatabase database : DATABASES.values()) {
            database.close();
        }
        DATABASES.clear();
    }

    /** All on the newest PostgreSQL; on the older ones, where the combinations behave alike, one key type. */
    private static Stream<Arguments> installations() {
        return Stream.of(TenantKeyType.values())
                .filter(type -> !PostgresVersionTest.older() || type == TenantKeyType.UUID)
                .flatMap(type -> Stream.of(PredicateForm.values()).map(form -> Arguments.of(type, form)));
    }

    @ParameterizedTest
    @MethodSource("installations")
    void keepsTenantsApart(TenantKeyType type, PredicateForm form) throws SQLException {
        String one = key(type, 0);
        String two = key(type, 1);
        TestDatabase database = database(type, MissingTenant.ERROR, form);
        try (Connection app = connection(database)) {
            readsItsRows(app, one, two);
            writesItsRows(app, one);
            writesNoOthers(app, one, two);
            sharedRowsAreReadOnly(app, one);
            hasNoOtherPrivileges(app, one);
        }
        // Everyone's rows for the admin role, no tenant needed.
        assertThat(Scripts.as(database.admin(), null, "select id from booking order by id"))
                .containsExactly("1", "2", "11");
        assertThat(Scripts.as(database.admin(), null, "update template set text = 'x' where id = 0"))
                .containsExactly("1");
        // The owner is subject to the policies too, and has none.
        assertThat(Scripts.as(database.owner(), one, "select id from booking")).isEmpty();
    }

    /** Directly and through children. */
    private static void readsItsRows(Connection app, String one, String two) throws SQLException {
        assertThat(Scripts.as(app, one, "select id from booking")).containsExactly("1");
        assertThat(Scripts.as(app, one, "select id from line")).containsExactly("1");
        assertThat(Scripts.as(app, one, "select id from note")).containsExactly("1");
        assertThat(Scripts.as(app, two, "select id from note")).containsExactly("2");
        assertThat(Scripts.as(app, one, "select id from template order by id")).containsExactly("0", "1");
        assertThat(Scripts.as(app, one, "select id from template_line order by id"))
                .containsExactly("0", "1");
        assertThat(Scripts.as(app, one, "select code from currency")).containsExactly("EUR");
    }

    /** The default fills in the tenant. */
    private static void writesItsRows(Connection app, String one) throws SQLException {
        assertThat(Scripts.as(app, one, "insert into booking (id, title) values (11, 'new')"))
                .containsExactly("1");
        assertThat(Scripts.as(app, one, "insert into template (id) values (11)"))
                .containsExactly("1");
        assertThat(Scripts.as(app, one, "update booking set title = 'x'")).containsExactly("2");
        assertThat(Scripts.as(app, one, "update template set text = 'x' where id = 11"))
                .containsExactly("1");
    }

    private static void writesNoOthers(Connection app, String one, String two) throws SQLException {
        denied(app, one, "insert into booking (id, tenant_id) values (12, " + Quoting.literal(two) + ")", "policy");
        denied(app, one, "update booking set tenant_id = " + Quoting.literal(two), "permission denied");
        denied(app, two, "insert into line (id, booking_id) values (12, 1)", "policy");
        denied(app, two, "update line set booking_id = 1", "policy");
        denied(app, two, "insert into note (id, line_id) values (12, 1)", "policy");
        assertThat(Scripts.as(app, two, "delete from booking where id in (1, 11)"))
                .containsExactly("0");
        assertThat(Scripts.as(app, two, "delete from note where id = 1")).containsExactly("0");
    }

    private static void sharedRowsAreReadOnly(Connection app, String one) throws SQLException {
        denied(app, one, "insert into template (id, tenant_id) values (12, null)", "policy");
        assertThat(Scripts.as(app, one, "update template set text = 'x' where id = 0"))
                .containsExactly("0");
        assertThat(Scripts.as(app, one, "delete from template where id = 0")).containsExactly("0");
        assertThat(Scripts.as(app, one, "delete from template_line where id = 0"))
                .containsExactly("0");
        denied(app, one, "insert into template_line (id, template_id) values (12, 0)", "policy");
        denied(app, one, "update template_line set template_id = 0", "policy");
    }

    /** What policies do not cover is not granted. */
    private static void hasNoOtherPrivileges(Connection app, String one) throws SQLException {
        for (String table : List.of("booking", "line", "note", "template", "currency")) {
            denied(app, one, "truncate " + table, "permission denied");
        }
        denied(app, one, "insert into currency values ('XXX')", "permission denied");
        denied(app, one, "create table mine (id int)", "permission denied");
        denied(app, one, "create trigger t before insert on booking execute function f()", "permission denied");
        denied(app, one, "drop policy boundary_floor on booking", "must be owner");
        denied(app, one, "select boundary.raise_tenant_not_set()", "tenant context is not set");
        denied(app, one, "insert into boundary.undo_step (statement) values ('drop table booking')", "permission");
    }

    @ParameterizedTest
    @MethodSource("installations")
    void refusesAMissingOrMalformedTenant(TenantKeyType type, PredicateForm form) throws SQLException {
        TestDatabase database = database(type, MissingTenant.ERROR, form);
        for (@Nullable String tenant : new @Nullable String[] {null, ""}) {
            for (String sql : List.of(
                    "select * from booking",
                    "select * from note",
                    "update booking set title = 'x'",
                    "delete from template",
                    "insert into booking (id) values (99)")) {
                denied(database.application(), tenant, sql, "tenant context is not set");
            }
        }
        if (type != TenantKeyType.TEXT) {
            state(database.application(), "no key", "select * from booking", "22P02");
        }
    }

    /** What is missing is decided by the function, and not by the form of the predicate: each type meets one. */
    private static Stream<Arguments> emptyInstallations() {
        return installations()
                .filter(arguments ->
                        (arguments.get()[0] == TenantKeyType.UUID || arguments.get()[0] == TenantKeyType.INT)
                                == (arguments.get()[1] == PredicateForm.PINNED));
    }

    @ParameterizedTest
    @MethodSource("emptyInstallations")
    void findsNothingWithoutATenantWhereThatIsChosen(TenantKeyType type, PredicateForm form) throws SQLException {
        findsNothing(type, form);
    }

    @Tag("long")
    @ParameterizedTest
    @MethodSource("installations")
    void findsNothingWithEitherForm(TenantKeyType type, PredicateForm form) throws SQLException {
        findsNothing(type, form);
    }

    private static void findsNothing(TenantKeyType type, PredicateForm form) throws SQLException {
        TestDatabase empty = database(type, MissingTenant.EMPTY, form);
        assertThat(Scripts.as(empty.application(), null, "select id from booking"))
                .isEmpty();
        assertThat(Scripts.as(empty.application(), "", "delete from booking")).containsExactly("0");
        assertThat(Scripts.as(empty.application(), null, "select id from template"))
                .containsExactly("0");
        state(empty.application(), null, "insert into booking (id) values (99)", "42501");
    }

    @Order(LAST)
    @ParameterizedTest
    @MethodSource("installations")
    void theFloorHoldsWhereAPolicyIsAdded(TenantKeyType type, PredicateForm form) throws SQLException {
        String one = key(type, 0);
        TestDatabase database = database(type, MissingTenant.ERROR, form);
        for (String table : List.of("booking", "line", "note", "template", "template_line")) {
            TestDatabase.execute(database.owner(), "create policy careless on " + table + " using (true)");
        }
        try (Connection app = connection(database)) {
            assertThat(Scripts.as(app, one, "select id from booking")).containsExactly("1");
            assertThat(Scripts.as(app, one, "select id from note")).containsExactly("1");
            assertThat(Scripts.as(app, one, "delete from template where id <> 1"))
                    .containsExactly("0");
            assertThat(Scripts.as(app, one, "update template_line set id = id + 100"))
                    .containsExactly("1");
            denied(app, one, "insert into template (id, tenant_id) values (12, null)", "policy");

            // Without the floor it leaks, so the assertions above can fail.
            TestDatabase.execute(database.owner(), "drop policy boundary_floor on booking");
            assertThat(Scripts.as(app, one, "select id from booking")).containsExactlyInAnyOrder("1", "2");
        }
    }

    @ParameterizedTest
    @MethodSource("installations")
    void withoutRowSecurityItLeaks(TenantKeyType type, PredicateForm form) throws SQLException {
        TestDatabase database = database(type, MissingTenant.ERROR, form);
        RlsChange disable = TableChanges.disableRls(TableName.of("booking"));
        Scripts.apply(database.owner(), disable);
        assertThat(Scripts.as(database.application(), key(type, 0), "select id from booking"))
                .containsExactlyInAnyOrder("1", "2");
        // The children name the tenant themselves and do not lean on their parent's policies.
        assertThat(Scripts.as(database.application(), key(type, 0), "select id from note"))
                .containsExactly("1");
        Scripts.rollback(database.owner(), disable);
    }

    private static String key(TenantKeyType type, int tenant) {
        return switch (type) {
            case UUID ->
                List.of("11111111-1111-1111-1111-111111111111", "22222222-2222-2222-2222-222222222222")
                        .get(tenant);
            case BIGINT, INT -> List.of("1", "2").get(tenant);
            case TEXT -> List.of("o'ne", "two").get(tenant);
        };
    }

    private static Connection connection(TestDatabase database) throws SQLException {
        Connection connection = database.application().getConnection();
        connection.setAutoCommit(false);
        return connection;
    }

    private static void denied(Connection app, String tenant, String sql, String message) {
        refused(sql, () -> Scripts.as(app, tenant, sql), "42501").hasMessageContaining(message);
    }

    private static void denied(DataSource app, @Nullable String tenant, String sql, String message) {
        state(app, tenant, sql, "42501").hasMessageContaining(message);
    }

    private static AbstractThrowableAssert<?, ?> state(
            DataSource app, @Nullable String tenant, String sql, String sqlState) {
        return refused(sql, () -> Scripts.as(app, tenant, sql), sqlState);
    }

    private static AbstractThrowableAssert<?, ?> refused(String sql, ThrowingCallable statement, String sqlState) {
        return assertThatThrownBy(statement)
                .as(sql)
                .isInstanceOfSatisfying(
                        SQLException.class,
                        e -> assertThat(e.getSQLState()).as(sql).isEqualTo(sqlState));
    }

    private static TestDatabase database(TenantKeyType type, MissingTenant missing, PredicateForm form)
            throws SQLException {
        Installation installation = new Installation(type, missing, form);
        TestDatabase database = DATABASES.get(installation);
        if (database == null) {
            database = create(installation);
            DATABASES.put(installation, database);
        }
        fill(database, Quoting.literal(key(type, 0)), Quoting.literal(key(type, 1)));
        return database;
    }

    private static TestDatabase create(Installation installation) throws SQLException {
        TestDatabase database = PostgresServer.shared().createDatabase();
        try (Connection connection = database.application().getConnection()) {
            assertThat(RoleBypass.find(connection)).isEmpty();
        }
        TenantKeyType type = installation.type();
        String key = type == TenantKeyType.TEXT ? "varchar(20)" : type.sqlName();
        TestDatabase.execute(
                database.owner(),
                "create domain tenant_key as " + key,
                "create table booking (id bigint primary key, tenant_id tenant_key, title text)",
                "create table line (id bigint primary key, booking_id bigint references booking)",
                "create table note (id bigint primary key, line_id bigint references line)",
                "create table template (id bigint primary key, tenant_id " + key + ", text text)",
                "create table template_line (id bigint primary key, template_id bigint references template)",
                "create table currency (code text primary key)",
                "create function f() returns trigger language plpgsql as 'begin return new; end'");
        Scripts.apply(
                database.owner(),
                new InstallBoundary(
                        type, SessionVariable.DEFAULT, installation.missing(), installation.form(), LeakproofMode.AUTO),
                new CreateBoundaryRoles(ROLES, "public"),
                TableChanges.protectTable(
                        TableName.of("booking"), TableRows.byTenantColumn("tenant_id"), ROLES, TablePrivilege.ALL),
                child("line", "booking_id"),
                child("note", "line_id"),
                TableChanges.protectTable(
                        TableName.of("template"), TableRows.mixed("tenant_id"), ROLES, TablePrivilege.ALL),
                child("template_line", "template_id"),
                TableChanges.grantGlobalTable(TableName.of("currency"), ROLES, Set.of(TablePrivilege.SELECT)));
        return database;
    }

    private static void fill(TestDatabase database, String one, String two) throws SQLException {
        TestDatabase.execute(
                database.superuser(),
                "truncate booking, line, note, template, template_line, currency",
                "insert into booking values (1, " + one + "), (2, " + two + ")",
                "insert into line values (1, 1), (2, 2)",
                "insert into note values (1, 1), (2, 2)",
                "insert into template values (0, null), (1, " + one + "), (2, " + two + ")",
                "insert into template_line values (0, 0), (1, 1), (2, 2)",
                "insert into currency values ('EUR')");
    }

    private static RlsChange child(String table, String column) {
        return TableChanges.protectTable(
                TableName.of(table), TableRows.byForeignKey(column), ROLES, TablePrivilege.ALL);
    }
}
