package dev.boundary.testing.internal.jdbc;

import dev.boundary.core.TenantContext;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
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

/** Stands before a statement and its results. */
final class StatementHandler implements InvocationHandler {

    private final Recorder recorder;
    private final Connection connection;
    private final Statement target;
    private final @Nullable String prepared;
    /** By parameter; the later call counts. */
    private final Map<Object, Execution.Bind> binds = new LinkedHashMap<>();

    private final List<String> batch = new ArrayList<>();
    private final List<List<Execution.Bind>> preparedBatch = new ArrayList<>();

    StatementHandler(Recorder recorder, Connection connection, Statement target, @Nullable String prepared) {
        this.recorder = recorder;
        this.connection = connection;
        this.target = target;
        this.prepared = prepared;
    }

    @Override
    public @Nullable Object invoke(Object self, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        String name = method.getName();
        if (name.equals("getConnection")) {
            return connection;
        }
        if (name.equals("equals")) {
            return ConnectionHandler.isSame(self, arguments);
        }
        if (name.startsWith("execute")) {
            record(name, arguments);
        } else if (name.equals("addBatch")) {
            addBatch(arguments);
        } else if (name.equals("clearBatch")) {
            batch.clear();
            preparedBatch.clear();
        } else if (name.equals("clearParameters")) {
            binds.clear();
        } else if (name.startsWith("set") && arguments != null && arguments.length >= 2 && prepared != null) {
            binds.put(Objects.requireNonNull(arguments[0]), new Execution.Bind(method, copy(arguments)));
        }
        try {
            Object result = ConnectionHandler.call(target, method, arguments);
            return result instanceof ResultSet rows ? watched(rows) : result;
        } catch (SQLException e) {
            Consumer<String> values = recorder.values();
            if (values != null) {
                values.accept(String.valueOf(e.getMessage()));
            }
            throw e;
        }
    }

    private static List<@Nullable Object> copy(@Nullable Object[] arguments) {
        List<@Nullable Object> copy = new ArrayList<>();
        Collections.addAll(copy, arguments);
        return copy;
    }

    private void addBatch(@Nullable Object @Nullable [] arguments) {
        if (arguments == null || arguments.length == 0) {
            preparedBatch.add(List.copyOf(binds.values()));
        } else {
            batch.add((String) arguments[0]);
        }
    }

    private void record(String name, @Nullable Object @Nullable [] arguments) {
        if (name.contains("Batch")) {
            batch.forEach(sql -> add(sql, List.of(), false));
            preparedBatch.forEach(row -> add(prepared, row, true));
            batch.clear();
            preparedBatch.clear();
        } else if (arguments != null && arguments.length > 0) {
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
        Consumer<String> values = recorder.values();
        if (values == null) {
            return rows;
        }
        return RecordingDataSource.proxy(ResultSet.class, (self, method, arguments) -> {
            Object result = ConnectionHandler.call(rows, method, arguments);
            if (result != null && method.getName().startsWith("get") && arguments != null) {
                values.accept(
                        result instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : result.toString());
            }
            return result;
        });
    }
}
