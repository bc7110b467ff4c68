package dev.boundary.registry;

import dev.boundary.core.event.BoundaryEvent.RegistryListening;
import dev.boundary.core.event.BoundaryListener;
import dev.boundary.core.internal.EventPublisher;
import dev.boundary.registry.ListeningState.Outage;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Evicts a tenant from a cache when the tenant changes, whatever process or person changes it: the tables of the
 * registry send a notification, and this listens for it on a connection and a virtual thread of its own.
 *
 * {@snippet file="dev/boundary/registry/TenantChangeListenerTest.java" region="listener"}
 *
 * <p>When the connection breaks, it connects again, after pauses that grow, and then empties the cache, since changes
 * may have been missed. Until then the cache's time to live limits how old its answers can be; an event and a log
 * message report the beginning and the end of the outage. At intervals it sends a notification to itself, and so
 * detects a dead connection and a pooler that does not pass notifications on.
 *
 * <p>Any role can send notifications. A forged one makes the cache evict an entry, which is then looked up again; it
 * cannot put anything into the cache.
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
    private final ListeningState state = new ListeningState();

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
     * @param source connections of the application role straight to PostgreSQL ({@code PGSimpleDataSource}, say): one
     *     is kept as long as this listens, so a pool would lose it, and a pooler in transaction mode passes no
     *     notifications on
     * @param cache the cache to evict tenants from
     * @return a builder with the settings
     */
    public static Builder builder(DataSource source, CachedTenantRegistry cache) {
        return new Builder(source, cache);
    }

    /**
     * Whether changes are received now.
     *
     * @return false if only the cache's time to live limits how old its answers can be
     */
    public boolean isListening() {
        return state.isListening();
    }

    /**
     * Waits until changes are received.
     *
     * @param timeout how long to wait at most
     * @return whether they are received now
     * @throws InterruptedException if this thread is interrupted
     */
    public boolean awaitListening(Duration timeout) throws InterruptedException {
        return state.awaitListening(timeout);
    }

    /**
     * Ends listening and waits for its thread to end, unless that thread is the caller, as in a listener of its events.
     * The cache keeps its entries for their time to live.
     */
    @Override
    public void close() {
        Connection open = state.close();
        if (open != null) {
            abort(open);
        }
        if (!Thread.currentThread().equals(thread)) {
            awaitEnd();
        }
    }

    private static void abort(Connection connection) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            LOG.debug("The connection for changes of tenants could not be aborted", e);
        }
    }

    private void awaitEnd() {
        boolean interrupted = false;
        while (thread.isAlive()) {
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
        while (!state.isClosed()) {
            if (listenUntilOutage()) {
                pause = FIRST_PAUSE;
            }
            pause(pause);
            Duration doubled = pause.multipliedBy(2);
            pause = doubled.compareTo(longestPause) < 0 ? doubled : longestPause;
        }
    }

    /** Returns whether changes were received before the outage. */
    private boolean listenUntilOutage() {
        try {
            listen();
            return false;
        } catch (SQLException | RuntimeException e) {
            Outage outage = state.end();
            report(outage, e);
            return outage.interrupted();
        }
    }

    private void listen() throws SQLException {
        try (Connection opened = source.getConnection()) {
            if (!state.connected(opened)) {
                return;
            }
            NotificationChannel channel = NotificationChannel.open(opened, answerWithin);
            channel.probe(this::apply);
            cache.evictAll();
            begin();
            while (!state.isClosed()) {
                channel.await(keepAlive, this::apply);
                channel.probe(this::apply);
            }
        }
    }

    private void apply(Optional<ChangedTenant> change) {
        change.ifPresentOrElse(tenant -> tenant.evictFrom(cache), cache::evictAll);
    }

    private void begin() {
        if (state.begin()) {
            LOG.info("Changes of tenants are received");
            events.publish(new RegistryListening(true, Optional.empty()));
        }
    }

    private void report(Outage outage, Exception error) {
        if (!outage.isNew()) {
            LOG.debug("Changes of tenants are still not received", error);
            return;
        }
        LOG.warn(
                "Changes of tenants are not received: cached tenants are as old as the cache's time to live allows."
                        + " Reconnecting, at least every {}",
                longestPause,
                error);
        events.publish(new RegistryListening(false, Optional.of(error)));
    }

    private void pause(Duration pause) {
        try {
            state.awaitClosed(pause);
        } catch (InterruptedException e) {
            LOG.debug("The thread is not interrupted by Boundary; it goes on", e);
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
         * Adds a listener, which receives {@link RegistryListening} events in the thread that receives changes.
         *
         * @param listener the listener
         * @return this
         */
        public Builder listener(BoundaryListener listener) {
            listeners.add(Objects.requireNonNull(listener, "listener"));
            return this;
        }

        /**
         * How often it checks that notifications still arrive. Default: 30 seconds.
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
         * How long it waits for the answer to that check, and to any other statement, before it takes the connection
         * for dead. A connection that dies silently is detected after this and {@link #keepAlive} at the latest.
         * Default: 10 seconds.
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
         * Starts listening. It returns at once, even if the database cannot be reached;
         * {@link TenantChangeListener#awaitListening} waits.
         *
         * @return the listener; close it when the service ends
         */
        public TenantChangeListener start() {
            TenantChangeListener listener = new TenantChangeListener(this);
            cache.keptUpToDateBy(listener::isListening);
            listener.thread.start();
            return listener;
        }
    }
}
