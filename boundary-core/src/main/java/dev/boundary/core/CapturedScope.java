package dev.boundary.core;

import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The scope that was open when code was handed over, for the thread that runs it later. If none was open, none is there
 * either, whatever scope that thread has of its own.
 */
record CapturedScope(@Nullable Scope scope) {

    static CapturedScope now() {
        return new CapturedScope(TenantContext.current().orElse(null));
    }

    Runnable runnable(Runnable action) {
        return () -> TenantContext.in(scope).run(action);
    }

    <V extends @Nullable Object> Callable<V> callable(Callable<V> action) {
        return () -> TenantContext.in(scope).call(action::call);
    }

    <T extends @Nullable Object> Supplier<T> supplier(Supplier<T> action) {
        return () -> TenantContext.in(scope).call(action::get);
    }

    <T extends @Nullable Object> Consumer<T> consumer(Consumer<T> action) {
        return value -> TenantContext.in(scope).run(() -> action.accept(value));
    }

    <T extends @Nullable Object, U extends @Nullable Object> BiConsumer<T, U> biConsumer(BiConsumer<T, U> action) {
        return (first, second) -> TenantContext.in(scope).run(() -> action.accept(first, second));
    }

    <T extends @Nullable Object, R extends @Nullable Object> Function<T, R> function(Function<T, R> action) {
        return value -> TenantContext.in(scope).call(() -> action.apply(value));
    }

    <T extends @Nullable Object, U extends @Nullable Object, R extends @Nullable Object> BiFunction<T, U, R> biFunction(
            BiFunction<T, U, R> action) {
        return (first, second) -> TenantContext.in(scope).call(() -> action.apply(first, second));
    }
}
