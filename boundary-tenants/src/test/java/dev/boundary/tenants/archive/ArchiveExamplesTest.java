package dev.boundary.tenants.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boundary.core.Scope.TenantScope;
import dev.boundary.tenants.RowCounts;
import dev.boundary.tenants.World;
import dev.boundary.tenants.erasure.TenantErasure;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of the guide. */
class ArchiveExamplesTest {

    @Test
    void exportsErasesAndImportsATenant(@TempDir Path folder) throws Exception {
        try (World world = World.filled()) {
            DataSource application = world.application();
            DataSource admin = world.admin();
            TenantScope acme = World.A;
            // @start region="export"
            Manifest manifest = TenantExport.of(application).withAdmin(admin).export(acme, folder);
            // @end
            // @start region="erase"
            TenantErasure erasure = TenantErasure.of(application).withAdmin(admin);
            RowCounts planned = erasure.dryRun(acme); // every check, and the number of rows in each table
            RowCounts erased = erasure.erase(acme);
            erasure.scan(acme).requireClean();
            // @end
            // @start region="import"
            RowCounts imported = TenantImport.of(application).importInto(acme, folder);
            // @end
            assertThat(planned.total()).isPositive();
            assertThat(erased).isEqualTo(planned);
            assertThat(imported.nonEmpty())
                    .isEqualTo(manifest.rows().nonEmpty())
                    .isEqualTo(erased.nonEmpty());
        }
    }
}
