package dev.boundary.tenants.archive;

import dev.boundary.tenants.TenantDataException;
import dev.boundary.tenants.internal.files.Sha256;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.util.HexFormat;

/** Splits the bytes of a file into lines while it computes length and hash. Not safe for use by several threads. */
final class LineSplitter {

    private static final int REUSED_BYTES = 1 << 16;

    private final Manifest.TableFile table;
    private final LineReader reader;
    private final MessageDigest digest = Sha256.digest();
    private ByteArrayOutputStream line = new ByteArrayOutputStream();
    private long rows;
    private long bytes;

    /** Takes a line. */
    @FunctionalInterface
    interface LineReader {
        void read(byte[] line, long number) throws SQLException;
    }

    LineSplitter(Manifest.TableFile table, LineReader reader) {
        this.table = table;
        this.reader = reader;
    }

    void add(byte[] buffer, int length) throws SQLException {
        digest.update(buffer, 0, length);
        count(length);
        int from = 0;
        for (int i = 0; i < length; i++) {
            if (buffer[i] == '\n') {
                append(buffer, from, i);
                from = i + 1;
                endLine();
            }
        }
        append(buffer, from, length);
    }

    private void count(int length) {
        bytes += length;
        if (bytes > table.bytes()) {
            throw DamagedArchive.file(table, "it has more than the " + table.bytes() + " bytes of the manifest");
        }
    }

    private void append(byte[] buffer, int from, int to) {
        if (line.size() + (to - from) > LineLimit.bytes()) {
            throw tooLong();
        }
        line.write(buffer, from, to - from);
    }

    private TenantDataException tooLong() {
        return new TenantDataException("The file " + table.file() + " of table " + table.qualifiedName()
                + " has a line of more bytes than can be held, " + LineLimit.explanation() + ".");
    }

    private void endLine() throws SQLException {
        reader.read(line.toByteArray(), ++rows);
        if (line.size() > REUSED_BYTES) {
            line = new ByteArrayOutputStream(); // releases the memory of one long row
        } else {
            line.reset();
        }
    }

    /** The whole file must be what the manifest describes. */
    void requireComplete() {
        if (line.size() > 0) {
            throw DamagedArchive.file(table, "its last line has no end");
        }
        if (bytes != table.bytes() || rows != table.rows()) {
            throw DamagedArchive.file(
                    table,
                    "it has " + rows + " rows in " + bytes + " bytes, and the manifest says " + table.rows()
                            + " rows in " + table.bytes() + " bytes");
        }
        requireHash(HexFormat.of().formatHex(digest.digest()));
    }

    private void requireHash(String hash) {
        if (!hash.equals(table.sha256())) {
            throw DamagedArchive.file(table, "its SHA-256 is " + hash + ", and the manifest says " + table.sha256());
        }
    }
}
