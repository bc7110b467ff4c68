package dev.boundary.tenants.internal.tables;

import org.jspecify.annotations.Nullable;

/**
 * A column of a table.
 *
 * @param name its name, unquoted
 * @param type its type with length or precision, as {@code format_type} prints it with nothing but the catalog on the
 *     search path
 * @param castType the same without length or precision, for a cast that cuts nothing off
 * @param kind how its values are written in JSON
 * @param uuid whether the type, seen through domains, is {@code uuid}
 * @param collatable whether its order depends on a collation
 * @param notNull whether it must have a value
 * @param defaulted whether PostgreSQL fills it in if it is left out: a default or an identity
 * @param generated whether PostgreSQL alone computes it
 * @param sequence the sequence that fills in an integer column (identity or serial), quoted, or null
 */
public record Column(
        String name,
        String type,
        String castType,
        Kind kind,
        boolean uuid,
        boolean collatable,
        boolean notNull,
        boolean defaulted,
        boolean generated,
        @Nullable String sequence) {

    /** Ways to write a value in JSON. */
    public enum Kind {
        /** A JSON number, or a string for NaN and the infinities. */
        NUMBER,
        /** {@code true} or {@code false}. */
        BOOLEAN,
        /** A string, as PostgreSQL prints the value by itself. */
        TEXT,
        /** A string with PostgreSQL's text form of a type that JSON does not have. */
        OTHER
    }
}
