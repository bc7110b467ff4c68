package dev.boundary.tenants.isolation;

import static dev.boundary.tenants.isolation.IsolationDatabase.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boundary.core.registry.Tenant;
import dev.boundary.core.registry.TenantState;
import dev.boundary.core.routing.Placement.OwnSchema;
import dev.boundary.rls.RlsChange;
import dev.boundary.rls.RoleNames;
import dev.boundary.rls.TableChanges;
import dev.boundary.rls.TableName;
import dev.boundary.rls.TablePrivilege;
import dev.boundary.rls.TableRows;
import dev.boundary.rls.internal.sql.Jdbc;
import dev.boundary.tenants.PooledDatabase;
import dev.boundary.tenants.RowCounts;
import dev.boundary.tenants.TenantDataException;
import dev.boundary.tenants.archive.TenantExport;
import dev.boundary.tenants.archive.TenantImport;
import dev.boundary.testing.postgresql.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tenant 1 moves into a schema of its own; tenant 2 is not affected. */
class SchemaMoveTest {

    private static final Tenant ACME =
            IsolationDatabase.tenant(1, "schema:own_1").in(TenantState.SUSPENDED);
    private static final OwnSchema OWN = new OwnSchema("own_1");
    private static final String OTHERS = """
            select row(n.*, l.*)::text from note n left join line l on l.note_id = n.id where n.tenant_id <> 1
            union all select row(t.*)::text from template t where t.tenant_id is distinct from 1 order by 1""";

    @SuppressWarnings("NullAway.Init")
    private PooledDatabase database;

    @BeforeEach
    void start() throws SQLException {
        database = IsolationDatabase.copy("a schema to move to", SchemaMoveTest::build);
    }

    private static void build(TestDatabase empty) throws SQLException {
        DataSource owner = empty.owner();
        try (Connection connection = owner.getConnection()) {
            makeTables(connection, "public");
        }
        TestDatabase.execute(
                empty.superuser(),
                "insert into note (tenant_id, mood, text, next_id) select 1 + i % 2, 'good', 'n' || i, null from"
                        + " generate_series(1, 20) i",
                "update note set next_id = id - 2 where id > 2",
                "insert into line (note_id, price) select id, id / 7.0 from note, generate_series(1, 3)",
                "insert into template (tenant_id, text) values (null, 'shared'), (1, 'own'), (2, 'other')");
        IsolationDatabase.makeSchemas(owner, List.of(ACME));
        migrate(owner);
    }

    private static void migrate(DataSource owner) {
        try {
            assertThat(IsolatedMigrations.of(placement -> owner)
                            .run("tables", List.of(ACME), (connection, place) -> makeTables(connection, place.schema()))
                            .exitCode())
                    .isZero();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterEach
    void stop() throws SQLException {
        database.close();
    }

    private static void makeTables(Connection connection, String schema) throws SQLException {
        for (String sql : List.of(
                "create type mood as enum ('good', 'bad')",
                "create table note (id bigint generated always as identity primary key, tenant_id bigint not null,"
                        + " mood mood not null, text varchar(20), next_id bigint references note, length int generated always"
                        + " as (length(text)) stored)",
                "create table line (id bigserial primary key, note_id bigint not null references note, price numeric(8, 3))",
                "create table template (tenant_id bigint, text text)")) {
            Jdbc.run(connection, sql);
        }
        RoleNames roles = RoleNames.DEFAULT;
        for (RlsChange change : List.of(
                TableChanges.protectTable(
                        new TableName(schema, "note"),
                        TableRows.byTenantColumn("tenant_id"),
                        roles,
                        TablePrivilege.ALL),
                TableChanges.protectTable(
                        new TableName(schema, "line"), TableRows.byForeignKey("note_id"), roles, TablePrivilege.ALL),
                TableChanges.protectTable(
                        new TableName(schema, "template"), TableRows.mixed("tenant_id"), roles, TablePrivilege.ALL))) {
            for (String sql : change.apply()) {
                Jdbc.run(connection, sql);
            }
        }
    }

    private SchemaMove move() {
        return SchemaMove.of(database.application(), ACME, OWN);
    }

    private List<String> acmeIn(String schema) throws SQLException {
        return rows(
                database,
                "select row(n.id, n.tenant_id, n.mood, n.text, n.next_id, n.length, l.id, l.price)::text from " + schema
                        + ".note n join " + schema + ".line l on l.note_id = n.id where n.tenant_id = 1 order by 1");
    }

    /** ON DELETE CASCADE bypasses policies. */
    @Test
    void removingTheOriginalsDoesNotDeleteRowsOfOthers() throws SQLException {
        try (Connection connection = database.owner().getConnection()) {
            for (String schema : List.of("public", "own_1")) {
                Jdbc.run(
                        connection,
                        "create table " + schema + ".remark (tenant_id bigint not null, note_id bigint references "
                                + schema + ".note on delete cascade)");
                for (String sql : TableChanges.protectTable(
                                new TableName(schema, "remark"),
                                TableRows.byTenantColumn("tenant_id"),
                                RoleNames.DEFAULT,
                                TablePrivilege.ALL)
                        .apply()) {
                    Jdbc.run(connection, sql);
                }
            }
        }
        TestDatabase.execute(
                database.superuser(), "insert into remark select 2, min(id) from note where tenant_id = 1");
        SchemaMove move = move();
        move.copy();
        assertThatThrownBy(move::removeOriginals)
                .isInstanceOf(TenantDataException.class)
                .hasMessageContaining("remark_note_id_fkey")
                .hasMessageContaining("withAdmin");
        SchemaMove checked = move.withAdmin(database.admin());
        assertThatThrownBy(checked::removeOriginals)
                .isInstanceOf(TenantDataException.class)
                .hasMessageContaining("1 rows: Foreign key remark_note_id_fkey");
        assertThat(rows(database, "select tenant_id::text from remark")).containsExactly("2");
        TestDatabase.execute(database.superuser(), "delete from remark");
        assertThat(checked.removeOriginals().total()).isPositive();
    }

    @Test
    void copiesComparesAndRemovesTheRows() throws SQLException {
        DataSource application = database.application();
        Tenant tenant = ACME;
        List<String> before = acmeIn("public");
        List<String> others = rows(database, OTHERS);
        // @start region="move"
        SchemaMove move = SchemaMove.of(application, tenant, new OwnSchema("own_1")); // the tenant is suspended
        RowCounts copied = move.copy();
        // now its placement is changed in the registry
        RowCounts removed = move.removeOriginals();
        // @end
        assertThat(before).hasSize(30);
        assertThat(copied.total()).isEqualTo(41);
        assertThat(removed.total()).isEqualTo(41);
        assertThat(removed.byTable()).containsEntry("public.line", 30L).containsEntry("public.template", 1L);
        assertThat(acmeIn("own_1")).isEqualTo(before);
        assertThat(acmeIn("public")).isEmpty();
        assertThat(rows(database, OTHERS)).isEqualTo(others);
        assertThat(rows(database, "select text from own_1.template")).containsExactly("own");
        assertThat(move.removeOriginals().total()).isZero(); // nothing is left to do

        TestDatabase.execute(
                database.application(),
                "select set_config('app.current_tenant_id', '1', false); insert into own_1.note (mood, text) values ('bad', 'n');"
                        + " insert into own_1.line (note_id, price) select max(id), 1 from own_1.note");
        assertThat(acmeIn("own_1")).hasSize(31); // the sequences are past the keys
    }

    @Test
    void copyingAgainOnlyCompares() throws SQLException {
        assertThat(move().copy()).isEqualTo(move().copy());
        assertThat(acmeIn("own_1")).hasSize(30);
    }

    @Test
    void rowsWrittenMeanwhilePreventTheRemoval() throws SQLException {
        move().copy();
        for (String write : List.of(
                "update note set text = 'late' where id = 2",
                "insert into note (tenant_id, mood) values (1, 'bad')",
                "update own_1.line set price = price + 1 where note_id = 4",
                "delete from template where tenant_id = 1")) {
            TestDatabase.execute(database.superuser(), "begin; " + write + "; commit");
            List<String> before = acmeIn("public");
            assertThatExceptionOfType(IsolationException.class)
                    .as(write)
                    .isThrownBy(() -> move().removeOriginals())
                    .withMessageContaining("are in only one of them");
            assertThatExceptionOfType(IsolationException.class).isThrownBy(() -> move().copy());
            assertThat(acmeIn("public")).isEqualTo(before);
        }
    }

    @Test
    void refusesToMoveBeforeEverythingIsReady() throws SQLException {
        assertThatExceptionOfType(IsolationException.class)
                .isThrownBy(() -> SchemaMove.of(database.application(), ACME.in(TenantState.ACTIVE), OWN)
                        .copy())
                .withMessageContaining("Suspend it");
        Tenant other = IsolationDatabase.tenant(2, "schema:own_1").in(TenantState.SUSPENDED);
        assertThatExceptionOfType(IsolationException.class)
                .isThrownBy(
                        () -> SchemaMove.of(database.application(), other, OWN).copy())
                .withMessageContaining("tenant 1's own, and not tenant 2's");
        assertThatExceptionOfType(IsolationException.class)
                .isThrownBy(() -> move().withSourceSchema("elsewhere").copy())
                .withMessageContaining("withSourceSchema(...)");
        for (DataSource wrong : List.of(database.owner(), database.superuser(), database.admin())) {
            assertThatExceptionOfType(TenantDataException.class)
                    .isThrownBy(() -> SchemaMove.of(wrong, ACME, OWN).copy());
        }
        TestDatabase.execute(database.superuser(), "alter table own_1.note add column colour text");
        assertThatExceptionOfType(IsolationException.class)
                .isThrownBy(() -> move().copy())
                .withMessageContaining("colour");
        TestDatabase.execute(
                database.superuser(),
                "alter table own_1.note drop column colour",
                "alter table own_1.note add check (text <> 'n20')"); // a row that the own schema does not take
        assertThatExceptionOfType(SQLException.class).isThrownBy(() -> move().copy());
        assertThat(acmeIn("own_1")).isEmpty();
        assertThat(acmeIn("public")).hasSize(30);
    }

    /** An archive moves rows to another database, also from one in which others have schemas of their own. */
    @Test
    void exportAndImportFillADatabaseOfTheTenantsOwn(@TempDir Path folder) throws Exception {
        List<String> before = acmeIn("public");
        try (PooledDatabase own = IsolationDatabase.create()) {
            try (Connection connection = own.owner().getConnection()) {
                makeTables(connection, "public");
            }
            TenantExport.of(database.application()).export(ACME, folder);
            TenantImport.of(own.application()).importInto(ACME.scope(), folder);
            assertThat(rows(
                            own,
                            "select row(n.id, n.tenant_id, n.mood, n.text, n.next_id, n.length, l.id, l.price)::text from"
                                    + " note n join line l on l.note_id = n.id order by 1"))
                    .isEqualTo(before);
        }
    }
}
