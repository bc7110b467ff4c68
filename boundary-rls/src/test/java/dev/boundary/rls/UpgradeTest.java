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
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A database with what an earlier version installed. The scripts of earlier versions are frozen. */
class UpgradeTest {

    private static final RlsChange UPGRADE = InstallBoundary.upgrade();
    private static final RlsChange ROLES = new CreateBoundaryRoles(RoleNames.DEFAULT, "public");

    @Test
    void anEarlierVersionBecomesTheSameAsANewOne() throws Exception {
        try (TestDatabase old = PostgresServer.shared().createDatabase();
                TestDatabase fresh = PostgresServer.shared().createDatabase()) {
            Scripts.apply(
                    fresh.owner(),
                    new InstallBoundary(
                            TenantKeyType.BIGINT,
                            SessionVariable.DEFAULT,
                            MissingTenant.ERROR,
                            PredicateForm.PINNED,
                            LeakproofMode.OFF),
                    ROLES);
            Scripts.script(old.owner(), version1());
            Scripts.apply(old.owner(), ROLES);
            TestDatabase.execute(old.owner(), "create table booking (id bigint primary key, tenant_id bigint)");
            TestDatabase.execute(fresh.owner(), "create table booking (id bigint primary key, tenant_id bigint)");
            Scripts.apply(old.owner(), protect());
            List<String> before = Catalog.of(old.superuser());

            Scripts.apply(old.owner(), UPGRADE);
            Scripts.apply(fresh.owner(), UPGRADE, protect());
            assertThat(Catalog.of(old.superuser())).isEqualTo(Catalog.of(fresh.superuser()));
            assertThat(Catalog.rows(old.owner(), "select version from boundary.installation"))
                    .containsExactly(InstallBoundary.LAYOUT_VERSION);

            Scripts.rollback(old.owner(), UPGRADE);
            assertThat(Catalog.of(old.superuser())).isEqualTo(before);
            assertThat(Catalog.rows(old.owner(), "select version from boundary.installation"))
                    .containsExactly("1");
        }
    }

    @Test
    void aLaterVersionIsLeftAlone() throws Exception {
        try (TestDatabase database = PostgresServer.shared().createDatabase()) {
            Scripts.script(database.owner(), version1());
            TestDatabase.execute(database.owner(), "update boundary.installation set version = '999'");
            assertThatThrownBy(() -> Scripts.apply(database.owner(), UPGRADE))
                    .hasMessageContaining("Version 999 of Boundary is installed, which this library");
        }
    }

    @Test
    void aChangeThatNeedsALaterVersionSaysSo() throws Exception {
        try (TestDatabase database = PostgresServer.shared().createDatabase()) {
            Scripts.script(database.owner(), version1());
            TestDatabase.execute(database.owner(), "create table booking (id bigint primary key, club bigint)");
            RlsChange retrofit = new RetrofitTenantColumn(
                    TableName.of("booking"), "tenant_id", new RetrofitTenantColumn.Expression("club"), 1);
            assertThatThrownBy(() -> Scripts.apply(database.owner(), retrofit))
                    .hasMessageContaining("too old")
                    .hasMessageContaining("upgradeBoundary");
        }
    }

    private static RlsChange protect() {
        return TableChanges.protectTable(
                TableName.of("booking"), TableRows.byTenantColumn("tenant_id"), RoleNames.DEFAULT, TablePrivilege.ALL);
    }

    private static String version1() throws Exception {
        try (InputStream script = UpgradeTest.class.getResourceAsStream("/installed/version-1.sql")) {
            return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
