package dev.boundary.registry;

import java.sql.Connection;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether a listener receives notifications: what its thread and its callers share. Every field is guarded by the lock.
 * Safe for use by several threads.
 */
final class ListeningState {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean listening;
    private boolean outageReported;
    private boolean closed;
    private @Nullable Connection connection;

    /**
     * The end of an attempt to listen.
     *
     * @param interrupted whether notifications were received until now
     * @param isNew whether it must be reported: it has not been, and the listener is not closed
     */
    record Outage(boolean interrupted, boolean isNew) {}

    boolean isListening() {
        return locked(() -> listening);
    }

    boolean isClosed() {
        return locked(() -> closed);
    }

    /** Remembers the connection, so that {@link #close} can return it. Returns false if that has happened already. */
    boolean connected(Connection opened) {
        return locked(() -> {
            connection = opened;
            return !closed;
        });
    }

    /** Returns false if the listener was closed meanwhile. */
    boolean begin() {
        return locked(() -> {
            if (closed) {
                return false;
            }
            listening = true;
            outageReported = false;
            changed.signalAll();
            return true;
        });
    }

    Outage end() {
        return locked(() -> {
            Outage outage = new Outage(listening, !outageReported && !closed);
            listening = false;
            outageReported = true;
            connection = null;
            return outage;
        });
    }

    /** Wakes whoever waits. Returns the connection that is open, if there is one. */
    @Nullable
    Connection close() {
        lock.lock();
        try {
            closed = true;
            listening = false;
            changed.signalAll();
            return connection;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until notifications are received, at most for the timeout, and returns whether they are. */
    boolean awaitListening(Duration timeout) throws InterruptedException {
        long nanos = timeout.toNanos();
        lock.lock();
        try {
            while (!listening && !closed && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
            return listening;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the listener is closed, at most for the timeout. */
    void awaitClosed(Duration timeout) throws InterruptedException {
        long nanos = timeout.toNanos();
        lock.lock();
        try {
            while (!closed && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
        } finally {
            lock.unlock();
        }
    }

    private <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }
}
