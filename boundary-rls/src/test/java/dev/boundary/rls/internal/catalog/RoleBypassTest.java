package dev.boundary.rls.internal.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boundary.testing.postgresql.PostgresServer;
import dev.boundary.testing.postgresql.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RoleBypassTest {

    private static TestDatabase database;

    @BeforeAll
    static void create() throws SQLException {
        database = PostgresServer.shared().createDatabase();
        TestDatabase.execute(
                database.superuser(),
                "create role \"Bypass \"\"Group\" bypassrls",
                "create role group_of_group",
                "grant \"Bypass \"\"Group\" to group_of_group");
    }

    @AfterEach
    void restore() throws SQLException {
        TestDatabase.execute(
                database.superuser(),
                "revoke group_of_group from boundary_app",
                "revoke boundary_owner from boundary_app",
                "alter role boundary_app nobypassrls",
                "alter role boundary_app reset row_security",
                "drop table if exists public.\"Owned\"");
    }

    @AfterAll
    static void drop() throws SQLException {
        TestDatabase.execute(database.superuser(), "drop role group_of_group, \"Bypass \"\"Group\"");
        database.close();
    }

    @Test
    void anOrdinaryRoleHasNoWayAround() throws SQLException {
        assertThat(find(database.application())).isEmpty();
    }

    @Test
    void aSuperuserBypasses() throws SQLException {
        assertThat(find(database.superuser())).anyMatch(finding -> finding.contains("Role postgres has SUPERUSER"));
    }

    @Test
    void anAttributeBypasses() throws SQLException {
        TestDatabase.execute(database.superuser(), "alter role boundary_app bypassrls");
        assertThat(find(database.application())).singleElement().asString().contains("Role boundary_app has BYPASSRLS");
    }

    @Test
    void membershipOfAMemberBypassesAlsoWithoutInheriting() throws SQLException {
        TestDatabase.execute(
                database.superuser(), "alter role boundary_app noinherit", "grant group_of_group to boundary_app");
        assertThat(find(database.application()))
                .singleElement()
                .asString()
                .contains("boundary_app is a member of Bypass \"Group, which has BYPASSRLS");
        TestDatabase.execute(database.superuser(), "alter role boundary_app inherit");
    }

    @Test
    void settingAnotherRoleHidesNothing() throws SQLException {
        TestDatabase.execute(
                database.superuser(), "alter role boundary_app bypassrls", "grant boundary_admin to boundary_app");
        try (Connection connection = database.application().getConnection()) {
            connection.createStatement().execute("set role boundary_admin");
            assertThat(RoleBypass.find(connection))
                    .anyMatch(finding -> finding.contains("Role boundary_app has BYPASSRLS"));
        } finally {
            TestDatabase.execute(database.superuser(), "revoke boundary_admin from boundary_app");
        }
    }

    @Test
    void anOwnerCouldDropThePolicy() throws SQLException {
        TestDatabase.execute(
                database.superuser(),
                "create table public.\"Owned\" (id int)",
                "alter table public.\"Owned\" owner to boundary_owner",
                "grant boundary_owner to boundary_app");
        assertThat(find(database.application()))
                .singleElement()
                .asString()
                .contains("public.\"Owned\" (owner boundary_owner)");
    }

    @Test
    void rowSecuritySwitchedOffIsReported() throws SQLException {
        TestDatabase.execute(database.superuser(), "alter role boundary_app set row_security = off");
        assertThat(find(database.application())).singleElement().asString().contains("row_security is off");
    }

    private static List<String> find(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return RoleBypass.find(connection);
        }
    }
}
