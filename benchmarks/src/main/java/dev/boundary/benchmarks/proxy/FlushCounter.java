package dev.boundary.benchmarks.proxy;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Reads along with one client's side of PostgreSQL's protocol and counts flushes: packets whose last message makes the
 * server answer (Sync, Query or Flush). A client that has sent one waits, so each is a network round trip.
 *
 * <p>Not safe for use by several threads; the counter it adds to is.
 */
final class FlushCounter {

    private static final int NO_TYPE = -1;

    private final AtomicLong flushes;
    private boolean startup = true;
    private int type = NO_TYPE;
    private int lengthBytes;
    private int length;
    private int remaining;
    private int startupCode;

    FlushCounter(AtomicLong flushes) {
        this.flushes = flushes;
    }

    /** Takes what one read from the client gave. */
    void packet(byte[] bytes, int count) {
        boolean answered = false;
        for (int i = 0; i < count; i++) {
            answered = accept(bytes[i] & 0xff);
        }
        if (answered) {
            flushes.incrementAndGet();
        }
    }

    // True if this byte ends a message that makes the server answer.
    private boolean accept(int value) {
        if (!startup && type == NO_TYPE) {
            type = value;
            return false;
        }
        if (lengthBytes < Integer.BYTES) {
            length = length << 8 | value;
            lengthBytes++;
            if (lengthBytes < Integer.BYTES) {
                return false;
            }
            remaining = length - Integer.BYTES;
        } else {
            if (startup && length - Integer.BYTES - remaining < Integer.BYTES) {
                startupCode = startupCode << 8 | value;
            }
            remaining--;
        }
        return remaining == 0 && messageEnds();
    }

    private boolean messageEnds() {
        boolean answered = !startup && (type == 'S' || type == 'Q' || type == 'H');
        // Requests for encryption have codes from 80877102 on; a real start-up message follows them.
        startup = startup && startupCode >>> 16 == 1234;
        startupCode = 0;
        type = NO_TYPE;
        lengthBytes = 0;
        length = 0;
        return answered;
    }
}
