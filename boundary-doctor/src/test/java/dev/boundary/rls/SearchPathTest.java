package dev.boundary.rls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boundary.core.TenantKeyType;
import dev.boundary.doctor.Doctor;
import dev.boundary.testing.postgresql.PostgresServer;
import dev.boundary.testing.postgresql.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Whoever may create objects in a schema on the migrating role's search path, as every role may in schema public before
 * PostgreSQL 15, can put operators there that match better than the catalog's. Each attack works on careless SQL, and
 * not on the changes.
 */
@Tag("every-postgresql")
class SearchPathTest {

    private static final RoleNames ROLES = RoleNames.DEFAULT;
    private static final List<RlsChange> CHANGES = List.of(
            InstallBoundary.of(TenantKeyType.TEXT),
            new CreateBoundaryRoles(ROLES, "public"),
            TableChanges.protectTable(
                    TableName.of("booking"), TableRows.byTenantColumn("tenant_id"), ROLES, TablePrivilege.ALL),
            TableChanges.protectTable(
                    TableName.of("line"), TableRows.byForeignKey("booking_id"), ROLES, TablePrivilege.ALL));

    private TestDatabase database;

    @BeforeEach
    void prepare() throws SQLException {
        database = PostgresServer.shared().createDatabase();
        TestDatabase.execute(
                database.owner(),
                "create table booking (id varchar(10) primary key, tenant_id varchar(20), title text)",
                "create table line (id bigint primary key, booking_id varchar(10) references booking)",
                "insert into booking values ('1', 'one'), ('2', 'two')",
                "insert into line values (1, '1'), (2, '2')",
                "grant create on schema public to boundary_app");
        TestDatabase.execute(
                database.application(),
                "create function always(varchar, varchar) returns boolean immutable language sql as 'select true'",
                "create function always(varchar, text) returns boolean immutable language sql as 'select true'",
                "create operator = (leftarg = varchar, rightarg = varchar, function = always)",
                "create operator = (leftarg = varchar, rightarg = text, function = always)",
                "create table caught (role text)",
                "grant insert on caught to public",
                "create function catch(oid, regclass) returns boolean language plpgsql as $$ begin insert into"
                        + " public.caught values (current_user); return $1::int8 = $2::int8; end $$",
                "create operator = (leftarg = oid, rightarg = regclass, function = catch)");
    }

    @AfterEach
    void drop() throws SQLException {
        database.close();
    }

    @Test
    void theAttackersOperatorsWork() throws SQLException {
        TestDatabase.execute(
                database.owner(),
                "create policy careless on booking using (tenant_id = (select current_setting('app.current_tenant_id')))",
                "alter table booking enable row level security",
                "grant select on booking to boundary_app",
                "select relname from pg_class where oid = 'booking'::regclass");
        assertThat(Scripts.as(database.application(), "one", "select id from booking"))
                .containsExactlyInAnyOrder("1", "2");
        assertThat(caught()).contains("boundary_owner");
    }

    @Test
    void theChangesDoNotMeetThem() throws SQLException {
        Scripts.apply(database.owner(), CHANGES.toArray(RlsChange[]::new));
        assertThat(Scripts.as(database.application(), "one", "select id from booking"))
                .containsExactly("1");
        assertThat(Scripts.as(database.application(), "two", "select id from line"))
                .containsExactly("2");
        assertThat(TableChanges.findDrift(database.owner().getConnection(), TableName.of("line"), ROLES))
                .isEmpty();
        Scripts.rollback(database.owner(), CHANGES.get(3));
        Scripts.rollback(database.owner(), CHANGES.get(2));
        assertThat(caught()).isEmpty();
    }

    @Test
    void aPathThatPutsTheCatalogLastIsRefused() throws SQLException {
        try (Connection connection = database.owner().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("set search_path = public, pg_catalog");
            assertThatThrownBy(
                            () -> statement.execute(CHANGES.getFirst().apply().getFirst()))
                    .hasMessageContaining("The search_path puts a schema before pg_catalog");
            statement.execute("set search_path = pg_catalog, public");
            statement.execute(CHANGES.getFirst().apply().getFirst());
        }
    }

    /** Its equality is not the catalog's: the policy must compare as the foreign key does. */
    @Test
    void aChildMayReferByATypeOfAnExtension() throws Exception {
        TestDatabase.execute(database.superuser(), "create extension citext");
        TestDatabase.execute(
                database.owner(),
                "create table club (code citext primary key, tenant_id text not null)",
                "create table court (id int primary key, club citext not null references club)",
                "insert into club values ('TC', 'one'), ('BC', 'two')",
                "insert into court values (1, 'tc'), (2, 'bc')");
        Scripts.apply(database.owner(), CHANGES.get(0), CHANGES.get(1));
        Scripts.apply(
                database.owner(),
                TableChanges.protectTable(
                        TableName.of("club"), TableRows.byTenantColumn("tenant_id"), ROLES, TablePrivilege.ALL),
                TableChanges.protectTable(
                        TableName.of("court"), TableRows.byForeignKey("club"), ROLES, TablePrivilege.ALL));
        assertThat(Scripts.as(database.application(), "one", "select id from court"))
                .containsExactly("1");
        try (Connection connection = database.application().getConnection()) {
            assertThat(Doctor.builder().build().examine(connection).findings())
                    .filteredOn(finding -> finding.rule().id().equals("BND-034"))
                    .isEmpty();
        }
    }

    @Test
    void theCallersPathIsAsItWas() throws SQLException {
        try (Connection connection = database.owner().getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("set local search_path = \"$user\", public, pg_temp");
            for (RlsChange change : CHANGES) {
                for (String sql : change.apply()) {
                    statement.execute(sql);
                }
                try (var path = statement.executeQuery("show search_path")) {
                    path.next();
                    assertThat(path.getString(1)).isEqualTo("\"$user\", public, pg_temp");
                }
            }
        }
    }

    private List<String> caught() throws SQLException {
        return Catalog.rows(database.superuser(), "select distinct role from caught");
    }
}
