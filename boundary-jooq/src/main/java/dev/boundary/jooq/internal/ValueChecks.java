package dev.boundary.jooq.internal;

import java.util.ArrayList;
import java.util.List;
import org.jooq.ExecuteContext;
import org.jspecify.annotations.Nullable;

/**
 * The values for tenant columns in a statement that jOOQ keeps: they can be replaced by others before it is executed
 * again, and it is not rendered then. Confined to one thread at a time, like the query itself.
 */
public final class ValueChecks {

    private final List<Runnable> checks = new ArrayList<>(1);

    private ValueChecks() {}

    /**
     * Notes a check that was made while the statement was rendered.
     *
     * @param execution the execution that it is rendered for
     * @param check throws if the value, as it is then, may not be written
     */
    public static void add(ExecuteContext execution, Runnable check) {
        ((ValueChecks) execution.data().computeIfAbsent(ValueChecks.class, key -> new ValueChecks())).checks.add(check);
    }

    /**
     * The checks of the statement that was rendered for an execution.
     *
     * @return null if it has no value for a tenant column
     */
    public static @Nullable ValueChecks of(ExecuteContext execution) {
        return (ValueChecks) execution.data(ValueChecks.class);
    }

    /** Checks the values as they are now. */
    public void repeat() {
        checks.forEach(Runnable::run);
    }
}
