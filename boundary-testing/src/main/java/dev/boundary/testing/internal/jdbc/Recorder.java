package dev.boundary.testing.internal.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What one test sent to the database, and what it left behind. Safe for use by several threads. */
public final class Recorder {

    private final List<Execution> executions = new ArrayList<>();
    private final List<String> leftovers = new ArrayList<>();
    private final Consumer<Execution> observer;
    private @Nullable Consumer<String> watcher;

    /**
     * Without a statement.
     *
     * @param observer receives each statement before it is sent
     */
    public Recorder(Consumer<Execution> observer) {
        this.observer = observer;
    }

    void add(Execution execution) {
        synchronized (this) {
            executions.add(execution);
        }
        observer.accept(execution);
    }

    synchronized void addLeftovers(List<String> found) {
        leftovers.addAll(found);
    }

    /** Receives the values that are read from results; null if there is no watcher. */
    synchronized @Nullable Consumer<String> watcher() {
        return watcher;
    }

    /**
     * Sets the watcher of results.
     *
     * @param watcher receives every value that is read from a result, and the message of every error, in the thread
     *     that reads it; null for none
     */
    public synchronized void watch(@Nullable Consumer<String> watcher) {
        this.watcher = watcher;
    }

    /**
     * The statements so far.
     *
     * @return a copy
     */
    public synchronized List<Execution> executions() {
        return List.copyOf(executions);
    }

    /**
     * What was left behind on connections so far.
     *
     * @return one sentence each; a copy
     */
    public synchronized List<String> leftovers() {
        return List.copyOf(leftovers);
    }
}
