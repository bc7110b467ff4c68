package dev.boundary.testing.internal.catalog;

import dev.boundary.rls.internal.sql.Jdbc;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads types from the catalog, each once. Not safe for use by several threads. */
final class TypeReader {

    private static final int NO_MODIFIER = -1;

    private final Connection connection;
    private final Map<String, PgType> known = new HashMap<>();

    TypeReader(Connection connection) {
        this.connection = connection;
    }

    PgType read(long oid, int modifier) throws SQLException {
        String id = oid + ":" + modifier;
        PgType type = known.get(id);
        if (type == null) {
            type = fetch(oid, modifier);
            known.put(id, type);
        }
        return type;
    }

    private PgType fetch(long oid, int modifier) throws SQLException {
        List<@Nullable String> row = Jdbc.rows(
                        connection,
                        "select t.typname, pg_catalog.format_type(t.oid, ?), t.typtype, t.typcategory, t.typelem,"
                                + " t.typbasetype, t.typtypmod, t.typrelid, t.typlen from pg_catalog.pg_type t"
                                + " where t.oid = ?",
                        modifier,
                        oid)
                .getFirst();
        String name = Objects.requireNonNull(row.get(0));
        String sql = Objects.requireNonNull(row.get(1));
        boolean array = "A".equals(row.get(3)) && "-1".equals(row.get(8)) && number(row.get(4)) != 0;
        return switch (Objects.requireNonNull(row.get(2))) {
            case "e" -> type(sql, name, PgType.Kind.ENUM, modifier, labels(oid), null, Map.of(), List.of());
            case "d" ->
                type(
                        sql,
                        name,
                        PgType.Kind.DOMAIN,
                        modifier,
                        List.of(),
                        read(number(row.get(5)), (int) number(row.get(6))),
                        Map.of(),
                        domainChecks(oid));
            case "r" -> inner(sql, name, PgType.Kind.RANGE, subtype("rngtypid", oid), NO_MODIFIER);
            case "m" -> inner(sql, name, PgType.Kind.MULTIRANGE, subtype("rngmultitypid", oid), NO_MODIFIER);
            case "c" ->
                type(
                        sql,
                        name,
                        PgType.Kind.COMPOSITE,
                        modifier,
                        List.of(),
                        null,
                        fields(number(row.get(7))),
                        List.of());
            default ->
                array
                        ? inner(sql, name, PgType.Kind.ARRAY, number(row.get(4)), modifier)
                        : type(sql, name, PgType.Kind.BASE, modifier, List.of(), null, Map.of(), List.of());
        };
    }

    private PgType inner(String sql, String name, PgType.Kind kind, long inner, int modifier) throws SQLException {
        return type(sql, name, kind, modifier, List.of(), read(inner, modifier), Map.of(), List.of());
    }

    private static PgType type(
            String sql,
            String name,
            PgType.Kind kind,
            int modifier,
            List<String> labels,
            @Nullable PgType inner,
            Map<String, PgType> fields,
            List<String> checks) {
        return new PgType(sql, name, kind, modifier, labels, inner, fields, checks);
    }

    private List<String> labels(long oid) throws SQLException {
        return strings("select enumlabel from pg_catalog.pg_enum where enumtypid = ? order by enumsortorder", oid);
    }

    private List<String> domainChecks(long oid) throws SQLException {
        return strings(
                "select pg_catalog.pg_get_expr(conbin, 0) from pg_catalog.pg_constraint"
                        + " where contypid = ? and contype = 'c' order by conname",
                oid);
    }

    private long subtype(String column, long oid) throws SQLException {
        return number(
                Jdbc.value(connection, "select rngsubtype from pg_catalog.pg_range where " + column + " = ?", oid));
    }

    private Map<String, PgType> fields(long relation) throws SQLException {
        Map<String, PgType> fields = new LinkedHashMap<>();
        for (List<@Nullable String> row : Jdbc.rows(
                connection,
                "select attname, atttypid, atttypmod from pg_catalog.pg_attribute"
                        + " where attrelid = ? and attnum > 0 and not attisdropped order by attnum",
                relation)) {
            fields.put(Objects.requireNonNull(row.get(0)), read(number(row.get(1)), (int) number(row.get(2))));
        }
        return fields;
    }

    private List<String> strings(String sql, long oid) throws SQLException {
        List<String> values = new ArrayList<>();
        for (List<@Nullable String> row : Jdbc.rows(connection, sql, oid)) {
            values.add(Objects.requireNonNull(row.getFirst()));
        }
        return values;
    }

    static long number(@Nullable String text) {
        return Long.parseLong(Objects.requireNonNull(text));
    }
}
