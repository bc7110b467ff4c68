package dev.boundary.tenants.isolation;

import static dev.boundary.tenants.isolation.IsolationDatabase.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.boundary.core.registry.Change;
import dev.boundary.core.registry.Tenant;
import dev.boundary.rls.CreateTenantRegistry;
import dev.boundary.rls.RlsChange;
import dev.boundary.rls.RoleNames;
import dev.boundary.rls.TableChanges;
import dev.boundary.rls.TableName;
import dev.boundary.rls.TablePrivilege;
import dev.boundary.rls.TableRows;
import dev.boundary.tenants.PooledDatabase;
import dev.boundary.tenants.TenantDataException;
import dev.boundary.tenants.archive.Manifest;
import dev.boundary.tenants.archive.TenantExport;
import dev.boundary.tenants.archive.TenantImport;
import dev.boundary.tenants.erasure.TenantErasure;
import dev.boundary.tenants.lifecycle.Deprovisioned;
import dev.boundary.tenants.lifecycle.TenantLifecycle;
import dev.boundary.testing.postgresql.TestDatabase;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives of tenants with schemas of their own, and of others beside them. */
class OwnSchemaArchiveTest {

    private static final Tenant SEVEN = IsolationDatabase.tenant(7, "schema:own_7");
    private static final Tenant NINE = IsolationDatabase.tenant(9, "schema:own_9");

    private static final String NEIGHBOURS = """
            select t::text from public.visit t where tenant_id <> 7
            union all select t::text from public.guest t where tenant_id <> 7
            union all select t::text from own_9.visit t
            union all select t::text from own_9.guest t order by 1""";

    @SuppressWarnings("NullAway.Init")
    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private PooledDatabase database;

    @BeforeEach
    void start() throws SQLException {
        database = IsolationDatabase.copy("own and shared tables", OwnSchemaArchiveTest::build);
    }

    private static void build(TestDatabase empty) throws SQLException {
        DataSource owner = empty.owner();
        IsolationDatabase.makeSchemas(owner, List.of(SEVEN, NINE));
        makeTables(owner, "public");
        makeTables(owner, "own_7");
        makeTables(owner, "own_9");
        TestDatabase.execute(
                empty.superuser(),
                "insert into public.guest (tenant_id, name) values (7, 'Ann'), (8, 'Bob'), (7, 'Cid')",
                "insert into public.visit (tenant_id, guest_id, mood) select tenant_id, id, 'good' from public.guest",
                "insert into own_9.guest (tenant_id, name) values (9, 'Dan')",
                "insert into own_9.visit (tenant_id, guest_id, mood) values (9, 1, 'bad')");
    }

    private static void makeTables(DataSource owner, String schema) throws SQLException {
        TestDatabase.execute(
                owner,
                "create type %s.mood as enum ('good', 'bad')".formatted(schema),
                "create table %s.guest (id bigint generated always as identity, tenant_id bigint not null, name text not null, primary key (tenant_id, id))"
                        .formatted(schema),
                "create table %1$s.visit (id bigint generated always as identity, tenant_id bigint not null, guest_id bigint, mood %1$s.mood, primary key (tenant_id, id), foreign key (tenant_id, guest_id) references %1$s.guest)"
                        .formatted(schema));
        List<String> protect = new ArrayList<>();
        for (String table : List.of("guest", "visit")) {
            RlsChange change = TableChanges.protectTable(
                    new TableName(schema, table),
                    TableRows.byTenantColumn("tenant_id"),
                    RoleNames.DEFAULT,
                    TablePrivilege.ALL);
            protect.addAll(change.apply());
        }
        TestDatabase.execute(owner, protect.toArray(String[]::new));
    }

    @AfterEach
    void stop() throws SQLException {
        database.close();
    }

    @Test
    void importsAnArchiveIntoAnotherSchema() throws Exception {
        List<String> neighbours = rows(database, NEIGHBOURS);
        Path first = folder.resolve("first");
        Manifest exported = TenantExport.of(database.application())
                .withAdmin(database.admin())
                .export(NINE.scope(), first);
        TestDatabase.execute(database.superuser(), "delete from public.visit where tenant_id = 7");
        TestDatabase.execute(database.superuser(), "delete from public.guest where tenant_id = 7");

        TenantImport.of(database.application())
                .withSchemaRenamed("own_9", "own_7")
                .importInto(SEVEN.scope(), first);
        assertThat(rows(database, "select name || tenant_id from own_7.guest")).containsExactly("Dan7");
        assertThat(rows(database, "select mood::text from own_7.visit")).containsExactly("bad");

        Path second = folder.resolve("second");
        TenantExport.of(database.application()).export(SEVEN.scope(), second);
        TenantErasure.of(database.application()).withAdmin(database.admin()).erase(NINE.scope());
        TenantImport.of(database.application())
                .withSchemaRenamed("own_7", "own_9")
                .importInto(NINE.scope(), second);
        Manifest again = TenantExport.of(database.application()).export(NINE.scope(), folder.resolve("third"));
        assertThat(again.tables()).isEqualTo(exported.tables());
        assertThat(rows(database, NEIGHBOURS)).isEqualTo(neighbours);
    }

    @Test
    void deprovisioningEmptiesTheOwnSchemaAndTheSharedTables() throws Exception {
        TestDatabase.execute(
                database.owner(),
                new CreateTenantRegistry(RoleNames.DEFAULT).apply().toArray(String[]::new));
        TestDatabase.execute(database.superuser(), "insert into own_7.guest (tenant_id, name) values (7, 'Eve')");
        List<String> neighbours = rows(database, NEIGHBOURS);
        Change change = new Change("ann", "a test");
        TenantLifecycle lifecycle = TenantLifecycle.builder(database.admin())
                .rows(database.application(), database.admin())
                .build();
        lifecycle.provision(SEVEN, change);
        lifecycle.suspend(SEVEN.key(), change);

        Deprovisioned outcome = lifecycle
                .deprovision(SEVEN.key())
                .withConfirmation("t7")
                .withExport(folder)
                .run(change);

        assertThat(outcome.erased().nonEmpty().byTable())
                .isEqualTo(Map.of("own_7.guest", 1L, "public.guest", 2L, "public.visit", 2L));
        assertThat(rows(database, "select name from own_7.guest")).isEmpty();
        assertThat(rows(database, NEIGHBOURS)).isEqualTo(neighbours);
    }

    @Test
    void anArchiveDoesNotRevealTheSchemasOfOtherTenants() throws Exception {
        Manifest manifest = TenantExport.of(database.application()).export(SEVEN.scope(), folder);
        assertThat(manifest.tables()).extracting(Manifest.TableFile::schema).containsOnly("own_7", "public");
    }

    /** A row that was written to the wrong place is not lost silently. */
    @Test
    void exportsRowsFromAnotherTenantsSchema() throws Exception {
        TestDatabase.execute(database.superuser(), "insert into own_9.guest (tenant_id, name) values (7, 'Lost')");
        Manifest manifest = TenantExport.of(database.application()).export(SEVEN.scope(), folder);
        assertThat(manifest.rows().byTable()).containsEntry("own_9.guest", 1L);
        assertThatExceptionOfType(TenantDataException.class)
                .isThrownBy(() -> TenantErasure.of(database.application())
                        .withAdmin(database.admin())
                        .scan(SEVEN.scope())
                        .requireClean())
                .withMessageContaining("own_9.guest");
    }

    @Test
    void refusesToImportTwoTablesIntoOne() throws Exception {
        TestDatabase.execute(database.superuser(), "insert into own_7.guest (tenant_id, name) values (7, 'Eve')");
        TenantExport.of(database.application()).export(SEVEN.scope(), folder);
        assertThatExceptionOfType(TenantDataException.class)
                .isThrownBy(() -> TenantImport.of(database.application())
                        .withSchemaRenamed("public", "own_7")
                        .importInto(SEVEN.scope(), folder))
                .withMessageContaining("two tables that both go to own_7.guest");
        assertThat(rows(database, "select name from own_7.guest")).containsExactly("Eve");
    }

    @Test
    void renamesASchemaOnlyOnce() {
        TenantImport imports = TenantImport.of(database.application()).withSchemaRenamed("public", "own_7");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> imports.withSchemaRenamed("public", "own_9"))
                .withMessageContaining("\"public\"");
        assertThatIllegalArgumentException().isThrownBy(() -> imports.withSchemaRenamed("a", "a"));
    }
}
