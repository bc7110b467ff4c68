package dev.boundary.core;

import java.util.Objects;
import java.util.UUID;

/**
 * The id of a tenant: the value of the tenant column in its rows.
 *
 * <p>Keys of different types are never equal, not even {@code of(1)} and {@code of(1L)}: the type must be that of the
 * tenant column. Immutable and safe for use by several threads.
 *
 * @since 0.1
 */
public sealed interface TenantKey {

    /**
     * A key for a {@code uuid} column.
     *
     * @param value the id
     * @return the key
     */
    static TenantKey of(UUID value) {
        return new UuidKey(value);
    }

    /**
     * A key for a {@code bigint} column.
     *
     * @param value the id
     * @return the key
     */
    static TenantKey of(long value) {
        return new BigintKey(value);
    }

    /**
     * A key for an {@code integer} column.
     *
     * @param value the id
     * @return the key
     */
    static TenantKey of(int value) {
        return new IntKey(value);
    }

    /**
     * A key for a {@code text} column.
     *
     * @param value the id; not empty, without the character U+0000, which PostgreSQL cannot store
     * @return the key
     * @throws IllegalArgumentException if the value is empty or contains U+0000
     */
    static TenantKey of(String value) {
        return new TextKey(value);
    }

    /**
     * Reads a key from its text form.
     *
     * @param type the type of the tenant column
     * @param text what {@link #asText()} returns
     * @return the key
     * @throws IllegalArgumentException if the text is not a value of that type
     */
    static TenantKey parse(TenantKeyType type, String text) {
        try {
            return switch (type) {
                case UUID -> of(parseUuid(text));
                case BIGINT -> of(Long.parseLong(text));
                case INT -> of(Integer.parseInt(text));
                case TEXT -> of(text);
            };
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("\"" + text + "\" is not a tenant key of type " + type.sqlName(), e);
        }
    }

    /**
     * The PostgreSQL type of the key.
     *
     * @return the type
     */
    TenantKeyType type();

    /**
     * The key as the Java object that JDBC and jOOQ bind to a column of {@link #type()}.
     *
     * @return a {@link UUID}, {@link Long}, {@link Integer} or {@link String}
     */
    Object value();

    /**
     * The key as it is written into the session variable, readable by PostgreSQL's input function of the type.
     *
     * @return a text that is never empty
     */
    default String asText() {
        return value().toString();
    }

    private static UUID parseUuid(String text) {
        UUID uuid = UUID.fromString(text);
        if (!uuid.toString().equalsIgnoreCase(text)) { // fromString also takes "1-1-1-1-1"
            throw new IllegalArgumentException("\"" + text + "\" is not a tenant key of type uuid");
        }
        return uuid;
    }

    /**
     * The key of a {@code uuid} column.
     *
     * @param value the id
     */
    record UuidKey(UUID value) implements TenantKey {
        /** Checks that there is a value. */
        public UuidKey {
            Objects.requireNonNull(value, "tenant key");
        }

        @Override
        public TenantKeyType type() {
            return TenantKeyType.UUID;
        }

        @Override
        public String toString() {
            return asText();
        }
    }

    /**
     * The key of a {@code bigint} column.
     *
     * @param id the id
     */
    record BigintKey(long id) implements TenantKey {
        @Override
        public TenantKeyType type() {
            return TenantKeyType.BIGINT;
        }

        @Override
        public Long value() {
            return id;
        }

        @Override
        public String toString() {
            return asText();
        }
    }

    /**
     * The key of an {@code integer} column.
     *
     * @param id the id
     */
    record IntKey(int id) implements TenantKey {
        @Override
        public TenantKeyType type() {
            return TenantKeyType.INT;
        }

        @Override
        public Integer value() {
            return id;
        }

        @Override
        public String toString() {
            return asText();
        }
    }

    /**
     * The key of a {@code text} column.
     *
     * @param value the id, not empty
     */
    record TextKey(String value) implements TenantKey {
        /** Checks that the value can be a tenant: an empty one would read as "no tenant" in PostgreSQL. */
        public TextKey {
            Objects.requireNonNull(value, "tenant key");
            if (value.isEmpty()) {
                throw new IllegalArgumentException("A tenant key of type text must not be empty: PostgreSQL reads an"
                        + " empty session variable as \"no tenant\".");
            }
            if (value.codePoints().anyMatch(TextKey::isHalfOfPair)) {
                throw new IllegalArgumentException(
                        "A tenant key must not contain half of a surrogate pair: drivers send"
                                + " \"?\" in its place, which could be the key of another tenant.");
            }
            if (value.indexOf('\0') >= 0) {
                throw new IllegalArgumentException(
                        "A tenant key must not contain the character U+0000, which" + " PostgreSQL cannot store.");
            }
        }

        private static boolean isHalfOfPair(int codePoint) {
            return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
        }

        @Override
        public TenantKeyType type() {
            return TenantKeyType.TEXT;
        }

        @Override
        public String toString() {
            return value;
        }
    }
}
