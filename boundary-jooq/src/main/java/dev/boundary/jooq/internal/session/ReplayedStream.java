package dev.boundary.jooq.internal.session;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Bytes that the driver reads when they are set as a parameter: they can be set again, on another statement. */
final class ReplayedStream extends FilterInputStream {

    private final ByteArrayOutputStream read = new ByteArrayOutputStream();
    private boolean given;

    ReplayedStream(InputStream source) {
        super(source);
    }

    static @Nullable ReplayedStream of(@Nullable InputStream source) {
        return source == null ? null : new ReplayedStream(source);
    }

    /** The bytes: at first the source, then what was read from it. */
    static @Nullable InputStream next(@Nullable ReplayedStream replayed) {
        if (replayed == null) {
            return null;
        }
        if (replayed.given) {
            return new ByteArrayInputStream(replayed.read.toByteArray());
        }
        replayed.given = true;
        return replayed;
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        if (value >= 0) {
            read.write(value);
        }
        return value;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = super.read(bytes, offset, length);
        if (count > 0) {
            read.write(bytes, offset, count);
        }
        return count;
    }
}
