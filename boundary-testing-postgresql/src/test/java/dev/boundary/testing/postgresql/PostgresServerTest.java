package dev.boundary.testing.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class PostgresServerTest {

    private final PostgresServer server = PostgresServer.shared();

    @Test
    void noRoleOfATestDatabaseCanBypassPolicies() throws SQLException {
        try (TestDatabase database = server.createDatabase()) {
            for (DataSource role : List.of(database.application(), database.owner(), database.admin())) {
                assertThat(ask(role, "select rolsuper or rolbypassrls from pg_roles where rolname = current_user"))
                        .isEqualTo("f");
            }
            assertThat(ask(database.superuser(), "select rolsuper from pg_roles where rolname = current_user"))
                    .isEqualTo("t");
        }
    }

    @Test
    void theApplicationCannotCreateTables() throws SQLException {
        try (TestDatabase database = server.createDatabase()) {
            assertThatThrownBy(() -> TestDatabase.execute(database.application(), "create table t ()"))
                    .hasMessageContaining("permission denied for schema public");
        }
    }

    @Test
    void databasesAreFreshAndCopiesOfATemplateAreEqual() throws SQLException {
        PostgresServer.Migration migration =
                database -> TestDatabase.execute(database.owner(), "create table t as select 7 as n");
        try (TestDatabase first = server.createDatabase("copies", TestRoles.DEFAULT, migration);
                TestDatabase second = server.createDatabase("copies", TestRoles.DEFAULT, database -> {
                    throw new AssertionError("the template is there already");
                })) {
            TestDatabase.execute(first.owner(), "update t set n = 8");
            assertThat(ask(second.owner(), "select n from t")).isEqualTo("7");
        }
    }

    @Test
    void rolesOfOtherDatabasesCannotConnect() throws SQLException {
        TestRoles others = new TestRoles("other_owner", "other_app", "other_admin");
        try (TestDatabase mine = server.createDatabase();
                TestDatabase theirs = server.createDatabase(others)) {
            var intruder = mine.application();
            intruder.setUser("other_app");
            intruder.setPassword(theirs.password());
            assertThatThrownBy(intruder::getConnection).hasMessageContaining("permission denied for database");
        }
    }

    @Test
    void closingDropsTheDatabase() throws SQLException {
        TestDatabase database = server.createDatabase();
        database.close();
        assertThatThrownBy(() -> database.owner().getConnection()).hasMessageContaining("does not exist");
    }

    private static String ask(DataSource dataSource, String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
