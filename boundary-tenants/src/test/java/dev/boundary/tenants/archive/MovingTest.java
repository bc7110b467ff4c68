package dev.boundary.tenants.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boundary.core.Scope.TenantScope;
import dev.boundary.core.TenantKey;
import dev.boundary.core.TenantKeyType;
import dev.boundary.rls.CreateBoundaryRoles;
import dev.boundary.rls.InstallBoundary;
import dev.boundary.rls.RlsChange;
import dev.boundary.rls.RoleNames;
import dev.boundary.rls.TableChanges;
import dev.boundary.rls.TableName;
import dev.boundary.rls.TablePrivilege;
import dev.boundary.rls.TableRows;
import dev.boundary.tenants.TenantDataException;
import dev.boundary.tenants.World;
import dev.boundary.tenants.erasure.TenantErasure;
import dev.boundary.testing.postgresql.PostgresServer;
import dev.boundary.testing.postgresql.TestDatabase;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the shared tables to a schema of its own, with tables that reference each other in a cycle. */
class MovingTest {

    private static final TenantScope TENANT = new TenantScope(TenantKey.of(1L));

    private static final String TABLES = """
            create type %1$s."Mood" as enum ('good');
            create table %1$s.country (
              tenant bigint not null, id int generated always as identity, capital int not null, mood %1$s."Mood"[],
              primary key (tenant, id));
            create table %1$s.city (
              tenant bigint not null, id int generated always as identity, country int not null, name text,
              primary key (tenant, id), foreign key (tenant, country) references %1$s.country);
            alter table %1$s.country add constraint capital foreign key (tenant, capital) references %1$s.city deferrable;
            """;

    private static TestDatabase database;

    @TempDir
    private Path temporary;

    @BeforeAll
    static void create() throws SQLException {
        database = PostgresServer.shared().createDatabase();
        TestDatabase.execute(
                database.owner(), TABLES.formatted("public"), "create schema \"Acme\"", TABLES.formatted("\"Acme\""));
        List<RlsChange> changes = new ArrayList<>(List.of(InstallBoundary.of(TenantKeyType.BIGINT)));
        for (String schema : List.of("public", "Acme")) {
            changes.add(new CreateBoundaryRoles(RoleNames.DEFAULT, schema));
            for (String table : List.of("country", "city")) {
                changes.add(TableChanges.protectTable(
                        new TableName(schema, table),
                        TableRows.byTenantColumn("tenant"),
                        RoleNames.DEFAULT,
                        TablePrivilege.ALL));
            }
        }
        World.apply(database.owner(), changes);
        TestDatabase.execute(database.superuser(), """
                begin;
                set constraints all deferred;
                insert into country (tenant, capital, mood) select t, n, '{good}' from generate_series(1, 2) t, generate_series(1, 3) n;
                insert into city (tenant, country, name) select tenant, id, 'capital ' || id from country order by id;
                update country set capital = c.id from city c where c.country = country.id and c.tenant = country.tenant;
                commit;
                """);
    }

    @AfterAll
    static void drop() throws SQLException {
        database.close();
    }

    @Test
    void aTenantMovesToASchemaOfItsOwn() throws Exception {
        Path shared = temporary.resolve("shared");
        TenantExport.of(database.application()).withAdmin(database.admin()).export(TENANT, shared);
        TenantErasure erasure = TenantErasure.of(database.application()).withAdmin(database.admin());
        assertThat(erasure.withBatchSize(1).erase(TENANT).total()).isEqualTo(6);
        erasure.scan(TENANT).requireClean();
        TenantImport move = TenantImport.of(database.application()).withSchemaRenamed("public", "Acme");
        assertThat(move.importInto(TENANT, shared).total()).isEqualTo(6);
        Path own = temporary.resolve("own");
        TenantExport.of(database.application()).withAdmin(database.admin()).export(TENANT, own);
        assertThat(Archives.rows(own))
                .containsEntry("Acme.country", Archives.rows(shared).get("public.country"))
                .containsEntry("Acme.city", Archives.rows(shared).get("public.city"))
                .containsEntry("public.city", "");
        assertThatThrownBy(() -> TenantImport.of(database.application())
                        .withSchemaRenamed("public", "Umbrella")
                        .withExistingRows()
                        .importInto(TENANT, shared))
                .isInstanceOf(TenantDataException.class)
                .hasMessageContaining("no protected table Umbrella.country");
        erasure.erase(TENANT);
        TestDatabase.execute(
                database.superuser(), "alter table \"Acme\".country alter constraint capital not deferrable");
        assertThatThrownBy(() -> move.importInto(TENANT, shared))
                .isInstanceOf(TenantDataException.class)
                .hasMessageContaining("[Acme.city, Acme.country] form a cycle");
        TenantImport.of(database.application()).withNewKeys().importInto(TENANT, shared);
        assertThat(erasure.dryRun(TENANT).byTable()).containsEntry("public.country", 3L);
    }
}
