package dev.boundary.rls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boundary.core.TenantKeyType;
import dev.boundary.rls.internal.sql.Quoting;
import dev.boundary.testing.postgresql.PostgresServer;
import dev.boundary.testing.postgresql.TestDatabase;
import dev.boundary.testing.postgresql.TestRoles;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each change alone does something, and its rollback restores exactly what was there before. */
class SingleChangeTest {

    private static final TableName BARE = new TableName("Odd \"schema'", "Odd %s \"table'");
    private static final String BARE_COLUMN = "Odd %1$s \"column'";
    private static final TableName DONE = TableName.of("done");
    private static final TableName CHILD = TableName.of("child");
    private static final RoleNames ROLES = RoleNames.DEFAULT;
    private static final String APP = ROLES.application();

    private static Stream<RlsChange> changes() {
        return Stream.of(
                TableChanges.protectTable(BARE, TableRows.byTenantColumn(BARE_COLUMN), ROLES, TablePrivilege.ALL),
                TableChanges.protectTable(
                        BARE, TableRows.byTenantColumn(BARE_COLUMN), ROLES, Set.of(TablePrivilege.SELECT)),
                TableChanges.protectTable(BARE, TableRows.mixed(BARE_COLUMN), ROLES, TablePrivilege.ALL),
                TableChanges.protectTable(CHILD, TableRows.byForeignKey("done_id"), ROLES, TablePrivilege.ALL),
                TableChanges.grantGlobalTable(BARE, ROLES, TablePrivilege.ALL),
                TableChanges.grantTenantTable(BARE, BARE_COLUMN, ROLES, TablePrivilege.ALL),
                TableChanges.enableRls(BARE),
                TableChanges.disableRls(DONE),
                TableChanges.createTenantPolicies(BARE, TableRows.byTenantColumn(BARE_COLUMN), APP),
                TableChanges.createTenantPolicies(BARE, TableRows.mixed(BARE_COLUMN), APP),
                TableChanges.createTenantPolicies(CHILD, TableRows.byForeignKey("done_id"), APP),
                TableChanges.dropTenantPolicy(DONE),
                TableChanges.createAdminPolicy(BARE, ROLES.admin()),
                TableChanges.dropAdminPolicy(DONE),
                TableChanges.setTenantDefault(BARE, BARE_COLUMN),
                TableChanges.setTenantNotNull(BARE, BARE_COLUMN),
                TableChanges.createTenantIndex(BARE, BARE_COLUMN));
    }

    private static TestDatabase shared;
    private static List<String> before;

    @BeforeAll
    static void prepare() throws SQLException {
        shared = prepared();
        before = Catalog.of(shared.superuser());
    }

    @AfterAll
    static void drop() throws SQLException {
        shared.close();
    }

    /** What one test should have restored and did not is no fault of the next. */
    private static void startAnew() throws SQLException {
        drop();
        prepare();
    }

    @Tag("every-postgresql")
    @ParameterizedTest
    @MethodSource("changes")
    void restoresWhatWasThere(RlsChange change) throws SQLException {
        try {
            Scripts.apply(shared.owner(), change);
            List<String> after = Catalog.of(shared.superuser());
            assertThat(after).isNotEqualTo(before);
            Scripts.rollback(shared.owner(), change);
            assertThat(Catalog.of(shared.superuser())).isEqualTo(before);
            Scripts.apply(shared.owner(), change);
            assertThat(Catalog.of(shared.superuser())).isEqualTo(after);

            Scripts.rollback(shared.owner(), change);
            assertThatThrownBy(() -> Scripts.rollback(shared.owner(), change))
                    .as("a second rollback")
                    .hasMessageContaining("There is nothing to roll back: " + change.name());
        } catch (AssertionError | SQLException e) {
            startAnew();
            throw e;
        }
    }

    @ParameterizedTest
    @MethodSource("changes")
    void leavesNothingHalfDone(RlsChange change) throws SQLException {
        assertThatThrownBy(() -> Scripts.run(
                        shared.owner(),
                        Stream.concat(change.apply().stream(), Stream.of("select 1/0"))
                                .toList()))
                .hasMessageContaining("division by zero");
        assertThat(Catalog.of(shared.superuser())).isEqualTo(before);
    }

    @Test
    void rollsBackTheNewestOfSeveral() throws SQLException {
        RlsChange grant = TableChanges.grantTenantTable(BARE, BARE_COLUMN, ROLES, TablePrivilege.ALL);
        try (TestDatabase database = prepared()) {
            List<String> own = Catalog.of(database.superuser());
            Scripts.apply(database.owner(), grant);
            List<String> first = Catalog.of(database.superuser());
            TestDatabase.execute(database.owner(), "alter table " + BARE.quoted() + " add column later int");
            List<String> added = Catalog.of(database.superuser());
            Scripts.apply(database.owner(), grant);
            Scripts.rollback(database.owner(), grant);
            assertThat(Catalog.of(database.superuser())).isEqualTo(added);
            TestDatabase.execute(database.owner(), "alter table " + BARE.quoted() + " drop column later");
            assertThat(Catalog.of(database.superuser())).isEqualTo(first);
            Scripts.rollback(database.owner(), grant);
            assertThat(Catalog.of(database.superuser())).isEqualTo(own);
        }
    }

    @Tag("every-postgresql")
    @Test
    void restoresRolesAndSchemas() throws SQLException {
        // Roles belong to the server: names of this test's own.
        RoleNames roles = new RoleNames("own_owner", "own 'app\"", "own_admin");
        RlsChange create = new CreateBoundaryRoles(roles, "public");
        try (TestDatabase database = PostgresServer.shared().createDatabase()) {
            Scripts.apply(database.owner(), install());
            TestDatabase.execute(
                    database.owner(),
                    "alter default privileges in schema public grant select on tables to public",
                    "grant create on schema public to public");
            List<String> own = Catalog.of(database.superuser());
            Scripts.apply(database.owner(), create);
            assertThat(Catalog.roles(database.superuser(), "own"))
                    .containsExactly("own 'app\" | f | f | t", "own_admin | f | f | t", "own_owner | f | f | t");
            assertThat(Catalog.of(database.superuser())).noneMatch(line -> line.startsWith("default privileges"));
            Scripts.rollback(database.owner(), create);
            assertThat(Catalog.roles(database.superuser(), "own")).isEmpty();
            assertThat(Catalog.of(database.superuser())).isEqualTo(own);
        }
    }

    @Tag("every-postgresql")
    @Test
    void restoresADatabaseWithoutBoundary() throws SQLException {
        try (TestDatabase database = PostgresServer.shared().createDatabase()) {
            List<String> own = Catalog.of(database.superuser());
            Scripts.apply(database.owner(), install());
            Scripts.rollback(database.owner(), install());
            assertThat(Catalog.of(database.superuser())).isEqualTo(own);
        }
    }

    @Test
    void isNotRemovedWhileInUse() throws SQLException {
        try (TestDatabase database = prepared()) {
            assertThatThrownBy(() -> Scripts.rollback(database.owner(), install()))
                    .hasMessageContaining("changes that need it are still applied");
        }
    }

    private static RlsChange install() {
        return InstallBoundary.of(TenantKeyType.BIGINT);
    }

    private static TestDatabase prepared() throws SQLException {
        return PostgresServer.shared().createDatabase("single-change", TestRoles.DEFAULT, database -> {
            TestDatabase.execute(
                    database.superuser(), "create schema \"Odd \"\"schema'\" authorization boundary_owner");
            Scripts.apply(database.owner(), install(), new CreateBoundaryRoles(ROLES, "public"));
            TestDatabase.execute(
                    database.owner(),
                    "create table " + BARE.quoted() + " (id bigserial primary key, " + Quoting.identifier(BARE_COLUMN)
                            + " bigint default 0, text text)",
                    "grant insert (text), update (text) on " + BARE.quoted() + " to boundary_app with grant option",
                    "grant select, truncate on " + BARE.quoted() + " to public",
                    "create policy theirs on " + BARE.quoted() + " using (true)",
                    "alter table " + BARE.quoted() + " force row level security",
                    "create table done (id bigint primary key, tenant_id bigint)",
                    "create table child (id bigint primary key, done_id bigint references done)");
            Scripts.apply(
                    database.owner(),
                    TableChanges.protectTable(DONE, TableRows.byTenantColumn("tenant_id"), ROLES, TablePrivilege.ALL));
        });
    }
}
