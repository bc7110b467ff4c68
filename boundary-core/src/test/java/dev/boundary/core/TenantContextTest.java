package dev.boundary.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boundary.core.Scope.UnscopedScope;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class TenantContextTest {

    private static final TenantKey ACME = TenantKey.of(1L);
    private static final TenantKey GLOBEX = TenantKey.of(2L);

    @Test
    void opensAScopeForTheDurationOfTheCode() {
        List<TenantKey> seen = new ArrayList<>();
        // @start region="where"
        TenantKey acme = TenantKey.of(1L);
        TenantContext.where(acme).run(() -> seen.add(TenantContext.requireTenant()));

        int answer = TenantContext.where(acme).call(() -> 42);
        // @end
        assertThat(seen).containsExactly(ACME);
        assertThat(answer).isEqualTo(42);
        assertThat(TenantContext.current()).isEmpty();
    }

    @Test
    void theOuterScopeIsRestoredEvenAfterAnError() {
        TenantContext.where(ACME).run(() -> {
            assertThatThrownBy(() -> TenantContext.where(GLOBEX).run(() -> {
                        assertThat(TenantContext.requireTenant()).isEqualTo(GLOBEX);
                        throw new IllegalStateException("inner");
                    }))
                    .hasMessage("inner");
            assertThat(TenantContext.requireTenant()).isEqualTo(ACME);
        });
    }

    @Test
    void aCheckedExceptionLeavesUnwrapped() {
        IOException thrown = new IOException("disk");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> TenantContext.where(ACME).call(() -> {
                    throw thrown;
                }))
                .isSameAs(thrown);
    }

    @Test
    void withoutAScopeTheErrorSaysWhatToDo() {
        assertThatExceptionOfType(TenantNotSetException.class)
                .isThrownBy(TenantContext::requireTenant)
                .withMessageContaining("TenantContext.where(tenant).run(...)")
                .withMessageContaining(Thread.currentThread().getName());
    }

    @Test
    void anUnscopedScopeHasAReasonAndNoTenant() {
        TenantContext.unscoped("nightly invoice run").run(() -> {
            assertThat(TenantContext.require()).isEqualTo(new UnscopedScope("nightly invoice run"));
            assertThatExceptionOfType(TenantNotSetException.class)
                    .isThrownBy(TenantContext::requireTenant)
                    .withMessageContaining("nightly invoice run");
        });
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TenantContext.unscoped("  "))
                .withMessageContaining("reason");
    }

    @Test
    void anotherThreadStartsWithoutAScope() {
        TenantContext.where(ACME)
                .run(() -> assertThat(CompletableFuture.supplyAsync(TenantContext::current)
                                .join())
                        .isEmpty());
    }
}
