package dev.boundary.tenants.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boundary.tenants.World;
import java.nio.file.Path;
import java.sql.SQLException;
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

    @Test
    void anExportHoldsTheTenantsRowsAndVerifies() throws Exception {
        Path folder = temporary.resolve("a");
        Manifest manifest =
                TenantExport.from(world.application()).countedBy(world.admin()).export(World.A, folder);
        TenantArchive.open(folder).verify();
        assertThat(manifest.rows().total()).isEqualTo(36);
    }
}
