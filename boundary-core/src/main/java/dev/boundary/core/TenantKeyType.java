package dev.boundary.core;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The PostgreSQL types a tenant column may have.
 *
 * <p>There are no others because the equality operator of a tenant column must be leakproof, or PostgreSQL cannot use
 * an index under row-level security. It is for {@code uuid}, {@code bigint}, {@code int} and {@code text}; it is not
 * for {@code numeric}, enums, {@code jsonb} and arrays (PostgreSQL manual, section 41.5 "Rules and Privileges"; the
 * flag is {@code pg_proc.proleakproof}).
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @since 0.1
 */
public enum TenantKeyType {
    /** PostgreSQL {@code uuid}, Java {@link java.util.UUID}. */
    UUID("uuid"),
    /** PostgreSQL {@code bigint} ({@code int8}), Java {@code long}. */
    BIGINT("bigint"),
    /** PostgreSQL {@code integer} ({@code int4}), Java {@code int}. */
    INT("integer"),
    /** PostgreSQL {@code text} (and {@code varchar}), Java {@link String}. */
    TEXT("text");

    private final String sqlName;

    TenantKeyType(String sqlName) {
        this.sqlName = sqlName;
    }

    /**
     * The name of the type as PostgreSQL's {@code format_type} prints it.
     *
     * @return for example {@code "bigint"}
     */
    public String sqlName() {
        return sqlName;
    }

    /**
     * Finds the type by one of its PostgreSQL names, in any case.
     *
     * @param name for example {@code "uuid"}, {@code "int8"} or {@code "INT"}
     * @return the type
     * @throws IllegalArgumentException if a tenant column cannot have this type; the message lists those it can have
     */
    public static TenantKeyType ofSqlName(String name) {
        return switch (name.strip().toLowerCase(Locale.ROOT)) {
            case "uuid" -> UUID;
            case "bigint", "int8" -> BIGINT;
            case "integer", "int", "int4" -> INT;
            case "text", "varchar", "character varying" -> TEXT;
            default ->
                throw new IllegalArgumentException("A tenant key cannot be of type \"" + name + "\". Use one of "
                        + Arrays.stream(values()).map(TenantKeyType::sqlName).collect(Collectors.joining(", "))
                        + ": their equality operators are leakproof, so indexes work under row-level security.");
        };
    }
}
