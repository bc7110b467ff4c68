package dev.boundary.core;

import java.lang.ScopedValue.CallableOp;
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

    /** The scope that is open in a thread; null where code runs that was handed over outside any scope. */
    private static final ScopedValue<@Nullable Scope> OPEN = ScopedValue.newInstance();

    static CapturedScope now() {
        return new CapturedScope(open());
    }

    /** The scope that is open in this thread; null if there is none. */
    static @Nullable Scope open() {
        return OPEN.isBound() ? OPEN.get() : null;
    }

    void run(Runnable action) {
        ScopedValue.where(OPEN, scope).run(action);
    }

    <R, X extends Throwable> R call(CallableOp<? extends R, X> action) throws X {
        return ScopedValue.where(OPEN, scope).call(action);
    }

    Runnable runnable(Runnable action) {
        return () -> run(action);
    }

    <V extends @Nullable Object> Callable<V> callable(Callable<V> action) {
        return () -> call(action::call);
    }

    <T extends @Nullable Object> Supplier<T> supplier(Supplier<T> action) {
        return () -> call(action::get);
    }

    <T extends @Nullable Object> Consumer<T> consumer(Consumer<T> action) {
        return value -> run(() -> action.accept(value));
    }

    <T extends @Nullable Object, U extends @Nullable Object> BiConsumer<T, U> biConsumer(BiConsumer<T, U> action) {
        return (first, second) -> run(() -> action.accept(first, second));
    }

    <T extends @Nullable Object, R extends @Nullable Object> Function<T, R> function(Function<T, R> action) {
        return value -> call(() -> action.apply(value));
    }

    <T extends @Nullable Object, U extends @Nullable Object, R extends @Nullable Object> BiFunction<T, U, R> biFunction(
            BiFunction<T, U, R> action) {
        return (first, second) -> call(() -> action.apply(first, second));
    }
}
