package dev.boundary.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.boundary.core.Scope;
import dev.boundary.core.TenantContext;
import dev.boundary.core.TenantKey;
import dev.boundary.core.registry.Slug;
import dev.boundary.core.registry.Tenant;
import dev.boundary.core.registry.TenantState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TenantWorkTest {

    private static Tenant tenant(long number, TenantState state) {
        Slug slug = new Slug("t" + number);
        Optional<String> region = Optional.of(number % 2 == 0 ? "eu" : "us");
        return new Tenant(TenantKey.of(number), slug, slug.value(), region, state, Map.of());
    }

    private static List<Tenant> tenants(int count) {
        return LongStream.rangeClosed(1, count)
                .mapToObj(number -> tenant(number, TenantState.ACTIVE))
                .toList();
    }

    @Test
    void worksForEachTenantInItsOwnScope() throws InterruptedException {
        List<Tenant> tenants = tenants(100);
        List<Scope> scopes = Collections.synchronizedList(new ArrayList<>());
        // @start region="work"
        WorkSummary summary = TenantWork.forEach(tenants)
                .withParallelism(8) // as many as the pool has connections
                .except(new Slug("t13"))
                .run(tenant -> scopes.add(TenantContext.require()));

        if (!summary.isComplete()) {
            System.err.println(summary); // says for whom it failed, and why
        }
        // @end
        assertThat(summary.exitCode()).isZero();
        assertThat(summary.succeeded()).hasSize(99);
        assertThat(scopes)
                .containsExactlyInAnyOrderElementsOf(tenants.stream()
                        .filter(tenant -> !tenant.slug().value().equals("t13"))
                        .<Scope>map(Tenant::scope)
                        .toList());
    }

    @Test
    void selectsByStateRegionAndCondition() throws InterruptedException {
        List<Tenant> tenants = List.of(
                tenant(1, TenantState.ACTIVE),
                tenant(2, TenantState.ACTIVE),
                tenant(3, TenantState.SUSPENDED),
                tenant(4, TenantState.DELETED),
                tenant(6, TenantState.SUSPENDED));
        assertThat(keys(TenantWork.forEach(tenants))).containsExactly(1L, 2L);
        assertThat(keys(TenantWork.forEach(tenants).inRegion("eu"))).containsExactly(2L);
        assertThat(keys(TenantWork.forEach(tenants).inStates(TenantState.SUSPENDED, TenantState.DELETED)))
                .containsExactly(3L, 4L, 6L);
        assertThat(keys(TenantWork.forEach(tenants)
                        .inStates(TenantState.SUSPENDED)
                        .matching(tenant -> tenant.slug().value().equals("t6"))))
                .containsExactly(6L);
        assertThat(keys(TenantWork.forEach(List.of()))).isEmpty();
    }

    private static List<Object> keys(TenantWork work) throws InterruptedException {
        return work.run(tenant -> {}).succeeded().stream()
                .map(tenant -> tenant.key().value())
                .toList();
    }

    @Test
    void aFailureStopsNothingAndIsReported() throws InterruptedException {
        WorkSummary summary = TenantWork.forEach(tenants(10)).withParallelism(3).run(tenant -> {
            if (tenant.key().equals(TenantKey.of(3L))) {
                throw new IOException("disk");
            }
            if (tenant.key().equals(TenantKey.of(7L))) {
                throw new StackOverflowError("deep");
            }
        });
        assertThat(summary.succeeded()).hasSize(8);
        assertThat(summary.failed()).hasSize(2);
        assertThat(summary.notStarted()).isEmpty();
        assertThat(summary.exitCode()).isEqualTo(1);
        assertThat(summary.toString()).contains("8 succeeded, 2 failed", "t3 (3): java.io.IOException: disk", "deep");
    }

    @Test
    void canStopAtTheFirstFailure() throws InterruptedException {
        WorkSummary summary = TenantWork.forEach(tenants(10))
                .withStopAtFailure()
                .run(tenant -> {
                    if (tenant.key().equals(TenantKey.of(3L))) {
                        throw new IOException("disk");
                    }
                });
        assertThat(summary.succeeded()).hasSize(2);
        assertThat(summary.failed()).hasSize(1);
        assertThat(summary.notStarted()).hasSize(7);
        assertThat(summary.isComplete()).isFalse();
    }

    @Test
    void runsAsManyTasksInParallelAsConfigured() throws InterruptedException {
        CyclicBarrier fourAtOnce = new CyclicBarrier(4);
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        WorkSummary summary = TenantWork.forEach(tenants(12)).withParallelism(4).run(tenant -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            fourAtOnce.await(1, TimeUnit.MINUTES); // fails if fewer work at once
            now.decrementAndGet();
        });
        assertThat(summary.failed()).isEmpty();
        assertThat(most).hasValueLessThanOrEqualTo(4);
    }

    @Test
    void reportsProgressAfterEachTenant() throws InterruptedException {
        List<TenantWork.Progress> steps = new ArrayList<>(); // told one at a time
        TenantWork.forEach(tenants(20))
                .withParallelism(5)
                .withProgress(steps::add)
                .run(tenant -> {
                    if (tenant.key().equals(TenantKey.of(3L))) {
                        throw new IOException("disk");
                    }
                });
        assertThat(steps).hasSize(20);
        assertThat(steps.getLast().done()).isEqualTo(20);
        assertThat(steps).allMatch(step -> step.total() == 20);
        assertThat(steps).filteredOn(step -> step.error() != null).hasSize(1);
    }

    @Test
    void aFailingProgressListenerStopsTheWork() {
        AtomicInteger done = new AtomicInteger();
        TenantWork work = TenantWork.forEach(tenants(20)).withProgress(step -> {
            throw new IllegalStateException("terminal is gone");
        });
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> work.run(tenant -> done.incrementAndGet()))
                .withMessage("terminal is gone");
        assertThat(done).hasValue(1);
    }

    @Test
    void anInterruptReachesTheTasksAndWaitsForThem() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(2);
        CountDownLatch never = new CountDownLatch(1);
        AtomicInteger interrupted = new AtomicInteger();
        AtomicInteger caught = new AtomicInteger();
        Thread thread = Thread.ofVirtual().start(() -> {
            try {
                TenantWork.forEach(tenants(10)).withParallelism(2).run(tenant -> {
                    begun.countDown();
                    try {
                        never.await();
                    } catch (InterruptedException e) {
                        interrupted.incrementAndGet();
                        throw e;
                    }
                });
            } catch (InterruptedException e) {
                caught.set(interrupted.get());
            }
        });
        begun.await();
        thread.interrupt();
        thread.join();
        assertThat(caught).hasValue(2);
    }

    @Test
    void refusesInvalidSettings() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TenantWork.forEach(List.of()).withParallelism(0));
    }
}
