package dev.boundary.tenants.archive;

import dev.boundary.tenants.Progress;
import dev.boundary.tenants.TenantDataException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reads the file of a table line by line. Whatever reads it, at its end length, hash and number of rows must be right. */
final class ArchiveReader {

    /** PostgreSQL itself cannot make a JSON object of more than four times as many bytes. */
    private static final int LONGEST_LINE = 256 << 20;

    /** A row is held in memory in several forms at once. */
    private static final int HEAP_TO_LINE = 16;

    /** How many rows go by before somebody hears of it. */
    static final int PROGRESS_STEP = 10_000;

    private static final int BUFFER = 1 << 16;

    private final Path folder;
    private final Progress.Listener listener;

    ArchiveReader(Path folder, Progress.Listener listener) {
        this.folder = folder;
        this.listener = listener;
    }

    /** How many bytes a row may have here: a forged archive must not use up the memory. */
    static long longestLine() {
        return Math.min(LONGEST_LINE, Runtime.getRuntime().maxMemory() / HEAP_TO_LINE);
    }

    static String ofLongestLine() {
        return "more than the " + longestLine() + " that are read with a heap of "
                + Runtime.getRuntime().maxMemory() + " bytes (at most " + LONGEST_LINE
                + "). If that is right, give the process more memory (-Xmx), or take large values out of the tables";
    }

    /** What is done with a row. */
    @FunctionalInterface
    interface LineReader {
        void read(byte[] line, long number) throws SQLException;
    }

    void read(String step, Manifest.TableFile table, LineReader reader) throws IOException, SQLException {
        MessageDigest digest = Digests.sha256();
        long rows = 0;
        long bytes = 0;
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(folder.resolve(table.file()), LinkOption.NOFOLLOW_LINKS)) {
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                digest.update(buffer, 0, length);
                bytes += length;
                if (bytes > table.bytes()) {
                    throw damaged(table, "it has more than the " + table.bytes() + " bytes of the manifest");
                }
                int from = 0;
                for (int i = 0; i < length; i++) {
                    if (buffer[i] == '\n') {
                        append(line, buffer, from, i, table);
                        from = i + 1;
                        reader.read(line.toByteArray(), ++rows);
                        line = reusable(line);
                        if (rows % PROGRESS_STEP == 0) {
                            tell(step, table, rows);
                        }
                    }
                }
                append(line, buffer, from, length, table);
            }
        }
        if (line.size() > 0) {
            throw damaged(table, "its last line has no end");
        }
        if (bytes != table.bytes() || rows != table.rows()) {
            throw damaged(
                    table,
                    "it has " + rows + " rows in " + bytes + " bytes, and the manifest says " + table.rows()
                            + " rows in " + table.bytes() + " bytes");
        }
        String hash = HexFormat.of().formatHex(digest.digest());
        if (!hash.equals(table.sha256())) {
            throw damaged(table, "its SHA-256 is " + hash + ", and the manifest says " + table.sha256());
        }
        tell(step, table, rows);
    }

    private static void append(ByteArrayOutputStream line, byte[] buffer, int from, int to, Manifest.TableFile table) {
        if (line.size() + (to - from) > longestLine()) {
            throw new TenantDataException("The file " + table.file() + " of table " + table.qualifiedName()
                    + " has a line of more bytes than can be held, " + ofLongestLine() + ".");
        }
        line.write(buffer, from, to - from);
    }

    /** A buffer that one long row made big is let go. */
    private static ByteArrayOutputStream reusable(ByteArrayOutputStream line) {
        if (line.size() > BUFFER) {
            return new ByteArrayOutputStream();
        }
        line.reset();
        return line;
    }

    private void tell(String step, Manifest.TableFile table, long rows) {
        listener.onProgress(new Progress(step, table.qualifiedName(), rows, OptionalLong.of(table.rows())));
    }

    static TenantDataException damaged(Manifest.TableFile table, String how) {
        return damaged(table, how, null);
    }

    static TenantDataException damaged(Manifest.TableFile table, String how, @Nullable Throwable cause) {
        return new TenantDataException(
                "The file " + table.file() + " of table " + table.qualifiedName() + " is not what was exported: " + how
                        + ". Use another copy of the archive, or export again.",
                cause);
    }
}
