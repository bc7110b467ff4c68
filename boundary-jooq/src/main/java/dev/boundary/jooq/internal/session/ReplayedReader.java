package dev.boundary.jooq.internal.session;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import org.jspecify.annotations.Nullable;

/** Characters that the driver reads when they are set as a parameter: they can be set again, on another statement. */
final class ReplayedReader extends FilterReader {

    private final StringBuilder read = new StringBuilder();
    private boolean given;

    ReplayedReader(Reader source) {
        super(source);
    }

    static @Nullable ReplayedReader of(@Nullable Reader source) {
        return source == null ? null : new ReplayedReader(source);
    }

    /** The characters: at first the source, then what was read from it. */
    static @Nullable Reader next(@Nullable ReplayedReader replayed) {
        if (replayed == null) {
            return null;
        }
        if (replayed.given) {
            return new StringReader(replayed.read.toString());
        }
        replayed.given = true;
        return replayed;
    }

    @Override
    public int read() throws IOException {
        int character = super.read();
        if (character >= 0) {
            read.append((char) character);
        }
        return character;
    }

    @Override
    public int read(char[] characters, int offset, int length) throws IOException {
        int count = super.read(characters, offset, length);
        if (count > 0) {
            read.append(characters, offset, count);
        }
        return count;
    }
}
