package dev.boundary.tenants.archive;

import dev.boundary.tenants.RowProgress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.OptionalLong;

/** Reads the files of tables line by line. At the end of each, its length, hash and number of rows must be right. */
final class ArchiveReader {

    /** How many rows go by before progress is reported. */
    static final int PROGRESS_STEP = 10_000;

    private static final int BUFFER = 1 << 16;

    private final Path folder;
    private final RowProgress.Listener listener;

    ArchiveReader(Path folder, RowProgress.Listener listener) {
        this.folder = folder;
        this.listener = listener;
    }

    void read(String step, Manifest.TableFile table, LineSplitter.LineReader reader) throws IOException, SQLException {
        LineSplitter lines = new LineSplitter(table, (line, number) -> {
            reader.read(line, number);
            if (number % PROGRESS_STEP == 0) {
                report(step, table, number);
            }
        });
        try (InputStream in = Files.newInputStream(folder.resolve(table.file()), LinkOption.NOFOLLOW_LINKS)) {
            split(in, lines);
        }
        lines.requireComplete();
        report(step, table, table.rows());
    }

    private static void split(InputStream in, LineSplitter lines) throws IOException, SQLException {
        byte[] buffer = new byte[BUFFER];
        for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
            lines.add(buffer, length);
        }
    }

    private void report(String step, Manifest.TableFile table, long rows) {
        listener.onProgress(new RowProgress(step, table.qualifiedName(), rows, OptionalLong.of(table.rows())));
    }
}
