package dev.boundary.rls.internal.catalog;

/**
 * The type of a column. Names outside {@code pg_catalog} have their schema. Immutable.
 *
 * @param oid the type's oid
 * @param modifier length or precision as {@code pg_attribute.atttypmod} has it, -1 without
 * @param sql the type as {@code format_type} prints it, with length or precision
 * @param castSql the same without length or precision, for a cast that truncates nothing
 * @param base the type itself, or for a domain the type at the bottom of it, without length or precision
 */
public record CatalogType(long oid, int modifier, String sql, String castSql, String base) {}
