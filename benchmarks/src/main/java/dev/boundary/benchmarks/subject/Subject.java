package dev.boundary.benchmarks.subject;

import dev.boundary.core.StatementRefusedException;
import java.util.List;

/** A way to keep tenants apart. Used by one thread. Closing gives its connections back. */
public abstract class Subject implements AutoCloseable {

    /**
     * Does the work, from entering the tenant's scope to leaving it.
     *
     * @return what was read (a list of rows) or how many rows were written
     */
    public final Object perform(Scenario scenario, Task task) throws Exception {
        return inScope(task.tenant(), () -> switch (scenario) {
            case READ_ROW -> List.of(readRow(task));
            case READ_RANGE -> readRange(task);
            case READ_JOIN -> readJoin(task);
            case INSERT -> insert(task);
            case BATCH -> insertBatch(task);
            case TRANSACTION -> transaction(task);
        });
    }

    /** Whether the subject refuses to do such work, which must not be counted as fast. */
    public final boolean refuses(Scenario scenario, Task task) throws Exception {
        try {
            perform(scenario, task);
            return false;
        } catch (StatementRefusedException e) {
            return true;
        }
    }

    /** Runs the work in the tenant's scope, however the subject does that. */
    abstract Object inScope(long tenant, ScopedValue.CallableOp<Object, Exception> work) throws Exception;

    abstract BookingRow readRow(Task task);

    abstract List<BookingRow> readRange(Task task);

    abstract List<JoinedRow> readJoin(Task task);

    abstract int insert(Task task);

    abstract int insertBatch(Task task);

    abstract List<BookingRow> transaction(Task task);

    @Override
    public abstract void close();
}
