package dev.boundary.tenants.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boundary.tenants.Worker;
import dev.boundary.tenants.World;
import dev.boundary.tenants.erasure.TenantErasure;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Memory does not grow with the number of rows: the heap is smaller than the archive. */
class ManyRowsTest {

    private static final String[] HEAP = {"-Xmx24m", "-XX:+UseSerialGC"};

    private static final long MORE_THAN_FITS = 30L << 20;

    @TempDir
    private Path temporary;

    @Test
    @Tag("long")
    void aSmallHeapIsEnough() throws Exception {
        work(40_000, 150);
    }

    @Test
    @Tag("long")
    void aSmallHeapIsEnoughForTenMillionRows() throws Exception {
        work(10_000_000, 3);
    }

    @Test
    void refusesALineThatExceedsTheMemoryLimit() throws Exception {
        try (World world = World.filled()) {
            Path folder = temporary.resolve("archive");
            TenantExport.of(world.application()).export(World.A, folder);
            TenantErasure.of(world.application()).erase(World.A);
            Archives.forgeRows(folder, "public.log", rows -> rows.replaceFirst("last", "x".repeat(4 << 20)));
            assertThatThrownBy(() -> Worker.run(world.database(), "import", World.A, folder, HEAP))
                    .hasMessageContaining("TenantDataException")
                    .hasMessageContaining(
                            "0007-log.ndjson of table public.log has a line of more bytes than can be held");
        }
    }

    private void work(int rows, int words) throws Exception {
        try (World world = World.empty();
                World elsewhere = World.empty()) {
            world.run("insert into log select '" + World.A.tenant()
                    + "', timestamptz '2024-01-01 00:00:00+00' + n * interval '1 s', repeat(n::text || ' ', " + words
                    + ") from"
                    + " generate_series(1, " + rows + ") n");
            Path folder = temporary.resolve("archive");
            assertThat(Worker.run(world.database(), "export", World.A, folder, HEAP))
                    .isEqualTo(rows);
            assertThat(Files.size(folder.resolve("0007-log.ndjson"))).isGreaterThan(MORE_THAN_FITS);
            assertThat(Worker.run(elsewhere.database(), "import", World.A, folder, HEAP))
                    .isEqualTo(rows);
            Path again = temporary.resolve("again");
            TenantExport.of(elsewhere.application()).export(World.A, again);
            assertThat(ManifestFile.read(again).tables())
                    .isEqualTo(ManifestFile.read(folder).tables());
        }
    }
}
