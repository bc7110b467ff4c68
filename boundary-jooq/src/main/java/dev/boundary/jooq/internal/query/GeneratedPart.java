package dev.boundary.jooq.internal.query;

/**
 * A part that the query layer itself puts into a statement. It is complete, so that what is inside it is not looked at
 * again, except for each {@link UserValue}.
 */
interface GeneratedPart {}
