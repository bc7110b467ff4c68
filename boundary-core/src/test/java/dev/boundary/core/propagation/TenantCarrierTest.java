package dev.boundary.core.propagation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.boundary.core.Scope;
import dev.boundary.core.Scope.TenantScope;
import dev.boundary.core.TenantContext;
import dev.boundary.core.TenantKey;
import dev.boundary.core.TenantNotSetException;
import dev.boundary.core.propagation.CarrierException.Reason;
import dev.boundary.core.registry.FixedRegistry;
import dev.boundary.core.registry.Slug;
import dev.boundary.core.registry.Tenant;
import dev.boundary.core.registry.TenantRegistry;
import dev.boundary.core.registry.TenantState;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TenantCarrierTest {

    private static final SigningKey KEY = SigningKey.of("2026-11", new byte[32]);
    private static final SigningKey NEXT = SigningKey.of("2026-12", "0123456789abcdef0123456789abcdef".getBytes(UTF_8));
    private static final TenantKey ACME = TenantKey.of(7L);
    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");

    private static final TenantCarrier CARRIER =
            TenantCarrier.builder(KEY).clock(() -> NOW).build();

    private static String header(TenantCarrier carrier, Scope scope) {
        Map<String, String> headers = new HashMap<>();
        TenantContext.where(scope).run(() -> carrier.inject(headers::put));
        assertThat(headers).containsOnlyKeys(TenantCarrier.HEADER);
        return Objects.requireNonNull(headers.get(TenantCarrier.HEADER));
    }

    private static Reason refusal(TenantCarrier carrier, @Nullable String header) {
        try {
            TenantScope scope = carrier.extract(header);
            throw new AssertionError("accepted " + header + " as " + scope);
        } catch (CarrierException refused) {
            assertThat(refused.getMessage()).doesNotContain("AAAA"); // the secret's Base64
            return refused.reason();
        }
    }

    @Test
    void carriesTheTenantToAnotherProcess() {
        SigningKey key = SigningKey.ofBase64("2026-11", "c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LXNlY3JldCEh");
        // @start region="carry"
        TenantCarrier carrier = TenantCarrier.builder(key).audience("invoices").build();

        Map<String, String> headers = new HashMap<>(); // of a message
        TenantContext.where(ACME).run(() -> carrier.inject(headers::put));

        // in the process that receives it
        TenantContext.where(carrier.extract(headers))
                .run(() -> assertThat(TenantContext.requireTenant()).isEqualTo(ACME));
        // @end
    }

    static Stream<TenantScope> scopes() {
        return Stream.of(
                new TenantScope(TenantKey.of(UUID.fromString("00000000-0000-0000-0000-000000000001"))),
                new TenantScope(TenantKey.of(Long.MIN_VALUE)),
                new TenantScope(TenantKey.of(-1)),
                new TenantScope(TenantKey.of("münchen.süd\n=;")),
                new TenantScope(ACME, Optional.of("eu-central 1")));
    }

    @ParameterizedTest
    @MethodSource("scopes")
    void restoresEveryScope(TenantScope scope) {
        String header = header(CARRIER, scope);
        assertThat(header).matches("[\\x21-\\x7e]+"); // fits into any header
        assertThat(CARRIER.extract(header)).isEqualTo(scope);
        assertThat(CARRIER.extract(Map.of("Boundary-Tenant", header))).isEqualTo(scope);
    }

    @Test
    void noChangeOfASingleCharacterIsAccepted() {
        String header = header(CARRIER, new TenantScope(ACME, Optional.of("eu")));
        for (int i = 0; i < header.length(); i++) {
            for (char other : "A0a1._-=v".toCharArray()) {
                if (header.charAt(i) != other) {
                    String changed = header.substring(0, i) + other + header.substring(i + 1);
                    assertThat(refusal(CARRIER, changed)).isIn(Reason.FORGED, Reason.MALFORMED, Reason.UNKNOWN_KEY);
                }
            }
        }
    }

    @Test
    void refusesAHeaderComposedOfTwo() {
        String[] mine = header(CARRIER, new TenantScope(ACME)).split("\\.", -1);
        String[] theirs = header(CARRIER, new TenantScope(TenantKey.of(8L))).split("\\.", -1);
        for (int i = 2; i < mine.length; i++) {
            if (!mine[i].equals(theirs[i])) {
                String[] mixed = mine.clone();
                mixed[i] = theirs[i];
                assertThat(refusal(CARRIER, String.join(".", mixed))).isEqualTo(Reason.FORGED);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                ".",
                "......",
                "7",
                "v1.2026-11.99999999999.bigint.Nw..",
                "v1.2026-11.99999999999.bigint.Nw..====",
                "v2.2026-11.99999999999.bigint.Nw..AA",
                "v1.2026-11.99999999999.bigint.Nw..AA.AA",
                "v1.2026-11.\u0000.bigint.Nw..\u00ff"
            })
    void refusesMalformedHeaders(String header) {
        assertThat(refusal(CARRIER, header)).isIn(Reason.MALFORMED, Reason.FORGED);
        assertThat(refusal(CARRIER, header.repeat(3000))).isEqualTo(Reason.MALFORMED);
    }

    @Test
    void refusesAMessageWithoutAHeader() {
        assertThat(refusal(CARRIER, null)).isEqualTo(Reason.MISSING);
        assertThat(refusal(CARRIER, "")).isEqualTo(Reason.MISSING);
        assertThatExceptionOfType(CarrierException.class)
                .isThrownBy(() -> CARRIER.extract(Map.of("other", "x")))
                .withMessageContaining("inject")
                .matches(missing -> !missing.isRetryable());
    }

    @Test
    void refusesTwoHeadersEvenIfBothAreValid() {
        String header = header(CARRIER, new TenantScope(ACME));
        assertThatExceptionOfType(CarrierException.class)
                .isThrownBy(() -> CARRIER.extract(Map.of("boundary-tenant", header, "Boundary-Tenant", header)))
                .matches(refused -> refused.reason() == Reason.MALFORMED);
    }

    @Test
    void aHeaderIsValidUntilItExpires() {
        TenantCarrier minute = TenantCarrier.builder(KEY)
                .expiresAfter(Duration.ofMinutes(1))
                .clock(() -> NOW)
                .build();
        String header = header(minute, new TenantScope(ACME));
        assertThat(at(NOW.plusSeconds(59)).extract(header).tenant()).isEqualTo(ACME);
        assertThat(refusal(at(NOW.plusSeconds(60)), header)).isEqualTo(Reason.EXPIRED);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TenantCarrier.builder(KEY).expiresAfter(Duration.ZERO));
    }

    private static TenantCarrier at(Instant time) {
        return TenantCarrier.builder(KEY).clock(() -> time).build();
    }

    @Test
    void rotatesKeysWithoutLosingMessages() {
        TenantCarrier before = CARRIER;
        TenantCarrier between =
                TenantCarrier.builder(NEXT).accepting(KEY).clock(() -> NOW).build();
        TenantCarrier after = TenantCarrier.builder(NEXT).clock(() -> NOW).build();
        String old = header(before, new TenantScope(ACME));
        String young = header(between, new TenantScope(ACME));
        assertThat(between.extract(old).tenant()).isEqualTo(ACME);
        assertThat(after.extract(young).tenant()).isEqualTo(ACME);
        assertThat(refusal(after, old)).isEqualTo(Reason.UNKNOWN_KEY);
        assertThatExceptionOfType(CarrierException.class)
                .isThrownBy(() -> before.extract(young))
                .matches(CarrierException::isRetryable); // until that process knows the key
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TenantCarrier.builder(KEY).accepting(KEY))
                .withMessageContaining("2026-11");
    }

    @Test
    void aKeyWithTheSameIdAndAnotherSecretVerifiesNothing() {
        SigningKey impostor = SigningKey.of(KEY.id(), "another secret of thirty-two byt".getBytes(UTF_8));
        String header = header(TenantCarrier.builder(impostor).clock(() -> NOW).build(), new TenantScope(ACME));
        assertThat(refusal(CARRIER, header)).isEqualTo(Reason.FORGED);
    }

    @Test
    void aHeaderOfOneAudienceIsRefusedByAnother() {
        TenantCarrier invoices =
                TenantCarrier.builder(KEY).audience("invoices").clock(() -> NOW).build();
        String header = header(invoices, new TenantScope(ACME));
        assertThat(invoices.extract(header).tenant()).isEqualTo(ACME);
        assertThat(refusal(CARRIER, header)).isEqualTo(Reason.FORGED);
    }

    @Test
    void refusesToCarryWorkWithoutATenant() {
        Map<String, String> headers = new HashMap<>();
        assertThatExceptionOfType(TenantNotSetException.class).isThrownBy(() -> CARRIER.inject(headers::put));
        assertThatExceptionOfType(TenantNotSetException.class)
                .isThrownBy(() -> TenantContext.unscoped("all").run(() -> CARRIER.inject(headers::put)));
        assertThat(headers).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(TenantState.class)
    void acceptsMessagesOfActiveTenantsOnly(TenantState state) {
        Tenant acme = new Tenant(ACME, new Slug("acme"), "Acme").in(state);
        TenantCarrier carrier = checkedAgainst(new FixedRegistry(List.of(acme), Map.of()));
        String header = header(carrier, acme.scope());
        switch (state) {
            case ACTIVE -> assertThat(carrier.extract(header)).isEqualTo(acme.scope());
            case SUSPENDED -> assertThat(refusal(carrier, header)).isEqualTo(Reason.SUSPENDED_TENANT);
            case DELETING, DELETED -> assertThat(refusal(carrier, header)).isEqualTo(Reason.DELETED_TENANT);
        }
    }

    @Test
    void refusesAnUnregisteredTenant() {
        TenantCarrier carrier = checkedAgainst(new FixedRegistry(List.of(), Map.of()));
        assertThat(refusal(carrier, header(carrier, new TenantScope(ACME)))).isEqualTo(Reason.UNKNOWN_TENANT);
    }

    private static TenantCarrier checkedAgainst(TenantRegistry registry) {
        return TenantCarrier.builder(KEY)
                .checkedAgainst(registry)
                .clock(() -> NOW)
                .build();
    }

    @Test
    void refusesWeakKeysAndHidesSecrets() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SigningKey.of("k", new byte[31]))
                .withMessageContaining("31 bytes")
                .withMessageContaining("openssl");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SigningKey.ofBase64("k", "not base64 but-secret"))
                .withMessageNotContaining("secret");
        assertThatIllegalArgumentException().isThrownBy(() -> SigningKey.of("a.b", new byte[32]));
        assertThat(NEXT).hasToString("SigningKey[2026-12]");
    }

    @Test
    void refusesAKeyThatIsTooLongForAHeader() {
        TenantScope scope = new TenantScope(TenantKey.of("x".repeat(4000)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> header(CARRIER, scope))
                .withMessageContaining("4096");
    }
}
