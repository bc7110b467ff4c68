package dev.boundary.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boundary.core.Scope.TenantScope;
import dev.boundary.core.Scope.UnscopedScope;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A wrapped task runs in the scope of the code that hands it over, whatever thread runs it. */
class PropagationTest {

    private static final TenantKey ACME = TenantKey.of(1L);
    private static final TenantKey GLOBEX = TenantKey.of(2L);
    private static final Optional<Scope> IN_ACME = Optional.of(new TenantScope(ACME));

    private static final ScheduledExecutorService POOL = Executors.newScheduledThreadPool(2);

    @AfterAll
    static void stop() {
        POOL.shutdownNow();
    }

    private static <T> T asAcme(Callable<T> action) throws Exception {
        return TenantContext.where(ACME).call(action::call);
    }

    @Test
    void aTaskKeepsTheScopeItWasWrappedIn() throws Exception {
        // @start region="wrap"
        Callable<TenantKey> task =
                TenantContext.where(ACME).call(() -> TenantContext.wrap(TenantContext::requireTenant));

        TenantKey tenant = POOL.submit(task).get(); // in another thread, later: still the tenant it was wrapped in
        // @end
        assertThat(tenant).isEqualTo(ACME);

        Supplier<Optional<Scope>> supplier = asAcme(() -> TenantContext.wrapSupplier(TenantContext::current));
        assertThat(CompletableFuture.supplyAsync(supplier, POOL).get()).isEqualTo(IN_ACME);

        List<Optional<Scope>> seen = Collections.synchronizedList(new ArrayList<>());
        Runnable runnable = asAcme(() -> TenantContext.wrap(() -> {
            seen.add(TenantContext.current());
        }));
        POOL.submit(runnable).get();
        TenantContext.where(GLOBEX).run(runnable); // also where another scope is open
        assertThat(seen).containsExactly(IN_ACME, IN_ACME);
    }

    @Test
    void aTaskFromOutsideAnyScopeHasNoneEvenInAThreadThatHasOne() {
        List<Optional<Scope>> seen = new ArrayList<>();
        Runnable outside = TenantContext.wrap(() -> {
            seen.add(TenantContext.current());
        });
        TenantContext.where(GLOBEX).run(outside);
        assertThat(seen).containsExactly(Optional.empty());
        assertThatThrownBy(() -> TenantContext.where(GLOBEX).run(TenantContext.wrap((Runnable) () -> {
                    throw new IllegalStateException("no leak of GLOBEX, but errors come through");
                })))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void wrapKeepsAnUnscopedScope() throws Exception {
        Callable<Scope> task = TenantContext.unscoped("nightly").call(() -> TenantContext.wrap(TenantContext::require));
        assertThat(POOL.submit(task).get()).isEqualTo(new UnscopedScope("nightly"));
    }

    @Test
    void everyExecutorMethodCarriesTheScope() throws Exception {
        ExecutorService executor = TenantContext.wrap((ExecutorService) POOL);
        List<Optional<Scope>> seen = Collections.synchronizedList(new ArrayList<>());
        Callable<Optional<Scope>> current = TenantContext::current;
        asAcme(() -> {
            CountDownLatch done = new CountDownLatch(1);
            executor.execute(() -> {
                seen.add(TenantContext.current());
                done.countDown();
            });
            done.await();
            seen.add(executor.submit(current).get());
            executor.submit(() -> seen.add(TenantContext.current()), 1).get();
            executor.submit((Runnable) () -> seen.add(TenantContext.current())).get();
            for (Future<Optional<Scope>> future : executor.invokeAll(List.of(current, current))) {
                seen.add(future.get());
            }
            for (Future<Optional<Scope>> future : executor.invokeAll(List.of(current), 1, TimeUnit.MINUTES)) {
                seen.add(future.get());
            }
            seen.add(executor.invokeAny(List.of(current)));
            seen.add(executor.invokeAny(List.of(current), 1, TimeUnit.MINUTES));
            return null;
        });
        assertThat(seen).hasSize(9).allMatch(IN_ACME::equals);
        assertThat(executor.submit(current).get()).isEmpty();
    }

    @Test
    void aTaskThatTheCallerRunsKeepsItsOwnScope() throws Exception {
        Executor direct = TenantContext.wrap((Executor) Runnable::run);
        List<Optional<Scope>> seen = new ArrayList<>();
        asAcme(() -> {
            direct.execute(() -> seen.add(TenantContext.current()));
            return null;
        });
        assertThat(seen).containsExactly(IN_ACME);
    }

    @Test
    void scheduledTasksKeepTheScopeOnEveryRun() throws Exception {
        ScheduledExecutorService executor = TenantContext.wrap(POOL);
        Callable<Optional<Scope>> current = TenantContext::current;
        CountDownLatch runs = new CountDownLatch(6);
        List<Optional<Scope>> seen = Collections.synchronizedList(new ArrayList<>());
        Runnable note = () -> {
            seen.add(TenantContext.current());
            runs.countDown();
        };
        List<ScheduledFuture<?>> periodic = asAcme(() -> {
            assertThat(executor.schedule(current, 0, TimeUnit.MILLISECONDS).get())
                    .isEqualTo(IN_ACME);
            executor.schedule(note, 0, TimeUnit.MILLISECONDS).get();
            return List.of(
                    executor.scheduleAtFixedRate(note, 0, 1, TimeUnit.MILLISECONDS),
                    executor.scheduleWithFixedDelay(note, 0, 1, TimeUnit.MILLISECONDS));
        });
        runs.await();
        periodic.forEach(future -> future.cancel(false));
        assertThat(seen).hasSizeGreaterThan(4).allMatch(IN_ACME::equals);
    }

    @Test
    void aWrappedExecutorShutsDownItsDelegate() throws InterruptedException {
        try (ExecutorService executor = Executors.newSingleThreadExecutor()) {
            ExecutorService view = TenantContext.wrap(executor);
            assertThat(view.isShutdown()).isFalse();
            view.shutdown();
            assertThat(view.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
            assertThat(view.isTerminated()).isTrue();
            assertThat(view.shutdownNow()).isEmpty();
            view.close();
            assertThat(executor.isShutdown()).isTrue();
        }
    }

    /** The trap: one tenant's thread completes a future that another tenant's code waits on. */
    @Test
    void aCallbackRunsInTheScopeThatAttachedIt() throws Exception {
        CompletableFuture<String> plain = new CompletableFuture<>();
        CompletableFuture<String> shared = TenantContext.wrap((CompletionStage<String>) plain);

        CompletableFuture<Optional<Scope>> leaking = asAcme(() -> plain.thenApply(value -> TenantContext.current()));
        CompletableFuture<Optional<Scope>> scoped = asAcme(() -> shared.thenApply(value -> TenantContext.current()));
        TenantContext.where(GLOBEX).run(() -> plain.complete("loaded"));

        assertThat(leaking.get()).contains(new TenantScope(GLOBEX)); // why it needs wrapping
        assertThat(scoped.get()).isEqualTo(IN_ACME);
    }

    @Test
    void futuresMadeFromAScopedOneAreScoped() throws Exception {
        CompletableFuture<String> plain = new CompletableFuture<>();
        List<CompletableFuture<?>> made = asAcme(() -> {
            CompletableFuture<String> future = TenantContext.wrap((CompletionStage<String>) plain);
            CompletionStage<String> minimal = future.minimalCompletionStage();
            return List.of(
                    future.thenCompose(value -> CompletableFuture.completedFuture(value))
                            .thenApply(value -> TenantContext.current()),
                    future.thenAcceptAsync(value -> {}, POOL).handle((value, error) -> TenantContext.current()),
                    future.copy().whenComplete((value, error) -> {}).thenApply(value -> TenantContext.current()),
                    minimal.thenApply(value -> TenantContext.current()).toCompletableFuture());
        });
        TenantContext.where(GLOBEX).run(() -> plain.complete("x"));
        for (CompletableFuture<?> future : made) {
            assertThat(future.get()).isEqualTo(IN_ACME);
        }
    }

    @Test
    void passesOnErrorsAndScopesTheirCallbacks() throws Exception {
        CompletableFuture<String> plain = new CompletableFuture<>();
        CompletableFuture<String> future = TenantContext.wrap((CompletionStage<String>) plain);
        CompletableFuture<String> recovered =
                asAcme(() -> future.exceptionally(error -> error.getMessage() + TenantContext.requireTenant()));
        TenantContext.where(GLOBEX).run(() -> plain.completeExceptionally(new IllegalStateException("lost ")));
        assertThat(recovered.get()).isEqualTo("lost 1");
        assertThatThrownBy(future::get)
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseInstanceOf(IllegalStateException.class);
    }

    /** A callback that is not wrapped would run as whoever completes the future. */
    @Test
    void scopesEveryCallbackOfAFuture() {
        List<String> forgotten = Arrays.stream(CompletableFuture.class.getMethods())
                .filter(method -> method.getDeclaringClass() == CompletableFuture.class)
                .filter(method -> !java.lang.reflect.Modifier.isStatic(method.getModifiers()))
                .filter(method -> Arrays.stream(method.getParameterTypes())
                        .anyMatch(type ->
                                type == Runnable.class || type.getPackageName().equals("java.util.function")))
                .filter(method -> !overridden(method))
                .map(Method::toString)
                .toList();
        assertThat(forgotten).isEmpty();
    }

    private static boolean overridden(Method method) {
        return Arrays.stream(ScopedFuture.class.getDeclaredMethods())
                .anyMatch(own -> own.getName().equals(method.getName())
                        && Arrays.equals(own.getParameterTypes(), method.getParameterTypes()));
    }
}
