package dev.boundary.jooq.internal.session;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.sql.SQLException;
import org.postgresql.util.GT;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

/**
 * The start of a stream whose length is not given. The driver reads such a stream when it is set as a parameter; a
 * short one can be set again, on another statement.
 */
final class StreamStart {

    /** What the driver keeps in memory. */
    static final int MAX_LENGTH = 51_200;

    private final byte[] start;
    private final InputStream source;

    private StreamStart(byte[] start, InputStream source) {
        this.start = start;
        this.source = source;
    }

    static StreamStart of(InputStream source) throws SQLException {
        try {
            return new StreamStart(source.readNBytes(MAX_LENGTH), source);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** The driver's own error. */
    static SQLException unreadable(IOException cause) {
        return new PSQLException(
                GT.tr("An I/O error occurred while sending to the backend."), PSQLState.IO_ERROR, cause);
    }

    /** Whether the start is all of it. */
    boolean isWhole() {
        return start.length < MAX_LENGTH;
    }

    /** All of the stream; more than once only if the start is all of it. */
    InputStream stream() {
        InputStream first = new ByteArrayInputStream(start);
        return isWhole() ? first : new SequenceInputStream(first, source);
    }
}
