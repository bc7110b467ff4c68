package dev.boundary.rls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boundary.core.TenantKeyType;
import dev.boundary.core.registry.Slug;
import dev.boundary.testing.postgresql.PostgresServer;
import dev.boundary.testing.postgresql.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** The registry's tables: who may do what to them, what they take, what is written down and told. */
@Tag("every-postgresql")
class TenantRegistryTablesTest {

    private static final CreateTenantRegistry REGISTRY = new CreateTenantRegistry(RoleNames.DEFAULT);

    private static TestDatabase database;

    @BeforeAll
    static void create() throws SQLException {
        database = database(TenantKeyType.BIGINT);
    }

    private static TestDatabase database(TenantKeyType type) throws SQLException {
        TestDatabase created = PostgresServer.shared().createDatabase();
        Scripts.apply(
                created.owner(),
                InstallBoundary.of(type),
                new CreateBoundaryRoles(RoleNames.DEFAULT, "public"),
                REGISTRY);
        return created;
    }

    @AfterEach
    void empty() throws SQLException {
        empty(database);
    }

    private static void empty(TestDatabase database) throws SQLException {
        TestDatabase.execute(
                database.owner(),
                "alter table boundary.tenant_change disable trigger user",
                "delete from boundary.tenant",
                "delete from boundary.tenant_change",
                "alter table boundary.tenant_change enable trigger user");
    }

    @AfterAll
    static void drop() throws SQLException {
        database.close();
    }

    private static void admin(String... sql) throws SQLException {
        TestDatabase.execute(database.admin(), sql);
    }

    private static List<String> rows(String query) throws SQLException {
        return Catalog.rows(database.superuser(), query);
    }

    private static String insert(String key, String slug) {
        return "insert into boundary.tenant (tenant_key, slug, name) values (" + key + ", '" + slug + "', 'Some')";
    }

    private static final String CHANGES =
            "select what, tenant_key, old_values ->> 'state', new_values ->> 'state', actor,"
                    + " reason, login_role from boundary.tenant_change order by id";

    @Test
    void everyChangeIsWrittenDownWithWhoAndWhy() throws SQLException {
        try (Connection connection = database.admin().getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("set local boundary.actor = 'ann'; set local boundary.reason = 'signed'");
            statement.execute(insert("1", "acme"));
            statement.execute("update boundary.tenant set state = 'SUSPENDED'");
            statement.execute("insert into boundary.tenant_domain (tenant_key, domain) values (1, 'acme.org')");
            connection.commit();
            statement.execute("delete from boundary.tenant_domain");
            statement.execute("update boundary.tenant set name = 'Acme'");
            connection.commit();
        }
        assertThat(rows(CHANGES))
                .containsExactly(
                        "CREATED | 1 | null | ACTIVE | ann | signed | boundary_admin",
                        "STATE_CHANGED | 1 | ACTIVE | SUSPENDED | ann | signed | boundary_admin",
                        "DOMAIN_ADDED | 1 | null | null | ann | signed | boundary_admin",
                        "DOMAIN_REMOVED | 1 | null | null | boundary_admin | null | boundary_admin",
                        "CHANGED | 1 | SUSPENDED | SUSPENDED | boundary_admin | null | boundary_admin");
        assertThat(rows("select old_values ->> 'name', new_values ->> 'name' from boundary.tenant_change order by id"))
                .last()
                .isEqualTo("Some | Acme");
        assertThat(rows("select changed_at > created_at from boundary.tenant")).containsExactly("t");
    }

    @Test
    void whatTheOwnerDeletesIsWrittenDownToo() throws SQLException {
        admin(insert("1", "acme"), "insert into boundary.tenant_domain (tenant_key, domain) values (1, 'acme.org')");
        TestDatabase.execute(database.owner(), "delete from boundary.tenant");
        assertThat(rows("select what, login_role from boundary.tenant_change order by id"))
                .startsWith("CREATED | boundary_admin", "DOMAIN_ADDED | boundary_admin")
                .contains("REMOVED | boundary_owner", "DOMAIN_REMOVED | boundary_owner")
                .hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "insert into boundary.tenant (tenant_key, slug, name) values (2, 'two', 'Two')",
                "update boundary.tenant set name = 'x'",
                "delete from boundary.tenant",
                "truncate boundary.tenant cascade",
                "insert into boundary.tenant_domain (tenant_key, domain) values (1, 'mine.org')",
                "delete from boundary.tenant_domain",
                "select from boundary.tenant_change",
                "insert into boundary.tenant_change (tenant_key, what) values (1, 'CREATED')",
                "select from boundary.tenant_erasure",
                "insert into boundary.tenant_erasure (tenant_key) values (1)",
                "select boundary.audit_tenant()",
                "create trigger t after insert on boundary.tenant for each row execute function boundary.audit_tenant()",
                "alter table boundary.tenant disable trigger audit",
            })
    void theApplicationOnlyReads(String attack) throws SQLException {
        admin(insert("1", "acme"));
        assertThat(Catalog.rows(database.application(), "select slug from boundary.tenant"))
                .containsExactly("acme");
        assertThat(Catalog.rows(database.application(), "select domain from boundary.tenant_domain"))
                .isEmpty();
        assertThatThrownBy(() -> TestDatabase.execute(database.application(), attack))
                .hasFieldOrPropertyWithValue("SQLState", "42501");
        assertThat(rows(CHANGES)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update boundary.tenant set tenant_key = 2",
                "update boundary.tenant set changed_at = '2000-01-01'",
                "delete from boundary.tenant",
                "truncate boundary.tenant cascade",
                "update boundary.tenant_domain set tenant_key = 1",
                "update boundary.tenant_change set actor = 'somebody'",
                "delete from boundary.tenant_change",
                "truncate boundary.tenant_change",
                "insert into boundary.tenant_change (tenant_key, what, actor, login_role, changed_at) values"
                        + " (1, 'CREATED', 'somebody', 'boundary_owner', now())",
                "update boundary.tenant_erasure set archive = 'elsewhere'",
                "delete from boundary.tenant_erasure",
                "alter table boundary.tenant disable trigger audit",
                "set session_replication_role = replica",
            })
    void theAdminCannotHideWhatItDid(String attack) throws SQLException {
        admin(insert("1", "acme"));
        assertThatThrownBy(() -> admin(attack)).hasFieldOrPropertyWithValue("SQLState", "42501");
        assertThat(rows(CHANGES)).hasSize(1);
    }

    @Test
    void whatHappenedStaysAsItWasForTheOwnerToo() throws SQLException {
        admin(insert("1", "acme"));
        for (String attack : List.of(
                "update boundary.tenant_change set actor = 'somebody'",
                "delete from boundary.tenant_change",
                "truncate boundary.tenant_change",
                "truncate boundary.tenant, boundary.tenant_domain, boundary.tenant_erasure",
                "update boundary.tenant set tenant_key = 2")) {
            assertThatThrownBy(() -> TestDatabase.execute(database.owner(), attack))
                    .as(attack)
                    .hasFieldOrPropertyWithValue("SQLState", "55000");
        }
        assertThat(rows(CHANGES)).hasSize(1);
    }

    @Test
    void aTenantWhoseRowsAreBeingErasedDoesNotComeBack() throws SQLException {
        admin(
                insert("1", "acme"),
                "update boundary.tenant set state = 'DELETING'",
                "insert into boundary.tenant_erasure (tenant_key, archive) values (1, '/archive')");
        for (String state : List.of("ACTIVE", "SUSPENDED")) {
            assertThatThrownBy(() -> admin("update boundary.tenant set state = '" + state + "'"))
                    .hasMessageContaining("Tenant 1 cannot become " + state + ": its rows are being erased");
        }
        admin("update boundary.tenant_erasure set ended_at = now()", "update boundary.tenant set state = 'DELETED'");
        assertThatThrownBy(() -> admin("update boundary.tenant set state = 'ACTIVE'"))
                .hasMessageContaining("or are gone");
        assertThat(rows("select what from boundary.tenant_change order by id"))
                .containsExactly("CREATED", "STATE_CHANGED", "ERASURE_BEGUN", "ERASURE_ENDED", "STATE_CHANGED");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "9",
                "acme",
                "a-b",
                "ab--c",
                "-a",
                "a-",
                "A",
                "a_b",
                "a.b",
                "a b",
                " a",
                "ä",
                "xn--bcher-kva",
                "a--b",
                "ab--",
                "a\n",
                "a'b",
                "abcdefghijklmnopqrstuvwxyz-abcdefghijklmnopqrstuvwxyz-0123456789",
                "abcdefghijklmnopqrstuvwxyz-abcdefghijklmnopqrstuvwxyz-012345678",
            })
    void aSlugIsWhatCoreTakes(String slug) throws SQLException {
        boolean taken;
        try {
            admin(insert("1", slug.replace("'", "''")));
            taken = true;
        } catch (SQLException e) {
            assertThat(e.getSQLState()).isEqualTo("23514");
            taken = false;
        }
        assertThat(taken).isEqualTo(Slug.isValid(slug));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            name = ' '                            | 23514
            name = null                           | 23502
            region = ''                           | 23514
            region = 'eu'                         |
            state = 'GONE'                        | 23514
            state = 'active'                      | 23514
            attributes = '{"plan": "gold"}'       |
            attributes = '{"plan": ["gold"]}'     | 23514
            attributes = '{"plan": {"a": "b"}}'   | 23514
            attributes = '{"plan": null}'         | 23514
            attributes = '{"plan": 1}'            | 23514
            attributes = '["gold"]'               | 23514
            attributes = '"gold"'                 | 23514
            attributes = null                     | 23502
            """)
    void theRestIsCheckedToo(String assignment, String error) throws SQLException {
        admin(insert("1", "acme"));
        if (error == null) {
            admin("update boundary.tenant set " + assignment);
        } else {
            assertThatThrownBy(() -> admin("update boundary.tenant set " + assignment))
                    .hasFieldOrPropertyWithValue("SQLState", error);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            acme.org         | true
            xn--bcher-kva.de | true
            localhost        | true
            a.b.c.example    | true
            Acme.org         | false
            acme.org.        | false
            acme.org:80      | false
            -a.org           | false
            a-.org           | false
            a..org           | false
            10.0.0.1         | false
            a.0x7f           | false
            bücher.de        | false
            *.acme.org       | false
            """)
    void aDomainIsWhatRequestsCanName(String domain, boolean taken) throws SQLException {
        admin(insert("1", "acme"));
        String sql = "insert into boundary.tenant_domain (tenant_key, domain) values (1, '" + domain + "')";
        if (taken) {
            admin(sql);
        } else {
            assertThatThrownBy(() -> admin(sql)).hasFieldOrPropertyWithValue("SQLState", "23514");
        }
    }

    @Test
    void slugsAndDomainsBelongToOne() throws SQLException {
        admin(
                insert("1", "acme"),
                insert("2", "beta"),
                "insert into boundary.tenant_domain (tenant_key, domain) values (1, 'acme.org')");
        for (String attack : List.of(
                insert("3", "acme"),
                "update boundary.tenant set slug = 'acme' where tenant_key = 2",
                "insert into boundary.tenant_domain (tenant_key, domain) values (2, 'acme.org')")) {
            assertThatThrownBy(() -> admin(attack)).hasFieldOrPropertyWithValue("SQLState", "23505");
        }
    }

    @Test
    void changesAreTold() throws SQLException {
        try (Connection listening = database.application().getConnection();
                Statement listen = listening.createStatement()) {
            listen.execute("listen boundary_tenant");
            admin(insert("1", "acme"));
            assertThat(told(listening)).containsExactly("acme\n\n1");
            admin("insert into boundary.tenant_domain (tenant_key, domain) values (1, 'acme.org'), (1, 'acme.com')");
            assertThat(told(listening)).contains("acme\nacme.com acme.org\n1");
            admin("update boundary.tenant set slug = 'apex' where tenant_key = 1");
            assertThat(told(listening)).containsExactly("acme apex\nacme.com acme.org\n1");
            admin("delete from boundary.tenant_domain where domain = 'acme.org'");
            assertThat(told(listening)).containsExactly("apex\nacme.com acme.org\n1");
            admin(
                    "insert into boundary.tenant_domain (tenant_key, domain) select 1, rpad('a', 60, 'b') || '.d' || n || '.org'"
                            + " from generate_series(1, 200) n");
            assertThat(told(listening)).as("too long: everything").contains("");
        }
    }

    private static List<String> told(Connection listening) throws SQLException {
        PGNotification[] told = listening.unwrap(PGConnection.class).getNotifications(10_000);
        return Arrays.stream(told).map(PGNotification::getParameter).toList();
    }

    @ParameterizedTest
    @CsvSource({
        "UUID, '''7b0e4f6e-5c3b-4a52-9f0e-0f6c0a5d9b10''', uuid",
        "INT, 7, integer",
        "TEXT, '''a/b''''c''', text",
    })
    void theKeyIsOfTheInstallationsType(TenantKeyType type, String literal, String sqlType) throws SQLException {
        try (TestDatabase other = database(type)) {
            TestDatabase.execute(
                    other.admin(),
                    insert(literal, "acme"),
                    "insert into boundary.tenant_domain (tenant_key, domain) values (" + literal + ", 'acme.org')");
            assertThat(Catalog.rows(
                            other.admin(),
                            "select distinct pg_typeof(tenant_key) from boundary.tenant_change where tenant_key = "
                                    + literal))
                    .containsExactly(sqlType);
            if (type == TenantKeyType.TEXT) {
                assertThatThrownBy(() -> TestDatabase.execute(other.admin(), insert("''", "empty")))
                        .hasFieldOrPropertyWithValue("SQLState", "23514");
            }
        }
    }

    /** A definer's function, and whoever writes chooses the path. */
    @Test
    void nothingOnTheSearchPathIsMet() throws SQLException {
        DataSource admin = database.admin();
        TestDatabase.execute(
                database.superuser(),
                "create schema trap",
                "create table trap.caught (role text)",
                "grant usage on schema trap to public",
                "grant insert on trap.caught to public",
                "create function trap.current_setting(text, boolean) returns text language plpgsql as"
                        + " 'begin insert into trap.caught values (current_user); return ''forged''; end'",
                "create function trap.clock_timestamp() returns timestamptz language plpgsql as"
                        + " 'begin insert into trap.caught values (current_user); return ''2000-01-01''; end'",
                "create function trap.differs(text, text) returns boolean language plpgsql as"
                        + " 'begin insert into trap.caught values (current_user); return false; end'",
                "create operator trap.<> (function = trap.differs, leftarg = text, rightarg = text)",
                "create function trap.pg_notify(text, text) returns void language plpgsql as"
                        + " 'begin insert into trap.caught values (current_user); end'");
        try {
            TestDatabase.execute(
                    admin,
                    "set search_path = trap, pg_catalog",
                    "create temporary table tenant_change (x int)",
                    insert("1", "acme"),
                    "update boundary.tenant set state = 'SUSPENDED'");
            assertThat(rows("select * from trap.caught")).isEmpty();
            assertThat(rows("select what, actor from boundary.tenant_change order by id"))
                    .containsExactly("CREATED | boundary_admin", "STATE_CHANGED | boundary_admin");
        } finally {
            TestDatabase.execute(database.superuser(), "drop schema trap cascade");
        }
    }

    @Test
    void rollsBackOnlyWhatIsEmpty() throws SQLException {
        try (TestDatabase other = database(TenantKeyType.BIGINT)) {
            List<String> with = Catalog.of(other.superuser());
            TestDatabase.execute(other.admin(), insert("1", "acme"));
            assertThatThrownBy(() -> Scripts.rollback(other.owner(), REGISTRY))
                    .hasMessageContaining("would be lost")
                    .hasMessageContaining("Keep a copy");
            TestDatabase.execute(other.owner(), "delete from boundary.tenant");
            assertThatThrownBy(() -> Scripts.rollback(other.owner(), REGISTRY)).hasMessageContaining("would be lost");
            empty(other);
            Scripts.rollback(other.owner(), REGISTRY);
            assertThat(Catalog.of(other.superuser())).noneMatch(line -> line.contains("boundary.tenant"));
            assertThatThrownBy(() -> Scripts.rollback(other.owner(), REGISTRY))
                    .hasMessageContaining("There is nothing to roll back");
            Scripts.apply(other.owner(), REGISTRY);
            assertThat(Catalog.of(other.superuser())).isEqualTo(with);
            assertThatThrownBy(() -> Scripts.apply(other.owner(), REGISTRY))
                    .hasMessageContaining("There is a registry of tenants in this database already");
        }
    }

    @Test
    void needsBoundaryAndItsRoles() throws SQLException {
        try (TestDatabase bare = PostgresServer.shared().createDatabase()) {
            assertThatThrownBy(() -> Scripts.apply(bare.owner(), REGISTRY)).hasMessageContaining("not installed");
            Scripts.apply(bare.owner(), InstallBoundary.of(TenantKeyType.UUID));
            assertThatThrownBy(() -> Scripts.apply(bare.owner(), REGISTRY))
                    .hasMessageContaining("may not use schema boundary");
        }
    }

    /** Installed by an administrator, used by an owner that owns nothing of it. */
    @Test
    void anAdministratorMayInstallIt() throws SQLException {
        try (TestDatabase other = PostgresServer.shared().createDatabase()) {
            Scripts.apply(
                    other.superuser(),
                    InstallBoundary.of(TenantKeyType.BIGINT),
                    new CreateBoundaryRoles(RoleNames.DEFAULT, "public"),
                    REGISTRY);
            assertThatCode(() -> TestDatabase.execute(other.owner(), insert("1", "acme")))
                    .doesNotThrowAnyException();
            TestDatabase.execute(other.admin(), insert("2", "beta"));
            assertThatThrownBy(() ->
                            TestDatabase.execute(other.owner(), "update boundary.tenant_change set actor = 'somebody'"))
                    .hasFieldOrPropertyWithValue("SQLState", "42501");
        }
    }
}
