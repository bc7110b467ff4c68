package dev.boundary.jooq.internal.session;

import java.io.IOException;
import java.io.PushbackReader;
import java.io.Reader;
import java.io.StringReader;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The same as {@link StreamStart} for characters. */
final class ReaderStart {

    private final String start;

    /** All of the characters; null if the start is all of them. */
    private final @Nullable Reader whole;

    private ReaderStart(String start, @Nullable Reader whole) {
        this.start = start;
        this.whole = whole;
    }

    static ReaderStart of(Reader source) throws SQLException {
        try {
            char[] start = new char[StreamStart.MAX_LENGTH];
            int length = 0;
            for (int read = 0;
                    read >= 0 && length < start.length;
                    read = source.read(start, length, start.length - length)) {
                length += read;
            }
            return length < start.length
                    ? new ReaderStart(new String(start, 0, length), null)
                    : new ReaderStart("", pushedBack(source, start));
        } catch (IOException e) {
            throw StreamStart.unreadable(e);
        }
    }

    private static Reader pushedBack(Reader source, char[] start) throws IOException {
        PushbackReader whole = new PushbackReader(source, start.length);
        whole.unread(start);
        return whole;
    }

    /** Whether the start is all of it. */
    boolean isWhole() {
        return whole == null;
    }

    /** All of the characters; more than once only if the start is all of them. */
    Reader reader() {
        return whole == null ? new StringReader(start) : whole;
    }
}
