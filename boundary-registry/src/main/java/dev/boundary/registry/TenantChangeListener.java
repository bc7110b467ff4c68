package dev.boundary.registry;

import dev.boundary.core.event.BoundaryEvent.RegistryListening;
import dev.boundary.core.event.BoundaryListener;
import dev.boundary.core.internal.EventPublisher;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a cache forget what is known about a tenant when it is changed, by whatever process or hand: the tables of the
 * registry send a notification, and this listens on a connection and a virtual thread of its own.
 *
 * {@snippet file="dev/boundary/registry/TenantChangeListenerTest.java" region="listener"}
 *
 * <p>When the connection breaks it connects again, after pauses that grow, and then makes the cache forget everything, since
 * changes may have been missed. Until then the cache's time to live decides how old its answers can be; an event and a line in
 * the log say when that begins and when it ends. Now and then it sends a notification to itself: a connection that is
 * dead, or a pooler that does not pass notifications on, is noticed so.
 *
 * <p>Any role can send notifications. One that is not from the registry makes the cache forget something that it looks up
 * again; it cannot make it believe anything.
 *
 * <p>Safe for use by several threads.
 *
 * @since 0.1
 */
public final class TenantChangeListener implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TenantChangeListener.class);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

    private final DataSource source;
    private final CachedTenantRegistry cache;
    private final EventPublisher events;
    private final Duration keepAlive;
    private final Duration answerWithin;
    private final Duration longestPause;
    private final Thread thread;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** Guarded by the lock. */
    private boolean listening;

    /** Guarded by the lock. Whether it was said that it does not listen. */
    private boolean told;

    /** Guarded by the lock. */
    private boolean closed;

    /** Guarded by the lock. */
    private @Nullable Connection connection;

    private TenantChangeListener(Builder builder) {
        this.source = builder.source;
        this.cache = builder.cache;
        this.events = new EventPublisher(builder.listeners);
        this.keepAlive = builder.keepAlive;
        this.answerWithin = builder.answerWithin;
        this.longestPause = builder.longestPause;
        this.thread = Thread.ofVirtual().name("boundary-tenant-changes").unstarted(this::run);
    }

    /**
     * Begins a listener.
     *
     * @param source connections of the application role straight to PostgreSQL ({@code PGSimpleDataSource}, say): one is kept as
     *     long as this listens, so a pool would lose it, and a pooler in transaction mode passes no notifications on
     * @param cache what is to forget
     * @return what takes the settings
     */
    public static Builder builder(DataSource source, CachedTenantRegistry cache) {
        return new Builder(source, cache);
    }

    /**
     * Whether changes are heard now.
     *
     * @return true if they are; false if the cache's time to live is all there is
     */
    public boolean isListening() {
        lock.lock();
        try {
            return listening;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until changes are heard.
     *
     * @param timeout how long at most
     * @return whether they are
     * @throws InterruptedException if this thread is interrupted
     */
    public boolean awaitListening(Duration timeout) throws InterruptedException {
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

    /**
     * Ends listening and waits for the end of it, unless it is called by one who hears its events. The cache keeps what
     * it has for its time to live.
     */
    @Override
    public void close() {
        Connection open;
        lock.lock();
        try {
            closed = true;
            listening = false;
            open = connection;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (open != null) {
            try {
                open.abort(Runnable::run);
            } catch (SQLException e) {
                LOG.debug("The connection for changes of tenants could not be ended", e);
            }
        }
        boolean interrupted = false;
        while (thread.isAlive() && !Thread.currentThread().equals(thread)) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        Duration pause = FIRST_PAUSE;
        while (!isClosed()) {
            try {
                listen();
            } catch (SQLException | RuntimeException e) {
                if (down(e)) {
                    pause = FIRST_PAUSE;
                }
            }
            pause(pause);
            Duration doubled = pause.multipliedBy(2);
            pause = doubled.compareTo(longestPause) < 0 ? doubled : longestPause;
        }
    }

    private void listen() throws SQLException {
        try (Connection opened = source.getConnection()) {
            if (!keep(opened)) {
                return;
            }
            NotificationChannel channel = NotificationChannel.open(opened, answerWithin);
            channel.proveItHears(this::apply);
            cache.forgetAll();
            up();
            while (!isClosed()) {
                channel.await(keepAlive, this::apply);
                channel.proveItHears(this::apply);
            }
        }
    }

    private boolean keep(Connection opened) {
        lock.lock();
        try {
            connection = opened;
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    private void apply(Optional<ChangedTenant> change) {
        change.ifPresentOrElse(tenant -> tenant.forgetIn(cache), cache::forgetAll);
    }

    private void up() {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            listening = true;
            told = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        LOG.info("Changes of tenants are heard");
        events.publish(new RegistryListening(true, Optional.empty()));
    }

    /** Returns whether it had listened until now. */
    private boolean down(Exception error) {
        boolean listened;
        boolean tell;
        lock.lock();
        try {
            listened = listening;
            tell = !told && !closed;
            listening = false;
            told = true;
            connection = null;
        } finally {
            lock.unlock();
        }
        if (tell) {
            LOG.warn(
                    "Changes of tenants are not heard: what is cached about them is as old as its time to live allows."
                            + " Connecting again, at least every {}",
                    longestPause,
                    error);
            events.publish(new RegistryListening(false, Optional.of(error)));
        } else {
            LOG.debug("Changes of tenants are still not heard", error);
        }
        return listened;
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    private void pause(Duration pause) {
        long nanos = pause.toNanos();
        lock.lock();
        try {
            while (!closed && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
        } catch (InterruptedException e) {
            LOG.debug("No one has this thread to interrupt it; going on", e);
        } finally {
            lock.unlock();
        }
    }

    /** The settings of a {@link TenantChangeListener}. Not for use by several threads. */
    public static final class Builder {

        private final DataSource source;
        private final CachedTenantRegistry cache;
        private final List<BoundaryListener> listeners = new ArrayList<>();
        private Duration keepAlive = Duration.ofSeconds(30);
        private Duration answerWithin = Duration.ofSeconds(10);
        private Duration longestPause = Duration.ofSeconds(10);

        private Builder(DataSource source, CachedTenantRegistry cache) {
            this.source = Objects.requireNonNull(source, "source");
            this.cache = Objects.requireNonNull(cache, "cache");
        }

        /**
         * Adds a listener, which is notified of {@link RegistryListening} events in the thread that receives changes.
         *
         * @param listener the listener
         * @return this
         */
        public Builder listener(BoundaryListener listener) {
            listeners.add(Objects.requireNonNull(listener, "listener"));
            return this;
        }

        /**
         * How often it checks that it still hears. Default: 30 seconds.
         *
         * @param interval from one millisecond to one day
         * @return this
         * @throws IllegalArgumentException if it is not
         */
        public Builder keepAlive(Duration interval) {
            this.keepAlive = checked(interval);
            return this;
        }

        /**
         * How long it waits for the answer to that, and to any other statement, before it takes the connection for dead. One that
         * dies without a word is noticed after this and the time between two checks at the latest. Default: 10 seconds.
         *
         * @param timeout from one millisecond to one day
         * @return this
         * @throws IllegalArgumentException if it is not
         */
        public Builder answerWithin(Duration timeout) {
            this.answerWithin = checked(timeout);
            return this;
        }

        /**
         * The longest pause between two attempts to connect; the first is a tenth of a second. Default: 10 seconds.
         *
         * @param pause from one millisecond to one day
         * @return this
         * @throws IllegalArgumentException if it is not
         */
        public Builder longestPause(Duration pause) {
            this.longestPause = checked(pause);
            return this;
        }

        private static Duration checked(Duration duration) {
            if (duration.compareTo(Duration.ofMillis(1)) < 0 || duration.compareTo(Duration.ofDays(1)) > 0) {
                throw new IllegalArgumentException(
                        "The time must be from one millisecond to one day, not " + duration + ".");
            }
            return duration;
        }

        /**
         * Starts listening. It returns at once, also when the database cannot be reached; {@link TenantChangeListener#awaitListening} waits.
         *
         * @return the listener; close it when the service ends
         */
        public TenantChangeListener start() {
            TenantChangeListener listener = new TenantChangeListener(this);
            listener.thread.start();
            return listener;
        }
    }
}
