package dev.boundary.jooq.internal.query;

/**
 * A part that the query layer itself adds to a statement. It is complete, so nothing inside it is checked, except
 * values that the user wrote.
 */
interface GeneratedPart {}
