package dev.boundary.core.propagation;

import dev.boundary.core.Scope;
import dev.boundary.core.Scope.TenantScope;
import dev.boundary.core.Scope.UnscopedScope;
import dev.boundary.core.TenantContext;
import dev.boundary.core.TenantKey;
import dev.boundary.core.TenantNotSetException;
import dev.boundary.core.propagation.CarrierException.Reason;
import dev.boundary.core.registry.Tenant;
import dev.boundary.core.registry.TenantRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Carries the tenant of a scope to another process in one header of a message (Kafka, JMS, HTTP, a table of jobs),
 * signed, so that no one without the key can name another tenant, and it expires.
 *
 * {@snippet file="dev/boundary/core/propagation/TenantCarrierTest.java" region="carry"}
 *
 * <p>The header is a bearer token: anyone who can read a message can send its header with another message until it
 * expires. Give each channel an {@linkplain Builder#audience audience} of its own, so that a header of one is refused
 * in another.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @since 0.1
 */
public final class TenantCarrier {

    /** The name of the header. */
    public static final String HEADER = "boundary-tenant";

    private final SigningKey signing;
    private final Map<String, SigningKey> accepted;
    private final Duration validity;
    private final String audience;
    private final InstantSource clock;
    private final @Nullable TenantRegistry registry;

    private TenantCarrier(Builder builder) {
        this.signing = builder.signing;
        this.accepted = Map.copyOf(builder.accepted);
        this.validity = builder.validity;
        this.audience = builder.audience;
        this.clock = builder.clock;
        this.registry = builder.registry;
    }

    /**
     * Begins a carrier.
     *
     * @param key the key that it signs with, and accepts when it reads
     * @return a builder with the settings
     */
    public static Builder builder(SigningKey key) {
        return new Builder(key);
    }

    /**
     * Writes the tenant of the open scope into a message.
     *
     * @param setter takes the name and the value of the header: {@code headers::put}
     * @throws TenantNotSetException if no scope is open, or an unscoped one: work for all tenants is not handed over
     */
    public void inject(BiConsumer<String, String> setter) {
        Scope scope = TenantContext.require();
        switch (scope) {
            case TenantScope tenant ->
                setter.accept(
                        HEADER, Token.of(tenant, clock.instant().plus(validity)).signed(signing, audience));
            case UnscopedScope unscoped ->
                throw TenantNotSetException.unscoped("A message to another process", unscoped);
        }
    }

    /**
     * Reads the scope from the headers of a message. The names of headers are compared without regard to case.
     *
     * @param headers the headers
     * @return the scope, to be opened with {@link TenantContext#where(Scope)}
     * @throws CarrierException if there is no header, it is not valid, or the tenant may not work; says whether a retry
     *     makes sense
     */
    public TenantScope extract(Map<String, String> headers) {
        List<String> values = headers.entrySet().stream()
                .filter(header -> HEADER.equalsIgnoreCase(header.getKey()))
                .map(Map.Entry::getValue)
                .toList();
        if (values.size() > 1) {
            throw new CarrierException(
                    Reason.MALFORMED,
                    "The message has " + values.size() + " headers \"" + HEADER
                            + "\", so that its tenant is not certain. Set it aside and find out who sent it.");
        }
        return extract(values.isEmpty() ? null : values.getFirst());
    }

    /**
     * Reads the scope from the value of the header, for messages whose headers are no map.
     *
     * @param header the value of the header {@value #HEADER}, or null if the message has none
     * @return the scope, to be opened with {@link TenantContext#where(Scope)}
     * @throws CarrierException if there is no header, it is not valid, or the tenant may not work
     */
    public TenantScope extract(@Nullable String header) {
        if (header == null || header.isEmpty()) {
            throw new CarrierException(
                    Reason.MISSING,
                    "The message has no header \"" + HEADER + "\", so that it belongs to no tenant. Let its sender call"
                            + " TenantCarrier.inject(...) in the tenant's scope.");
        }
        Token token = Token.verified(header, accepted, audience);
        Instant now = clock.instant();
        if (!token.expires().isAfter(now)) {
            throw new CarrierException(
                    Reason.EXPIRED,
                    "The header \"" + HEADER + "\" for " + token.scope() + " was valid until " + token.expires()
                            + ", and now it is " + now
                            + ". If messages may wait that long, set expiresAfter(...) of their"
                            + " sender.");
        }
        return checked(token.scope());
    }

    private TenantScope checked(TenantScope scope) {
        if (registry == null) {
            return scope;
        }
        TenantKey key = scope.tenant();
        Tenant tenant = registry.find(key)
                .orElseThrow(() -> new CarrierException(
                        Reason.UNKNOWN_TENANT, "The message is for tenant " + key + ", which is not registered."));
        return switch (tenant.state()) {
            case ACTIVE -> scope;
            case SUSPENDED ->
                throw new CarrierException(
                        Reason.SUSPENDED_TENANT,
                        "The message is for tenant " + key + " (" + tenant.slug()
                                + "), which is suspended. Retry it when the tenant is resumed.");
            case DELETING, DELETED ->
                throw new CarrierException(
                        Reason.DELETED_TENANT,
                        "The message is for tenant " + key + " (" + tenant.slug() + "), which is deleted. Drop it.");
        };
    }

    /** The settings of a {@link TenantCarrier}. Not for use by several threads. */
    public static final class Builder {

        private final SigningKey signing;
        private final Map<String, SigningKey> accepted = new HashMap<>();
        private Duration validity = Duration.ofHours(1);
        private String audience = "";
        private InstantSource clock = InstantSource.system();
        private @Nullable TenantRegistry registry;

        private Builder(SigningKey signing) {
            this.signing = Objects.requireNonNull(signing, "key");
            accepting(signing);
        }

        /**
         * Accepts another key when reading: the next one before any sender signs with it, the last one until its
         * messages are processed.
         *
         * @param key the key
         * @return this
         * @throws IllegalArgumentException if there is a key of that id
         */
        public Builder accepting(SigningKey key) {
            if (accepted.putIfAbsent(key.id(), key) != null) {
                throw new IllegalArgumentException(
                        "There are two signing keys \"" + key.id() + "\"; give each its own id.");
            }
            return this;
        }

        /**
         * Sets how long a header is valid after it is written. Default: one hour.
         *
         * @param duration more than zero; counted in whole seconds
         * @return this
         * @throws IllegalArgumentException if it is less than a second
         */
        public Builder expiresAfter(Duration duration) {
            if (duration.compareTo(Duration.ofSeconds(1)) < 0) {
                throw new IllegalArgumentException(
                        "A header must be valid for a second at least, not " + duration + ".");
            }
            this.validity = duration;
            return this;
        }

        /**
         * Sets whom the headers are for: a topic, a queue, a service. Sender and receiver must use the same. Default:
         * the empty text.
         *
         * @param name the name
         * @return this
         */
        public Builder audience(String name) {
            this.audience = Objects.requireNonNull(name, "name");
            return this;
        }

        /**
         * Looks each tenant up when reading a header, and refuses one that is unknown, suspended or deleted. Default:
         * tenants are not looked up.
         *
         * @param tenants the tenants
         * @return this
         */
        public Builder checkedAgainst(TenantRegistry tenants) {
            this.registry = Objects.requireNonNull(tenants, "tenants");
            return this;
        }

        /**
         * Sets the clock that headers expire by. Default: the system's clock.
         *
         * @param source the clock
         * @return this
         */
        public Builder clock(InstantSource source) {
            this.clock = Objects.requireNonNull(source, "source");
            return this;
        }

        /**
         * Builds the carrier.
         *
         * @return the carrier
         */
        public TenantCarrier build() {
            return new TenantCarrier(this);
        }
    }
}
