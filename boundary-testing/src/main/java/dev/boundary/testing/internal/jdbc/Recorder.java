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
    private @Nullable Consumer<String> values;

    /**
     * Empty.
     *
     * @param observer hears of each statement before it is sent
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

    /** Whether somebody wants to see the values that results are read for. */
    synchronized @Nullable Consumer<String> values() {
        return values;
    }

    /**
     * Shows every value that is read from a result, and the message of every error, to somebody.
     *
     * @param watcher who wants to see them, in the thread that reads them; null for nobody
     */
    public synchronized void watch(@Nullable Consumer<String> watcher) {
        values = watcher;
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
