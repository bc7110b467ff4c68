package dev.boundary.rls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boundary.core.TenantKeyType;
import dev.boundary.testing.postgresql.PostgresServer;
import dev.boundary.testing.postgresql.TestDatabase;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Scripts do what the change logs do. */
@Tag("every-liquibase")
@ResourceLock(Migrations.LIQUIBASE)
class RlsScriptTest {

    private static final List<RlsChange> CHANGES = List.of(
            InstallBoundary.of(TenantKeyType.BIGINT),
            new CreateBoundaryRoles(RoleNames.DEFAULT, "public"),
            TableChanges.protectTable(
                    TableName.of("booking"),
                    TableRows.byTenantColumn("tenant_id"),
                    RoleNames.DEFAULT,
                    TablePrivilege.ALL),
            new KeyChanges(TableName.of("booking"), "tenant_id").addTenantPrimaryKey());

    @Test
    void aPlainScript() throws Exception {
        try (TestDatabase script = database();
                TestDatabase model = database()) {
            List<String> before = Catalog.of(script.superuser());
            Scripts.apply(model.owner(), CHANGES.toArray(RlsChange[]::new));
            Scripts.script(script.owner(), RlsScript.update(CHANGES));
            assertThat(Catalog.of(script.superuser())).isEqualTo(Catalog.of(model.superuser()));
            Scripts.script(script.owner(), RlsScript.rollback(CHANGES));
            assertThat(Catalog.of(script.superuser())).isEqualTo(before);
        }
    }

    @Test
    void aFormattedSqlChangeLog() throws Exception {
        String changeLog = RlsScript.formattedSql("you", CHANGES);
        try (TestDatabase formatted = database();
                TestDatabase model = database();
                InMemoryResources resources = new InMemoryResources("boundary.sql", changeLog)) {
            List<String> before = Catalog.of(formatted.superuser());
            Scripts.apply(model.owner(), CHANGES.toArray(RlsChange[]::new));
            Migrations.run(formatted.owner(), "boundary.sql", resources, "update", Map.of());
            assertThat(Catalog.of(formatted.superuser())).isEqualTo(Catalog.of(model.superuser()));
            Migrations.run(formatted.owner(), "boundary.sql", resources, "rollbackCount", Map.of("count", 4));
            assertThat(Catalog.of(formatted.superuser())).isEqualTo(before);
        }
        assertThatThrownBy(() -> RlsScript.formattedSql("a:b\n", CHANGES)).hasMessageContaining("cannot be the author");
    }

    private static TestDatabase database() throws Exception {
        TestDatabase database = PostgresServer.shared().createDatabase();
        TestDatabase.execute(database.owner(), "create table booking (id bigint primary key, tenant_id bigint)");
        return database;
    }
}
