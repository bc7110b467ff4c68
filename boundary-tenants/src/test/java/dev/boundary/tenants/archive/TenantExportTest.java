package dev.boundary.tenants.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boundary.core.TenantKey;
import dev.boundary.core.registry.Slug;
import dev.boundary.core.registry.Tenant;
import dev.boundary.core.registry.TenantState;
import dev.boundary.tenants.TenantDataException;
import dev.boundary.tenants.World;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TenantExportTest {

    private static World world;

    @TempDir
    private Path temporary;

    @BeforeAll
    static void create() throws SQLException {
        world = World.filled();
    }

    @AfterAll
    static void drop() throws SQLException {
        world.close();
    }

    private TenantExport export() {
        return TenantExport.of(world.application());
    }

    private void assertRefused(DataSource role, String... reasons) {
        Path folder = temporary.resolve("refused");
        assertThatThrownBy(() -> TenantExport.of(role).export(World.A, folder))
                .isInstanceOf(TenantDataException.class)
                .satisfies(e -> assertThat(e.getMessage()).contains(reasons));
        assertThat(folder).doesNotExist();
    }

    @Test
    void anArchiveNamesItsTenantAndContainsNoOthersRows() throws Exception {
        Tenant tenant = new Tenant(
                World.A.tenant(),
                new Slug("acme"),
                "Acme & Söhne",
                Optional.empty(),
                TenantState.DELETING,
                Map.of("plan", "gold"));
        Path folder = temporary.resolve("new/archive");
        Manifest manifest = export().withAdmin(world.admin()).export(tenant, folder);
        assertThat(manifest.tenant().name()).contains("Acme & Söhne");
        assertThat(manifest.tenant().tenantKey()).isEqualTo(tenant.key());
        TenantArchive archive = TenantArchive.open(folder);
        archive.verify();
        assertThat(archive.manifest()).isEqualTo(manifest);
        assertThat(manifest.rows().total()).isEqualTo(36);
        assertThat(Archives.rows(folder).values())
                .noneMatch(rows -> rows.contains(World.B.tenant().asText()));
        assertThat(Archives.rows(folder).get("public.template")).doesNotContain("shared");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("manifest.json"))))
                .isEqualTo("rw-------");
    }

    @Test
    void valuesKeepTheirTypes() throws Exception {
        Path folder = temporary.resolve("archive");
        export().export(World.A, folder);
        Map<String, String> rows = Archives.rows(folder);
        assertThat(rows.get("Odd Schema.Weird \"Table\" ☃"))
                .contains("\"select\":9223372036854775807,")
                .contains("\"r4\":1.1,\"r8\":0.1,\"num\":-12345678901234567890123456789012345678901234567890.000100,")
                .contains("\"yes\":true,")
                .contains("\"r4\":\"NaN\",\"r8\":\"-Infinity\",\"num\":\"NaN\",")
                .contains("\"js\":\"null\",\"jb\":\"null\",\"xm\":null,")
                .contains("\"ch\":\"ab    \",")
                .contains("\"ts\":\"0044-03-15 12:00:00 BC\",\"tstz\":\"2024-02-29 12:00:00.123456+00\",")
                .contains("\"by\":\"\\\\x00ff5c0a\",")
                .contains("\"reg\":\"public.currency\",")
                .contains("\"pair\":\"(,)\",\"pairs\":null,");
        assertThat(rows.get("public.project")).doesNotContain("loud_name");
        assertThat(rows.get("public.booking")).contains("\"total\":10.50}");
    }

    @Test
    void exportsOneSnapshot() throws Exception {
        Path folder = temporary.resolve("archive");
        export().withAdmin(world.admin())
                .withProgress(progress -> {
                    try {
                        world.run(
                                "insert into log values ('" + World.A.tenant() + "', now(), 'meanwhile')",
                                "delete from subtask where tenant = '" + World.A.tenant() + "' and task_id = 5");
                    } catch (SQLException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .export(World.A, folder);
        assertThat(Archives.rows(folder).get("public.log")).doesNotContain("meanwhile");
        assertThat(Archives.table(folder, "public.subtask").rows()).isEqualTo(5);
        world.run(
                "delete from log where message = 'meanwhile'",
                "insert into subtask values ('" + World.A.tenant() + "', 5, 1, false)");
    }

    @Test
    void refusesARoleThatSeesMoreThanTheTenantsRows() {
        assertRefused(world.database().superuser(), "SUPERUSER");
        assertRefused(world.database().owner(), "owns tables");
        assertRefused(world.admin(), "The policies boundary_tenant and boundary_floor of table public.booking");
    }

    @Test
    void refusesARoleThatCannotReadEveryColumn() throws Exception {
        world.run(
                "revoke select on log, booking from boundary_app",
                "grant select (id, tenant_id) on booking to boundary_app",
                "revoke usage on schema \"Odd Schema\" from boundary_app");
        try {
            assertRefused(
                    world.application(),
                    "Role boundary_app may not SELECT on every column of public.log. Run: grant select on"
                            + " \"public\".\"log\" to \"boundary_app\"",
                    "may not SELECT on every column of public.booking",
                    "because it lacks USAGE on the schema. Run: grant usage on schema \"Odd Schema\" to \"boundary_app\"");
        } finally {
            world.run(
                    "grant select on log, booking to boundary_app",
                    "grant usage on schema \"Odd Schema\" to boundary_app");
        }
    }

    @Test
    void refusesATableWithoutItsPolicies() throws Exception {
        world.run("alter table node disable row level security");
        try {
            assertRefused(world.application(), "Row-level security of table public.node does not apply");
        } finally {
            world.run("alter table node enable row level security");
        }
        world.run("alter policy boundary_floor on node to boundary_admin");
        try {
            assertRefused(world.application(), "boundary_floor of table public.node do not both apply");
        } finally {
            world.run("alter policy boundary_floor on node to boundary_app");
        }
    }

    @Test
    void brokenPoliciesDoNotLeakOthersRowsIntoAnArchive() throws Exception {
        world.run(
                "alter policy boundary_tenant on log using (true)", "alter policy boundary_floor on log using (true)");
        try {
            Path folder = temporary.resolve("archive");
            export().withAdmin(world.admin()).export(World.A, folder);
            assertThat(Archives.rows(folder).get("public.log"))
                    .hasLineCount(4)
                    .doesNotContain(World.B.tenant().asText());
        } finally {
            world.run(
                    "alter policy boundary_tenant on log using (tenant_id = (select boundary.current_tenant_id()))",
                    "alter policy boundary_floor on log using (tenant_id = (select boundary.current_tenant_id()))");
        }
    }

    @Test
    void theAdminRoleDetectsRowsHiddenByAPolicy() throws Exception {
        world.run(
                "create policy hides on log as restrictive for select to boundary_app using (message not like 'last%')");
        try {
            assertThat(export().export(World.A, temporary.resolve("short"))
                            .rows()
                            .byTable())
                    .containsEntry("public.log", 3L);
            Path folder = temporary.resolve("refused");
            assertThatThrownBy(() -> export().withAdmin(world.admin()).export(World.A, folder))
                    .isInstanceOf(TenantDataException.class)
                    .hasMessageContaining("Table public.log has 4 rows of the tenant, and the application role sees 3");
            assertThat(folder).doesNotExist();
            assertThatThrownBy(() -> export().withAdmin(world.application()).export(World.A, folder))
                    .isInstanceOf(TenantDataException.class)
                    .hasMessageContaining("does not see every row");
        } finally {
            world.run("drop policy hides on log");
        }
    }

    @Test
    void refusesToOverwriteFiles() throws Exception {
        Path folder = Files.createDirectory(temporary.resolve("archive"));
        export().export(World.A, folder);
        assertThatThrownBy(() -> export().export(World.B, folder))
                .isInstanceOf(TenantDataException.class)
                .hasMessageContaining("It holds a finished archive");
        TenantArchive.open(folder).verify();
        Path file = Files.createFile(temporary.resolve("file"));
        assertThatThrownBy(() -> export().export(World.B, file))
                .isInstanceOf(TenantDataException.class)
                .hasMessageContaining("is no folder");
    }

    @Test
    void refusesAKeyOfAnotherType() {
        assertThatThrownBy(() -> export().export(
                                new dev.boundary.core.Scope.TenantScope(TenantKey.of(1L)),
                                temporary.resolve("archive")))
                .isInstanceOf(TenantDataException.class)
                .hasMessageContaining("keys of type uuid");
    }

    @Test
    void exportsATenantWithoutRows() throws Exception {
        Path folder = temporary.resolve("archive");
        assertThat(export().withAdmin(world.admin())
                        .export(World.C, folder)
                        .rows()
                        .total())
                .isZero();
        TenantArchive.open(folder).verify();
        assertThat(List.of(folder.toFile().list())).hasSize(World.TABLES.size() + 1);
    }

    @Test
    void anArchiveDoesNotNameTheSchemasOfOtherTenants() throws Exception {
        world.run(
                "create schema boundary_isolation",
                "create table boundary_isolation.place (schema_name text, tenant_key text)",
                "grant usage on schema boundary_isolation to boundary_app",
                "grant select on boundary_isolation.place to boundary_app",
                "insert into boundary_isolation.place values ('Odd Schema', '" + World.B.tenant() + "')");
        try {
            Path folder = temporary.resolve("archive");
            export().withAdmin(world.admin()).export(World.C, folder);
            assertThat(Archives.rows(folder)).hasSize(World.TABLES.size() - 1);
            assertThat(folder.resolve("manifest.json")).content().doesNotContain("Odd Schema");
            Path whole = temporary.resolve("whole");
            export().withAdmin(world.admin()).export(World.A, whole);
            assertThat(Archives.rows(whole)).as("rows are never left out").hasSize(World.TABLES.size());
        } finally {
            world.run("drop schema boundary_isolation cascade");
        }
    }
}
