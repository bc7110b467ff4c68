package dev.boundary.core;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.NullUnmarked;

/**
 * A future whose callbacks run in the scope of the code that attached them. A plain one runs them in whatever thread
 * completes it, and so in that thread's scope, which may be another tenant's.
 *
 * @param <T> the type of the result; a future may complete with null
 */
@NullUnmarked // as the class it extends
final class ScopedFuture<T> extends CompletableFuture<T> {

    static <T> ScopedFuture<T> of(CompletionStage<T> stage) {
        ScopedFuture<T> future = new ScopedFuture<>();
        stage.whenComplete((value, error) -> {
            if (error == null) {
                future.complete(value);
            } else {
                future.completeExceptionally(error);
            }
        });
        return future;
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new ScopedFuture<>();
    }

    @Override
    public CompletionStage<T> minimalCompletionStage() {
        return copy(); // the JDK's minimal stage would lose the scopes of its callbacks
    }

    @Override
    public <U> CompletableFuture<U> thenApply(Function<? super T, ? extends U> f) {
        return super.thenApply(CapturedScope.now().function(f));
    }

    @Override
    public <U> CompletableFuture<U> thenApplyAsync(Function<? super T, ? extends U> f) {
        return super.thenApplyAsync(CapturedScope.now().function(f));
    }

    @Override
    public <U> CompletableFuture<U> thenApplyAsync(Function<? super T, ? extends U> f, Executor executor) {
        return super.thenApplyAsync(CapturedScope.now().function(f), executor);
    }

    @Override
    public CompletableFuture<Void> thenAccept(Consumer<? super T> f) {
        return super.thenAccept(CapturedScope.now().consumer(f));
    }

    @Override
    public CompletableFuture<Void> thenAcceptAsync(Consumer<? super T> f) {
        return super.thenAcceptAsync(CapturedScope.now().consumer(f));
    }

    @Override
    public CompletableFuture<Void> thenAcceptAsync(Consumer<? super T> f, Executor executor) {
        return super.thenAcceptAsync(CapturedScope.now().consumer(f), executor);
    }

    @Override
    public CompletableFuture<Void> thenRun(Runnable f) {
        return super.thenRun(CapturedScope.now().runnable(f));
    }

    @Override
    public CompletableFuture<Void> thenRunAsync(Runnable f) {
        return super.thenRunAsync(CapturedScope.now().runnable(f));
    }

    @Override
    public CompletableFuture<Void> thenRunAsync(Runnable f, Executor executor) {
        return super.thenRunAsync(CapturedScope.now().runnable(f), executor);
    }

    @Override
    public <U, V> CompletableFuture<V> thenCombine(
            CompletionStage<? extends U> other, BiFunction<? super T, ? super U, ? extends V> f) {
        return super.thenCombine(other, CapturedScope.now().biFunction(f));
    }

    @Override
    public <U, V> CompletableFuture<V> thenCombineAsync(
            CompletionStage<? extends U> other, BiFunction<? super T, ? super U, ? extends V> f) {
        return super.thenCombineAsync(other, CapturedScope.now().biFunction(f));
    }

    @Override
    public <U, V> CompletableFuture<V> thenCombineAsync(
            CompletionStage<? extends U> other, BiFunction<? super T, ? super U, ? extends V> f, Executor executor) {
        return super.thenCombineAsync(other, CapturedScope.now().biFunction(f), executor);
    }

    @Override
    public <U> CompletableFuture<Void> thenAcceptBoth(
            CompletionStage<? extends U> other, BiConsumer<? super T, ? super U> f) {
        return super.thenAcceptBoth(other, CapturedScope.now().biConsumer(f));
    }

    @Override
    public <U> CompletableFuture<Void> thenAcceptBothAsync(
            CompletionStage<? extends U> other, BiConsumer<? super T, ? super U> f) {
        return super.thenAcceptBothAsync(other, CapturedScope.now().biConsumer(f));
    }

    @Override
    public <U> CompletableFuture<Void> thenAcceptBothAsync(
            CompletionStage<? extends U> other, BiConsumer<? super T, ? super U> f, Executor executor) {
        return super.thenAcceptBothAsync(other, CapturedScope.now().biConsumer(f), executor);
    }

    @Override
    public CompletableFuture<Void> runAfterBoth(CompletionStage<?> other, Runnable f) {
        return super.runAfterBoth(other, CapturedScope.now().runnable(f));
    }

    @Override
    public CompletableFuture<Void> runAfterBothAsync(CompletionStage<?> other, Runnable f) {
        return super.runAfterBothAsync(other, CapturedScope.now().runnable(f));
    }

    @Override
    public CompletableFuture<Void> runAfterBothAsync(CompletionStage<?> other, Runnable f, Executor executor) {
        return super.runAfterBothAsync(other, CapturedScope.now().runnable(f), executor);
    }

    @Override
    public <U> CompletableFuture<U> applyToEither(CompletionStage<? extends T> other, Function<? super T, U> f) {
        return super.applyToEither(other, CapturedScope.now().function(f));
    }

    @Override
    public <U> CompletableFuture<U> applyToEitherAsync(CompletionStage<? extends T> other, Function<? super T, U> f) {
        return super.applyToEitherAsync(other, CapturedScope.now().function(f));
    }

    @Override
    public <U> CompletableFuture<U> applyToEitherAsync(
            CompletionStage<? extends T> other, Function<? super T, U> f, Executor executor) {
        return super.applyToEitherAsync(other, CapturedScope.now().function(f), executor);
    }

    @Override
    public CompletableFuture<Void> acceptEither(CompletionStage<? extends T> other, Consumer<? super T> f) {
        return super.acceptEither(other, CapturedScope.now().consumer(f));
    }

    @Override
    public CompletableFuture<Void> acceptEitherAsync(CompletionStage<? extends T> other, Consumer<? super T> f) {
        return super.acceptEitherAsync(other, CapturedScope.now().consumer(f));
    }

    @Override
    public CompletableFuture<Void> acceptEitherAsync(
            CompletionStage<? extends T> other, Consumer<? super T> f, Executor executor) {
        return super.acceptEitherAsync(other, CapturedScope.now().consumer(f), executor);
    }

    @Override
    public CompletableFuture<Void> runAfterEither(CompletionStage<?> other, Runnable f) {
        return super.runAfterEither(other, CapturedScope.now().runnable(f));
    }

    @Override
    public CompletableFuture<Void> runAfterEitherAsync(CompletionStage<?> other, Runnable f) {
        return super.runAfterEitherAsync(other, CapturedScope.now().runnable(f));
    }

    @Override
    public CompletableFuture<Void> runAfterEitherAsync(CompletionStage<?> other, Runnable f, Executor executor) {
        return super.runAfterEitherAsync(other, CapturedScope.now().runnable(f), executor);
    }

    @Override
    public <U> CompletableFuture<U> thenCompose(Function<? super T, ? extends CompletionStage<U>> f) {
        return super.thenCompose(CapturedScope.now().function(f));
    }

    @Override
    public <U> CompletableFuture<U> thenComposeAsync(Function<? super T, ? extends CompletionStage<U>> f) {
        return super.thenComposeAsync(CapturedScope.now().function(f));
    }

    @Override
    public <U> CompletableFuture<U> thenComposeAsync(
            Function<? super T, ? extends CompletionStage<U>> f, Executor executor) {
        return super.thenComposeAsync(CapturedScope.now().function(f), executor);
    }

    @Override
    public CompletableFuture<T> whenComplete(BiConsumer<? super T, ? super Throwable> f) {
        return super.whenComplete(CapturedScope.now().biConsumer(f));
    }

    @Override
    public CompletableFuture<T> whenCompleteAsync(BiConsumer<? super T, ? super Throwable> f) {
        return super.whenCompleteAsync(CapturedScope.now().biConsumer(f));
    }

    @Override
    public CompletableFuture<T> whenCompleteAsync(BiConsumer<? super T, ? super Throwable> f, Executor executor) {
        return super.whenCompleteAsync(CapturedScope.now().biConsumer(f), executor);
    }

    @Override
    public <U> CompletableFuture<U> handle(BiFunction<? super T, Throwable, ? extends U> f) {
        return super.handle(CapturedScope.now().biFunction(f));
    }

    @Override
    public <U> CompletableFuture<U> handleAsync(BiFunction<? super T, Throwable, ? extends U> f) {
        return super.handleAsync(CapturedScope.now().biFunction(f));
    }

    @Override
    public <U> CompletableFuture<U> handleAsync(BiFunction<? super T, Throwable, ? extends U> f, Executor executor) {
        return super.handleAsync(CapturedScope.now().biFunction(f), executor);
    }

    @Override
    public CompletableFuture<T> exceptionally(Function<Throwable, ? extends T> f) {
        return super.exceptionally(CapturedScope.now().function(f));
    }

    @Override
    public CompletableFuture<T> exceptionallyAsync(Function<Throwable, ? extends T> f) {
        return super.exceptionallyAsync(CapturedScope.now().function(f));
    }

    @Override
    public CompletableFuture<T> exceptionallyAsync(Function<Throwable, ? extends T> f, Executor executor) {
        return super.exceptionallyAsync(CapturedScope.now().function(f), executor);
    }

    @Override
    public CompletableFuture<T> exceptionallyCompose(Function<Throwable, ? extends CompletionStage<T>> f) {
        return super.exceptionallyCompose(CapturedScope.now().function(f));
    }

    @Override
    public CompletableFuture<T> exceptionallyComposeAsync(Function<Throwable, ? extends CompletionStage<T>> f) {
        return super.exceptionallyComposeAsync(CapturedScope.now().function(f));
    }

    @Override
    public CompletableFuture<T> exceptionallyComposeAsync(
            Function<Throwable, ? extends CompletionStage<T>> f, Executor executor) {
        return super.exceptionallyComposeAsync(CapturedScope.now().function(f), executor);
    }

    @Override
    public CompletableFuture<T> completeAsync(Supplier<? extends T> f) {
        return super.completeAsync(CapturedScope.now().supplier(f));
    }

    @Override
    public CompletableFuture<T> completeAsync(Supplier<? extends T> f, Executor executor) {
        return super.completeAsync(CapturedScope.now().supplier(f), executor);
    }
}
