package dev.boundary.tenants.archive;

import dev.boundary.tenants.Progress;
import dev.boundary.tenants.TenantDataException;
import dev.boundary.tenants.internal.tables.TenantTable;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.OptionalLong;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/** Writes the rows of one table to its file as they come from the database. */
final class TableWriter {

    private static final int BUFFER = 1 << 16;
    private static final int LONGEST_NAME = 40;

    private final Connection connection;
    private final ArchiveFolder target;
    private final Progress.Listener listener;

    TableWriter(Connection connection, ArchiveFolder target, Progress.Listener listener) {
        this.connection = connection;
        this.target = target;
        this.listener = listener;
    }

    Manifest.TableFile write(TenantTable table, String copy, int number) throws SQLException {
        String name = fileName(table, number);
        MessageDigest digest = Digests.sha256();
        long rows = 0;
        long bytes = 0;
        try {
            Path file = target.newFile(name);
            try (OutputStream out = new DigestOutputStream(
                    new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.WRITE), BUFFER), digest)) {
                CopyOut rowsOut = driver().getCopyAPI().copyOut(copy);
                try {
                    for (byte[] line = rowsOut.readFromCopy(); line != null; line = rowsOut.readFromCopy()) {
                        int length = unescape(line, table);
                        out.write(line, 0, length);
                        rows++;
                        bytes += length;
                        if (rows % ArchiveReader.PROGRESS_STEP == 0) {
                            tell(table, rows);
                        }
                    }
                } finally {
                    if (rowsOut.isActive()) {
                        rowsOut.cancelCopy();
                    }
                }
            }
            ArchiveFolder.sync(file, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        tell(table, rows);
        return new Manifest.TableFile(
                table.name().schema(),
                table.name().table(),
                name,
                rows,
                bytes,
                HexFormat.of().formatHex(digest.digest()),
                table.dataColumns().stream()
                        .map(column -> new Manifest.Column(column.name(), column.type()))
                        .toList(),
                table.primaryKey());
    }

    private void tell(TenantTable table, long rows) {
        listener.onProgress(new Progress("export", table.name().toString(), rows, OptionalLong.empty()));
    }

    private PGConnection driver() throws SQLException {
        if (!connection.isWrapperFor(PGConnection.class)) {
            throw new TenantDataException("An export needs connections of PostgreSQL's JDBC driver, and "
                    + connection.getClass().getName() + " wraps none.");
        }
        return connection.unwrap(PGConnection.class);
    }

    /** A number makes the name unique whatever the file system takes for the same; the rest is for people. */
    static String fileName(TenantTable table, int number) {
        String readable = table.name().table().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]", "-");
        return "%04d-%s.ndjson".formatted(number, readable.substring(0, Math.min(readable.length(), LONGEST_NAME)));
    }

    /**
     * COPY doubles backslashes. It has nothing else to escape: JSON has no raw control characters. In place; returns the
     * new length.
     */
    private static int unescape(byte[] line, TenantTable table) {
        int to = 0;
        for (int from = 0; from < line.length; from++) {
            if (line[from] == '\\') {
                from++;
                if (from == line.length || line[from] != '\\') {
                    throw new TenantDataException("Table " + table.name()
                            + " has a row that PostgreSQL sent in a form that is not understood.");
                }
            }
            line[to++] = line[from];
        }
        if (to > ArchiveReader.longestLine()) {
            throw new TenantDataException(
                    "Table " + table.name() + " has a row of " + to + " bytes, " + ArchiveReader.ofLongestLine() + ".");
        }
        return to;
    }
}
