package dev.boundary.tenants.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boundary.core.Scope.TenantScope;
import dev.boundary.tenants.RowCounts;
import dev.boundary.tenants.TenantDataException;
import dev.boundary.tenants.World;
import dev.boundary.tenants.erasure.TenantErasure;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was exported is imported unchanged: for the same tenant, for another one, and into another database. */
class TenantImportTest {

    private static World world;
    private static World elsewhere;

    @TempDir
    private Path temporary;

    @BeforeAll
    static void create() throws SQLException {
        world = World.filled();
        elsewhere = World.empty();
    }

    @AfterAll
    static void drop() throws SQLException {
        world.close();
        elsewhere.close();
    }

    private Path export(World from, TenantScope tenant, String name) throws Exception {
        Path folder = temporary.resolve(name);
        TenantExport.of(from.application()).withAdmin(from.admin()).export(tenant, folder);
        return folder;
    }

    private static void erase(World from, TenantScope tenant) throws SQLException {
        TenantErasure erasure = TenantErasure.of(from.application()).withAdmin(from.admin());
        erasure.erase(tenant);
        erasure.scan(tenant).requireClean();
    }

    @Test
    void importsErasedRowsUnchanged() throws Exception {
        Map<String, String> others = world.digestWithout(World.A);
        Path before = export(world, World.A, "before");
        erase(world, World.A);
        assertThat(world.digestWithout(World.A)).isEqualTo(others);
        RowCounts rows = TenantImport.of(world.application()).importInto(World.A, before);
        assertThat(rows.total()).isEqualTo(36);
        assertThat(world.digestWithout(World.A)).isEqualTo(others);
        Path after = export(world, World.A, "after");
        assertThat(Archives.rows(after)).isEqualTo(Archives.rows(before));
        assertThat(ManifestFile.read(after).tables())
                .isEqualTo(ManifestFile.read(before).tables());
        assertThat(world.ask(
                        "select string_agg(loud_name, '') from project where tenant_id = '" + World.A.tenant() + "'"))
                .startsWith("STRA");
    }

    @Test
    void importsTheSameRowsIntoAnotherDatabaseAndAdvancesItsSequences() throws Exception {
        Path there = export(world, World.B, "there");
        // The row that B's booking shares with all tenants is there, and B's own template has another id.
        TenantImport.of(elsewhere.application()).importInto(World.B, there);
        assertThat(Archives.rows(export(elsewhere, World.B, "here"))).isEqualTo(Archives.rows(there));
        elsewhere.fill(World.C);
        erase(elsewhere, World.B);
        erase(elsewhere, World.C);
    }

    @Test
    void clonesIntoAnotherTenantWithNewKeys() throws Exception {
        Map<String, String> others = world.digestWithout(World.C);
        RowCounts rows = TenantClone.of(world.application())
                .withTemporaryFolder(temporary)
                .copy(World.A, World.C);
        assertThat(rows.total()).isEqualTo(36);
        assertThat(world.digestWithout(World.C)).isEqualTo(others);
        assertThat(temporary).isEmptyDirectory();
        for (String sql : new String[] {
            "select string_agg(l.amount::text, ',' order by l.booking_id, l.line_no) from booking_line l join booking b on b.id"
                    + " = l.booking_id where b.tenant_id = '%s'",
            "select string_agg(coalesce(n.note, 'null'), ',' order by n.note) from line_note n join booking_line l using"
                    + " (booking_id, line_no) join booking b on b.id = l.booking_id where b.tenant_id = '%s'",
            "select string_agg(left(c.name, 5) || b.total || left(t.name, 6), ',' order by b.id) from booking b join customer c"
                    + " on c.id = b.customer_id left join template t on t.id = b.template_id where b.tenant_id = '%s'",
            "select string_agg(p.total || '<' || b.total, ',' order by b.id) from booking b join booking p on p.id ="
                    + " b.parent_id where b.tenant_id = '%s'",
            "select string_agg(left(c.name, 3) || b.total, ',') from customer c join booking b on b.id = c.last_booking_id"
                    + " where c.tenant_id = '%s' and b.tenant_id = c.tenant_id",
            "select string_agg(left(p.label, 4) || left(n.label, 4), ',' order by n.id) from node n join node p on p.id ="
                    + " n.parent_id where n.tenant_id = '%s' and p.tenant_id = n.tenant_id",
            "select string_agg(p.loud_name || t.id || t.next_task, ',' order by t.id) from task t join project p on p.id ="
                    + " t.project_id and p.tenant_id = t.tenant_id where t.tenant_id = '%s'"
        }) {
            assertThat(world.ask(sql.formatted(World.C.tenant())))
                    .as(sql)
                    .isEqualTo(world.ask(sql.formatted(World.A.tenant())));
        }
        assertThat(world.ask(
                        "select count(*) from project a join project c using (id) where a.tenant_id <> c.tenant_id"))
                .isEqualTo("0");
        erase(world, World.C);
    }

    @Test
    void refusesKeysOfAnotherTenantWithoutNewKeys() throws Exception {
        Path archive = export(world, World.A, "archive");
        Map<String, String> before = world.digestWithout(World.C);
        assertThatThrownBy(() -> TenantImport.of(world.application()).importInto(World.C, archive))
                .isInstanceOf(TenantDataException.class)
                .hasMessageContaining("nothing was imported")
                .hasMessageContaining("withNewKeys");
        assertThat(world.digestWithout(World.C)).isEqualTo(before);
        TenantErasure.of(world.application())
                .withAdmin(world.admin())
                .scan(World.C)
                .requireClean();
    }

    @Test
    void refusesATenantWithRowsUnlessTheyAreAccepted() throws Exception {
        Path archive = export(world, World.A, "archive");
        TenantImport renewing = TenantImport.of(elsewhere.application()).withNewKeys();
        renewing.importInto(World.C, archive);
        assertThatThrownBy(() -> renewing.importInto(World.C, archive))
                .isInstanceOf(TenantDataException.class)
                .hasMessageContaining("has rows already")
                .hasMessageContaining("public.booking=3");
        elsewhere.run(
                "delete from measure",
                "delete from subtask",
                "delete from task",
                "delete from \"Odd Schema\".\"Weird \"\"Table\"\" ☃\"");
        Archives.forgeRows(archive, "public.measure", rows -> "");
        Archives.forgeRows(archive, "public.task", rows -> "");
        Archives.forgeRows(archive, "public.subtask", rows -> "");
        Archives.forgeRows(archive, "Odd Schema.Weird \"Table\" ☃", rows -> "");
        renewing.withExistingRows().importInto(World.C, archive);
        assertThat(elsewhere.ask("select count(*) from booking where tenant_id = '" + World.C.tenant() + "'"))
                .isEqualTo("6");
        erase(elsewhere, World.C);
    }

    @Test
    void aDryRunChangesNothing() throws Exception {
        Path archive = export(world, World.A, "archive");
        Map<String, String> before = elsewhere.digestWithout(World.B);
        assertThat(TenantImport.of(elsewhere.application())
                        .dryRun(World.A, archive)
                        .total())
                .isEqualTo(36);
        assertThat(elsewhere.digestWithout(World.B)).isEqualTo(before);
    }

    @Test
    void importsRowsThatReferenceEachOtherAcrossBatches() throws Exception {
        String c = "'" + World.C.tenant() + "'";
        // A chain whose every row references the next one, a cycle of 1,500 rows, and rows that reference themselves.
        world.run(
                "insert into node select 100000 + n, " + c + ", 100000 + least(n + 1, 2500), 'chain' from"
                        + " generate_series(1, 2500) n",
                "insert into node select 200000 + n, " + c + ", 200000 + n % 1500 + 1, 'circle' from"
                        + " generate_series(1, 1500) n",
                "insert into node select 300000 + n, " + c + ", 300000 + n, 'self' from generate_series(1, 5) n");
        Path archive = export(world, World.C, "archive");
        erase(world, World.C);
        TenantImport.of(world.application()).importInto(World.C, archive);
        assertThat(Archives.rows(export(world, World.C, "again"))).isEqualTo(Archives.rows(archive));
        erase(world, World.C);
        TenantImport.of(world.application()).withNewKeys().importInto(World.C, archive);
        assertThat(world.ask(
                        "select count(*) || ' ' || count(*) filter (where n.id = p.id) || ' ' || count(*) filter (where"
                                + " p.id = n.id + 1) from node n join node p on p.id = n.parent_id where n.tenant_id = "
                                + c))
                .isEqualTo("4005 6 3998");
        erase(world, World.C);
    }

    @Test
    void detectsTriggersThatAddOrKeepOutRows() throws Exception {
        Path archive = export(world, World.A, "archive");
        elsewhere.run(
                "create function audit() returns trigger language plpgsql as $$ begin insert into log values"
                        + " (new.tenant_id, now(), 'made'); return new; end $$",
                "create trigger audit after insert on project for each row execute function audit()");
        try {
            assertThatThrownBy(() -> TenantImport.of(elsewhere.application()).importInto(World.A, archive))
                    .isInstanceOf(TenantDataException.class)
                    .hasMessageContaining("Table public.log has 5 rows of the tenant instead of 4: a trigger");
            elsewhere.run(
                    "create or replace function audit() returns trigger language plpgsql as $$ begin return null; end $$",
                    "drop trigger audit on project",
                    "create trigger audit before insert on project for each row execute function audit()");
            assertThatThrownBy(() -> TenantImport.of(elsewhere.application()).importInto(World.A, archive))
                    .isInstanceOf(TenantDataException.class)
                    .hasMessageContaining("Of 1 rows for table public.project, 0 were inserted");
        } finally {
            elsewhere.run("drop trigger audit on project", "drop function audit()");
        }
        TenantErasure.of(elsewhere.application())
                .withAdmin(elsewhere.admin())
                .scan(World.A)
                .requireClean();
    }

    @Test
    void reportsMissingPrivilegesBeforeAnythingIsImported() throws Exception {
        Path archive = export(world, World.A, "archive");
        elsewhere.run(
                "revoke insert on log from boundary_app", "revoke usage on sequence customer_id_seq from boundary_app");
        try {
            assertThatThrownBy(() -> TenantImport.of(elsewhere.application()).importInto(World.A, archive))
                    .isInstanceOf(TenantDataException.class)
                    .hasMessageContaining("may not INSERT on every column of public.log");
            elsewhere.run("grant insert on log to boundary_app");
            assertThatThrownBy(() -> TenantImport.of(elsewhere.application()).importInto(World.A, archive))
                    .isInstanceOf(TenantDataException.class)
                    .hasMessageContaining("grant usage on sequence public.customer_id_seq to \"boundary_app\"");
            elsewhere.run(
                    "grant usage on sequence customer_id_seq to boundary_app",
                    "revoke update on customer from" + " boundary_app");
            elsewhere.run("revoke update (last_booking_id) on customer from boundary_app");
            assertThatThrownBy(() -> TenantImport.of(elsewhere.application()).importInto(World.A, archive))
                    .isInstanceOf(TenantDataException.class)
                    .hasMessageContaining("grant update (\"last_booking_id\") on \"public\".\"customer\"");
        } finally {
            elsewhere.run(
                    "grant insert on log to boundary_app",
                    "grant usage on sequence customer_id_seq to boundary_app",
                    "grant update (id, name, last_booking_id) on customer to boundary_app");
        }
    }

    @Test
    void importsIntoTablesWithAdditionalColumns() throws Exception {
        Path archive = export(world, World.A, "archive");
        elsewhere.run("alter table customer add phone text, add vip boolean not null default false");
        try {
            TenantImport.of(elsewhere.application()).importInto(World.A, archive);
            assertThat(elsewhere.ask("select count(*) from customer where not vip and phone is null"))
                    .isEqualTo("2");
        } finally {
            erase(elsewhere, World.A);
            elsewhere.run("alter table customer drop phone, drop vip");
        }
    }

    @Test
    void advancesSequencesPastTheImportedKeys() throws Exception {
        Path archive = export(world, World.A, "archive");
        elsewhere.run("alter sequence node_id_seq restart with 1", "alter sequence booking_id_seq restart with 1");
        TenantImport.of(elsewhere.application()).importInto(World.A, archive);
        assertThat(elsewhere.ask("select nextval('node_id_seq') > (select max(id) from node)"))
                .isEqualTo("t");
        assertThat(elsewhere.ask("select nextval('booking_id_seq') > (select max(id) from booking)"))
                .isEqualTo("t");
        erase(elsewhere, World.A);
    }
}
