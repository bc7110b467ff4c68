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
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Stands before a statement and its results. */
final class StatementHandler implements InvocationHandler {

    private final Recorder recorder;
    private final Connection connection;
    private final Statement target;
    private final @Nullable String prepared;
    private final List<Execution.Bind> binds = new ArrayList<>();
    private final List<String> batch = new ArrayList<>();

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
        } else if (name.equals("addBatch") && arguments != null) {
            batch.add((String) arguments[0]);
        } else if (name.equals("clearParameters")) {
            binds.clear();
        } else if (name.startsWith("set") && arguments != null && arguments.length >= 2 && prepared != null) {
            binds.add(new Execution.Bind(method, copy(arguments)));
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

    private void record(String name, @Nullable Object @Nullable [] arguments) {
        if (arguments != null && arguments.length > 0) {
            add((String) arguments[0], false);
        } else if (prepared != null) {
            add(prepared, true);
        } else if (name.contains("Batch")) {
            batch.forEach(sql -> add(sql, false));
            batch.clear();
        }
    }

    private void add(@Nullable String sql, boolean isPrepared) {
        recorder.add(new Execution(
                String.valueOf(sql),
                isPrepared ? List.copyOf(binds) : List.of(),
                isPrepared,
                TenantContext.current(),
                CallSite.find()));
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
