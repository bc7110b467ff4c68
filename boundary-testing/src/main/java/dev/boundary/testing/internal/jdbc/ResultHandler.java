package dev.boundary.testing.internal.jdbc;

import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Handles a watched result: shows each value that is read from it. */
final class ResultHandler extends JdbcHandler<ResultSet> {

    private final Consumer<String> watcher;

    ResultHandler(ResultSet target, Consumer<String> watcher) {
        super(target);
        this.watcher = watcher;
    }

    @Override
    @Nullable
    Object handle(Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
        Object result = call(method, arguments);
        if (result != null && method.getName().startsWith("get") && arguments != null) {
            watcher.accept(
                    result instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : result.toString());
        }
        return result;
    }
}
