package dev.boundary.tenants.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boundary.core.Scope.TenantScope;
import dev.boundary.core.SessionVariable;
import dev.boundary.core.TenantKey;
import dev.boundary.core.TenantKeyType;
import dev.boundary.rls.CreateBoundaryRoles;
import dev.boundary.rls.InstallBoundary;
import dev.boundary.rls.InstallBoundary.LeakproofMode;
import dev.boundary.rls.InstallBoundary.MissingTenant;
import dev.boundary.rls.InstallBoundary.PredicateForm;
import dev.boundary.rls.RoleNames;
import dev.boundary.rls.TableChanges;
import dev.boundary.rls.TableName;
import dev.boundary.rls.TablePrivilege;
import dev.boundary.rls.TableRows;
import dev.boundary.tenants.World;
import dev.boundary.tenants.erasure.TenantErasure;
import dev.boundary.testing.postgresql.PostgresServer;
import dev.boundary.testing.postgresql.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every type of tenant key, and keys that contain SQL. */
class KeyTypesTest {

    @TempDir
    private Path temporary;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            TEXT   | o'neil \\ "x" $1 ? % ☃ | '; drop table note; --
            BIGINT | -9223372036854775808  | 9223372036854775807
            INT    | 1                     | 2
            """)
    void rowsMoveFromOneTenantToAnother(TenantKeyType type, String first, String second) throws Exception {
        TenantScope from = new TenantScope(TenantKey.parse(type, first));
        TenantScope to = new TenantScope(TenantKey.parse(type, second));
        RoleNames roles = RoleNames.DEFAULT;
        try (TestDatabase database = PostgresServer.shared().createDatabase()) {
            TestDatabase.execute(
                    database.owner(),
                    "create table note (tenant " + type.sqlName()
                            + " not null, id int, body text, primary key (tenant, id))");
            World.apply(
                    database.owner(),
                    List.of(
                            new InstallBoundary(
                                    type,
                                    new SessionVariable("shop.tenant"),
                                    MissingTenant.EMPTY,
                                    PredicateForm.INLINE,
                                    LeakproofMode.OFF),
                            new CreateBoundaryRoles(roles, "public"),
                            TableChanges.protectTable(
                                    TableName.of("note"),
                                    TableRows.byTenantColumn("tenant"),
                                    roles,
                                    TablePrivilege.ALL)));
            TestDatabase.execute(
                    database.superuser(),
                    "alter role boundary_app in database " + database.name() + " set standard_conforming_strings = off",
                    "alter role boundary_app in database " + database.name() + " set search_path = ''");
            try (Connection superuser = database.superuser().getConnection();
                    PreparedStatement insert = superuser.prepareStatement(
                            "insert into note select ?, n, 'body ' || n from generate_series(1, 3) n")) {
                insert.setObject(1, from.tenant().value());
                insert.executeUpdate();
            }
            Path folder = temporary.resolve("archive");
            TenantExport.of(database.application()).withAdmin(database.admin()).export(from, folder);
            TenantErasure erasure = TenantErasure.of(database.application()).withAdmin(database.admin());
            assertThat(erasure.erase(from).total()).isEqualTo(3);
            erasure.scan(from).requireClean();
            TenantImport.of(database.application()).importInto(to, folder);
            assertThat(erasure.dryRun(to).total()).isEqualTo(3);
            assertThat(erasure.dryRun(from).total()).isZero();
        }
    }
}
