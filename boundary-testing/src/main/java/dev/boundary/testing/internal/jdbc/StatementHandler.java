package dev.boundary.testing.internal.jdbc;

import dev.boundary.core.TenantContext;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Handles a recorded statement: notes what is sent, with its bind values, and watches its results. */
final class StatementHandler extends JdbcHandler<Statement> {

    private final Recorder recorder;
    private final Connection connection;
    private final @Nullable String prepared;
    /** By parameter; the later call counts. */
    private final Map<Object, Execution.Bind> binds = new LinkedHashMap<>();

    private final List<String> batch = new ArrayList<>();
    private final List<List<Execution.Bind>> preparedBatch = new ArrayList<>();

    StatementHandler(Recorder recorder, Connection connection, Statement target, @Nullable String prepared) {
        super(target);
        this.recorder = recorder;
        this.connection = connection;
        this.prepared = prepared;
    }

    @Override
    @Nullable
    Object handle(Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
        if (method.getName().equals("getConnection")) {
            return connection;
        }
        note(method, arguments == null ? new @Nullable Object[0] : arguments);
        try {
            Object result = call(method, arguments);
            return result instanceof ResultSet rows ? watched(rows) : result;
        } catch (SQLException e) {
            Consumer<String> watcher = recorder.watcher();
            if (watcher != null) {
                watcher.accept(String.valueOf(e.getMessage()));
            }
            throw e;
        }
    }

    private void note(Method method, @Nullable Object[] arguments) {
        String name = method.getName();
        if (name.startsWith("execute")) {
            record(name, arguments);
        } else if (name.equals("addBatch")) {
            addBatch(arguments);
        } else if (name.equals("clearBatch")) {
            clearBatch();
        } else if (name.equals("clearParameters")) {
            binds.clear();
        } else if (name.startsWith("set") && arguments.length >= 2 && prepared != null) {
            binds.put(Objects.requireNonNull(arguments[0]), new Execution.Bind(method, copy(arguments)));
        }
    }

    private static List<@Nullable Object> copy(@Nullable Object[] arguments) {
        List<@Nullable Object> copy = new ArrayList<>();
        Collections.addAll(copy, arguments);
        return copy;
    }

    private void addBatch(@Nullable Object[] arguments) {
        if (arguments.length == 0) {
            preparedBatch.add(List.copyOf(binds.values()));
        } else {
            batch.add((String) arguments[0]);
        }
    }

    private void clearBatch() {
        batch.clear();
        preparedBatch.clear();
    }

    private void record(String name, @Nullable Object[] arguments) {
        if (name.contains("Batch")) {
            batch.forEach(sql -> add(sql, List.of(), false));
            preparedBatch.forEach(row -> add(prepared, row, true));
            clearBatch();
        } else if (arguments.length > 0) {
            add((String) arguments[0], List.of(), false);
        } else if (prepared != null) {
            add(prepared, List.copyOf(binds.values()), true);
        }
    }

    private void add(@Nullable String sql, List<Execution.Bind> bound, boolean isPrepared) {
        recorder.add(new Execution(
                String.valueOf(sql), bound, isPrepared, TenantContext.current(), RecordedCallSite.find()));
    }

    private ResultSet watched(ResultSet rows) {
        Consumer<String> watcher = recorder.watcher();
        return watcher == null ? rows : new ResultHandler(rows, watcher).proxy(ResultSet.class);
    }
}
