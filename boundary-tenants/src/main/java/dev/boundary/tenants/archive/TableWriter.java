package dev.boundary.tenants.archive;

import dev.boundary.rls.TableName;
import dev.boundary.tenants.RowProgress;
import dev.boundary.tenants.TenantDataException;
import dev.boundary.tenants.internal.files.Sha256;
import dev.boundary.tenants.internal.tables.TenantDataTable;
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
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/** Writes the rows of one table to its file as they come from the database. */
final class TableWriter {

    private static final int BUFFER = 1 << 16;
    private static final int MAX_READABLE_NAME = 40;

    private final Connection connection;
    private final ArchiveFolder target;
    private final RowProgress.Listener listener;

    TableWriter(Connection connection, ArchiveFolder target, RowProgress.Listener listener) {
        this.connection = connection;
        this.target = target;
        this.listener = listener;
    }

    /** How many lines were written, and how many bytes. */
    private record Written(long rows, long bytes) {

        Written with(int length) {
            return new Written(rows + 1, bytes + length);
        }
    }

    Manifest.TableFile write(TenantDataTable table, String copy, int number) throws SQLException {
        String name = fileName(table.name(), number);
        MessageDigest digest = Sha256.digest();
        Written written = writeFile(table, copy, name, digest);
        report(table, written.rows());
        return new Manifest.TableFile(
                table.name().schema(),
                table.name().table(),
                name,
                written.rows(),
                written.bytes(),
                HexFormat.of().formatHex(digest.digest()),
                columns(table),
                table.primaryKey());
    }

    private static List<Manifest.Column> columns(TenantDataTable table) {
        return table.dataColumns().stream()
                .map(column -> new Manifest.Column(column.name(), column.type().sql()))
                .toList();
    }

    private Written writeFile(TenantDataTable table, String copy, String name, MessageDigest digest)
            throws SQLException {
        try {
            Path file = target.newFile(name);
            Written written = writeFile(table, copy, file, digest);
            ArchiveFolder.sync(file, StandardOpenOption.WRITE);
            return written;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Written writeFile(TenantDataTable table, String copy, Path file, MessageDigest digest)
            throws SQLException, IOException {
        try (OutputStream out = new DigestOutputStream(buffered(file), digest)) {
            return copy(table, copy, out);
        }
    }

    private static OutputStream buffered(Path file) throws IOException {
        return new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.WRITE), BUFFER);
    }

    private Written copy(TenantDataTable table, String copy, OutputStream out) throws SQLException, IOException {
        CopyOut rows = driver().getCopyAPI().copyOut(copy);
        try {
            return writeLines(table, rows, out);
        } finally {
            if (rows.isActive()) {
                rows.cancelCopy();
            }
        }
    }

    private Written writeLines(TenantDataTable table, CopyOut lines, OutputStream out)
            throws SQLException, IOException {
        Written written = new Written(0, 0);
        for (byte[] line = lines.readFromCopy(); line != null; line = lines.readFromCopy()) {
            int length = unescape(line, table);
            out.write(line, 0, length);
            written = written.with(length);
            if (written.rows() % ArchiveReader.PROGRESS_STEP == 0) {
                report(table, written.rows());
            }
        }
        return written;
    }

    private void report(TenantDataTable table, long rows) {
        listener.onProgress(new RowProgress("export", table.name().toString(), rows, OptionalLong.empty()));
    }

    private PGConnection driver() throws SQLException {
        if (!connection.isWrapperFor(PGConnection.class)) {
            throw notOfDriver(connection.getClass());
        }
        return connection.unwrap(PGConnection.class);
    }

    private static TenantDataException notOfDriver(Class<?> connection) {
        return new TenantDataException("An export needs connections of PostgreSQL's JDBC driver, and "
                + connection.getName() + " wraps none.");
    }

    /** The number makes the name unique on every file system; the rest is for people. */
    static String fileName(TableName table, int number) {
        String readable = table.table().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]", "-");
        return "%04d-%s.ndjson"
                .formatted(number, readable.substring(0, Math.min(readable.length(), MAX_READABLE_NAME)));
    }

    /**
     * COPY doubles backslashes. It has nothing else to escape: JSON has no raw control characters. In place; returns
     * the new length.
     */
    private static int unescape(byte[] line, TenantDataTable table) {
        int to = 0;
        for (int from = 0; from < line.length; from++) {
            if (line[from] == '\\') {
                from++;
                requireBackslash(line, from, table);
            }
            line[to++] = line[from];
        }
        requireHoldable(to, table);
        return to;
    }

    private static void requireHoldable(int length, TenantDataTable table) {
        if (length > LineLimit.bytes()) {
            throw new TenantDataException(
                    "Table " + table.name() + " has a row of " + length + " bytes, " + LineLimit.explanation() + ".");
        }
    }

    private static void requireBackslash(byte[] line, int at, TenantDataTable table) {
        if (at == line.length || line[at] != '\\') {
            throw new TenantDataException("PostgreSQL sent a row of table " + table.name()
                    + " in an unexpected form: COPY has escaped" + " something other than a backslash.");
        }
    }
}
