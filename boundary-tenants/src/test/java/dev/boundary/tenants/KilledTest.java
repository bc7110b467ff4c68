package dev.boundary.tenants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boundary.tenants.archive.TenantArchive;
import dev.boundary.tenants.archive.TenantExport;
import dev.boundary.tenants.archive.TenantImport;
import dev.boundary.tenants.erasure.TenantErasure;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Killed processes: nothing is left half done unnoticed, and a second run finishes the work. */
class KilledTest {

    private static final int ROWS = 36;

    @TempDir
    private static Path temporary;

    private static World world;
    private static World elsewhere;

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

    @Test
    @Tag("long")
    void aKilledExportIsNotAnArchive() throws Exception {
        Path folder = temporary.resolve("unfinished");
        Worker.kill(world.database(), "export", World.A, folder, 5);
        assertThat(folder).isNotEmptyDirectory();
        assertThatThrownBy(() -> TenantArchive.open(folder))
                .isInstanceOf(TenantDataException.class)
                .hasMessageContaining("its export did not finish");
        assertThatThrownBy(() -> TenantImport.of(elsewhere.application()).importInto(World.A, folder))
                .isInstanceOf(TenantDataException.class);
        assertThatThrownBy(() -> TenantExport.of(world.application()).export(World.A, folder))
                .isInstanceOf(TenantDataException.class)
                .hasMessageContaining("is not empty")
                .hasMessageContaining("If it holds an unfinished export");
    }

    @Test
    void aKilledImportLeavesNothingBehind() throws Exception {
        Path folder = temporary.resolve("archive");
        TenantExport.of(world.application()).export(World.A, folder);
        Map<String, String> before = elsewhere.digestWithout(World.A);
        Worker.kill(elsewhere.database(), "import", World.A, folder, 9);
        // Waits until the transaction of the killed process has ended.
        elsewhere.run("select pg_advisory_xact_lock(hashtextextended('boundary import " + World.A.tenant() + "', 0))");
        TenantErasure.of(elsewhere.application())
                .withAdmin(elsewhere.admin())
                .scan(World.A)
                .requireClean();
        assertThat(elsewhere.digestWithout(World.A)).isEqualTo(before);
        assertThat(TenantImport.of(elsewhere.application())
                        .importInto(World.A, folder)
                        .total())
                .isEqualTo(ROWS);
    }

    @Test
    @Tag("long")
    void theNextErasureCompletesOneThatWasKilled() throws Exception {
        Map<String, String> before = world.digestWithout(World.B);
        TenantErasure erasure = TenantErasure.of(world.application()).withAdmin(world.admin());
        Worker.kill(world.database(), "erase", World.B, temporary, 8);
        long left = erasure.dryRun(World.B).total();
        assertThat(left).isBetween(1L, ROWS - 8L);
        assertThat(erasure.erase(World.B).total()).isEqualTo(left);
        erasure.scan(World.B).requireClean();
        assertThat(world.digestWithout(World.B)).isEqualTo(before);
    }
}
