package dev.boundary.rls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boundary.core.TenantKeyType;
import dev.boundary.rls.internal.catalog.RoleBypass;
import dev.boundary.testing.postgresql.PostgresServer;
import dev.boundary.testing.postgresql.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * What the application role, working for tenant 1, can do to tenant 2 on a schema as it is often found, and no longer once
 * {@code createBoundaryRoles} and {@code protectTenantTable} have run. Keys, partitions, views and search paths have tests
 * of their own.
 */
@Tag("every-postgresql")
class AttackTest {

    private static final RoleNames ROLES = RoleNames.DEFAULT;

    private static TestDatabase open;
    private static TestDatabase closed;

    @BeforeAll
    static void prepare() throws SQLException {
        open = database();
        closed = database();
        Scripts.apply(
                closed.owner(),
                InstallBoundary.of(TenantKeyType.BIGINT),
                new CreateBoundaryRoles(ROLES, "public"),
                TableChanges.protectTable(
                        TableName.of("booking"), TableRows.byTenantColumn("tenant_id"), ROLES, TablePrivilege.ALL));
        for (TestDatabase database : List.of(open, closed)) {
            TestDatabase.execute(
                    database.owner(), "create table later (tenant_id bigint)", "insert into later values (2)");
            try (Connection connection = database.application().getConnection()) {
                assertThat(RoleBypass.find(connection)).isEmpty();
            }
        }
    }

    private static TestDatabase database() throws SQLException {
        TestDatabase database = PostgresServer.shared().createDatabase();
        TestDatabase.execute(
                database.owner(),
                "create table booking (id bigserial primary key, tenant_id bigint, title text)",
                "insert into booking (tenant_id, title) values (1, 'mine'), (2, 'secret')",
                "grant all on all tables in schema public to boundary_app",
                "grant all on all sequences in schema public to boundary_app",
                "grant create on schema public to public",
                "alter default privileges in schema public grant select on tables to boundary_app");
        return database;
    }

    @AfterAll
    static void drop() throws SQLException {
        open.close();
        closed.close();
    }

    /** Each is undone at the end. The last column is an error's text, or what is returned instead. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            select string_agg(title, ',' order by id) from booking | mine,secret | mine
            select count(*) from booking where title = 'secret' | 1 | 0
            update booking set title = 'x' | 2 | 1
            delete from booking | 2 | 1
            insert into booking (tenant_id, title) values (2, 'planted') | 1 | row-level security policy
            insert into booking (tenant_id, title) values (null, 'nobody''s') | 1 | row-level security policy
            update booking set tenant_id = 1 | 2 | permission denied
            update booking set tenant_id = 2 where id = 1 | 1 | permission denied
            merge into booking b using (select 2 as id) s on b.id = s.id when matched then delete | 1 | 0
            select title from booking where id = 2 for update | secret | none
            with d as (delete from booking where id = 2 returning title) select title from d | secret | none
            copy (select title from booking where id = 2) to stdout | copied 1 | copied 0
            truncate booking | done | permission denied
            create table probe (id bigint references booking) | done | permission denied
            create function spy() returns trigger language plpgsql as 'begin raise notice ''%'', old; return old; end'; create trigger spy before update on booking for each row execute function spy() | done | permission denied
            create table mine (id int) | done | permission denied
            select last_value >= 2 from booking_id_seq | t | permission denied
            select setval('booking_id_seq', 1) | 1 | permission denied
            select tenant_id from later | 2 | permission denied
            alter table booking disable row level security | must be owner | must be owner
            set local row_security = off; select title from booking where id = 2 | secret | query would be affected by row-level security
            """)
    void worksBeforeAndNotAfter(String sql, String before, String after) throws SQLException {
        if (sql.startsWith("merge") && PostgresVersionTest.major() < 15) {
            return;
        }
        assertOutcome(open, sql, before);
        assertOutcome(closed, sql, after);
    }

    private static void assertOutcome(TestDatabase database, String sql, String expected) throws SQLException {
        boolean refused = expected.contains(" ") && !expected.startsWith("copied");
        if (refused) {
            assertThatThrownBy(() -> attempt(database, sql)).as(sql).hasMessageContaining(expected);
        } else {
            assertThat(attempt(database, sql)).as(sql).isEqualTo(expected);
        }
    }

    private static String attempt(TestDatabase database, String sql) throws SQLException {
        try (Connection connection = database.application().getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            try {
                statement.execute("select set_config('app.current_tenant_id', '1', true)");
                if (sql.startsWith("copy")) {
                    CopyOut copy =
                            connection.unwrap(PGConnection.class).getCopyAPI().copyOut(sql);
                    int rows = 0;
                    while (copy.readFromCopy() != null) {
                        rows++;
                    }
                    return "copied " + rows;
                }
                boolean rows = statement.execute(sql);
                // Of several statements the last one with rows counts.
                while (!rows && sql.contains("; ") && statement.getUpdateCount() >= 0) {
                    rows = statement.getMoreResults();
                }
                return rows ? first(statement) : count(sql, statement);
            } finally {
                connection.rollback();
            }
        }
    }

    private static String count(String sql, Statement statement) throws SQLException {
        return List.of("truncate", "create").contains(sql.split(" ", 2)[0])
                ? "done"
                : String.valueOf(statement.getUpdateCount());
    }

    private static String first(Statement statement) throws SQLException {
        List<String> values = new ArrayList<>();
        try (ResultSet rows = statement.getResultSet()) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values.isEmpty() ? "none" : String.join(",", values);
    }

    /** A function of a text body asks whatever current_setting the caller's path leads to. */
    @ParameterizedTest
    @CsvSource({"false, secret", "true, mine"})
    void theFunctionIsNotHijacked(boolean protectedTable, String title) throws SQLException {
        try (TestDatabase database = database()) {
            if (protectedTable) {
                Scripts.apply(
                        database.owner(),
                        InstallBoundary.of(TenantKeyType.BIGINT),
                        new CreateBoundaryRoles(ROLES, "public"),
                        TableChanges.protectTable(
                                TableName.of("booking"),
                                TableRows.byTenantColumn("tenant_id"),
                                ROLES,
                                TablePrivilege.ALL));
            } else {
                TestDatabase.execute(
                        database.owner(),
                        "create function tenant() returns bigint language sql stable as"
                                + " $$ select current_setting('app.current_tenant_id')::bigint $$",
                        "create policy p on booking using (tenant_id = tenant())",
                        "alter table booking enable row level security");
            }
            TestDatabase.execute(database.superuser(), "create schema mine authorization boundary_app");
            assertThat(attempt(
                            database,
                            "create function mine.current_setting(text) returns text language sql as 'select ''2''::text';"
                                    + " create function mine.current_setting(text, boolean) returns text language sql as"
                                    + " 'select ''2''::text';"
                                    + " set local search_path = mine, pg_catalog, public; select title from booking"))
                    .isEqualTo(title);
        }
    }
}
