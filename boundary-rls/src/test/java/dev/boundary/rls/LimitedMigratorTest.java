package dev.boundary.rls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boundary.core.SessionVariable;
import dev.boundary.core.TenantKeyType;
import dev.boundary.rls.InstallBoundary.LeakproofMode;
import dev.boundary.rls.InstallBoundary.MissingTenant;
import dev.boundary.rls.InstallBoundary.PredicateForm;
import dev.boundary.testing.postgresql.PostgresServer;
import dev.boundary.testing.postgresql.TestDatabase;
import dev.boundary.testing.postgresql.TestRoles;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** The migrating role is no superuser and creates no roles, as on managed PostgreSQL: what it cannot do is said. */
@Tag("every-postgresql")
class LimitedMigratorTest {

    private static final RoleNames ROLES = new RoleNames("limited_migrator", "limited_app", "limited_admin");

    private TestDatabase database;

    @BeforeEach
    void prepare() throws SQLException {
        database = PostgresServer.shared()
                .createDatabase(new TestRoles(ROLES.owner(), ROLES.application(), ROLES.admin()));
        TestDatabase.execute(database.superuser(), "alter role limited_migrator nocreaterole");
        assertThat(Catalog.roles(database.superuser(), "limited_migrator"))
                .containsExactly("limited_migrator | f | f | t");
    }

    @AfterEach
    void drop() throws SQLException {
        database.close();
    }

    @Test
    void leakproofIsLeftOutWithANotice() throws SQLException {
        assertThat(run(install(LeakproofMode.AUTO)))
                .containsExactly("boundary.current_tenant_id() is not declared LEAKPROOF: only a superuser may."
                        + " Indexes on the tenant column work without it.");
        assertThat(leakproof()).isEqualTo(List.of("f | f"));
    }

    @Test
    void leakproofCanBeRequired() throws SQLException {
        List<String> before = Catalog.of(database.superuser());
        assertThatThrownBy(() -> run(install(LeakproofMode.REQUIRED)))
                .isInstanceOfSatisfying(PSQLException.class, e -> {
                    assertThat(e.getSQLState()).isEqualTo("42501");
                    assertThat(e.getMessage())
                            .contains(
                                    "boundary.current_tenant_id() cannot be declared LEAKPROOF: only a superuser may");
                    assertThat(hint(e)).isEqualTo("Run this change as a superuser, or set leakproof to auto.");
                });
        assertThat(Catalog.of(database.superuser())).isEqualTo(before);
        Scripts.apply(database.superuser(), install(LeakproofMode.REQUIRED));
        assertThat(leakproof()).isEqualTo(List.of("t | t"));
    }

    @Test
    void leakproofCanBeLeftOut() throws SQLException {
        Scripts.apply(database.superuser(), install(LeakproofMode.OFF));
        assertThat(leakproof()).isEqualTo(List.of("f | f"));
    }

    @Test
    void missingRolesAreAskedFor() throws SQLException {
        RoleNames missing = new RoleNames("limited_migrator", "limited_absent", "limited_admin");
        run(install(LeakproofMode.OFF));
        List<String> before = Catalog.of(database.superuser());
        assertThatThrownBy(() -> run(new CreateBoundaryRoles(missing, "public")))
                .isInstanceOfSatisfying(PSQLException.class, e -> {
                    assertThat(e.getMessage())
                            .contains("There is no role \"limited_absent\" (applicationRole), and the"
                                    + " migrating role may not create it");
                    assertThat(hint(e)).startsWith("Have it created by an administrator: create role ");
                });
        assertThat(Catalog.of(database.superuser())).isEqualTo(before);
        // What the hint says is enough.
        TestDatabase.execute(
                database.superuser(),
                "create role \"limited_absent\" login nosuperuser nobypassrls nocreatedb nocreaterole");
        run(new CreateBoundaryRoles(missing, "public"));
        Scripts.rollback(database.owner(), new CreateBoundaryRoles(missing, "public"));
        assertThat(Catalog.roles(database.superuser(), "limited_absent"))
                .as("not its own to drop")
                .hasSize(1);
        TestDatabase.execute(database.superuser(), "drop owned by limited_absent", "drop role limited_absent");
    }

    @Test
    void everythingElseWorks() throws SQLException {
        TestDatabase.execute(
                database.owner(),
                "create table booking (id bigint primary key, tenant_id bigint not null)",
                "create table line (id bigint primary key, booking_id bigint not null references booking)",
                "insert into booking values (1, 1), (2, 2)",
                "insert into line values (1, 1), (2, 2)");
        List<String> before = Catalog.of(database.superuser());
        List<RlsChange> changes = List.of(
                install(LeakproofMode.AUTO),
                new CreateBoundaryRoles(ROLES, "public"),
                TableChanges.protectTable(
                        TableName.of("booking"), TableRows.byTenantColumn("tenant_id"), ROLES, TablePrivilege.ALL),
                TableChanges.protectTable(
                        TableName.of("line"), TableRows.byForeignKey("booking_id"), ROLES, TablePrivilege.ALL));
        for (RlsChange change : changes) {
            run(change);
        }
        assertThat(Scripts.as(database.application(), "1", "select id from line"))
                .containsExactly("1");
        assertThat(Scripts.as(database.admin(), null, "select id from line order by id"))
                .containsExactly("1", "2");
        for (RlsChange change : changes.reversed()) {
            Scripts.rollback(database.owner(), change);
        }
        assertThat(Catalog.of(database.superuser())).isEqualTo(before);
    }

    @Test
    void whatBelongsToOthersIsNamed() throws SQLException {
        TestDatabase.execute(
                database.superuser(),
                "create schema theirs",
                "grant usage, create on schema theirs to public",
                "create schema closed",
                "grant create on schema closed to limited_migrator",
                "alter default privileges for role postgres in schema theirs grant select on tables to limited_app");
        run(install(LeakproofMode.OFF));
        assertThat(run(new CreateBoundaryRoles(ROLES, "theirs")))
                .contains(
                        "Role \"limited_app\" can create objects in schema theirs, and the migrating role cannot take"
                                + " that away",
                        "Default privileges open future tables to limited_app: SELECT");
        assertThat(run(new CreateBoundaryRoles(ROLES, "closed")))
                .contains("Role \"limited_app\" has no USAGE on schema closed, and the migrating role cannot grant it");
        TestDatabase.execute(database.superuser(), "create table theirs.invoice (tenant_id bigint not null)");
        assertThatThrownBy(() -> run(TableChanges.protectTable(
                        new TableName("theirs", "invoice"),
                        TableRows.byTenantColumn("tenant_id"),
                        ROLES,
                        TablePrivilege.ALL)))
                .isInstanceOfSatisfying(PSQLException.class, e -> {
                    assertThat(e.getMessage()).contains("The migrating role does not own theirs.invoice");
                    assertThat(hint(e)).contains("Run the migration as its owner");
                });
    }

    private static RlsChange install(LeakproofMode leakproof) {
        return new InstallBoundary(
                TenantKeyType.BIGINT, SessionVariable.DEFAULT, MissingTenant.ERROR, PredicateForm.PINNED, leakproof);
    }

    private List<String> leakproof() throws SQLException {
        return Catalog.rows(
                database.superuser(),
                "select i.leakproof, p.proleakproof from boundary.installation i, pg_proc p where p.proname ="
                        + " 'current_tenant_id'");
    }

    private static String hint(PSQLException exception) {
        ServerErrorMessage message = Objects.requireNonNull(exception.getServerErrorMessage());
        return Objects.requireNonNull(message.getHint());
    }

    /** In one transaction as the migrating role; what the server says on the way. */
    private List<String> run(RlsChange change) throws SQLException {
        List<String> said = new ArrayList<>();
        try (Connection connection = database.owner().getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (String sql : change.apply()) {
                statement.execute(sql);
                for (SQLWarning warning = statement.getWarnings();
                        warning != null;
                        warning = warning.getNextWarning()) {
                    said.add(warning.getMessage());
                }
            }
            connection.commit();
        }
        return said;
    }
}
