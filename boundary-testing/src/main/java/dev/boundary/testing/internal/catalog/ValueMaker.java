package dev.boundary.testing.internal.catalog;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Makes values of PostgreSQL's types in their text form. The same number gives the same value, other numbers others.
 */
final class ValueMaker {

    private static final int VARLENA_HEADER = 4; // a length in atttypmod counts it
    private static final long YEAR_OF_DAYS = 365;

    private ValueMaker() {}

    /**
     * Makes a value.
     *
     * @param type its type
     * @param n a positive number of up to nine digits
     * @return the value as PostgreSQL's input function reads it, or null if this type is not known
     */
    static @Nullable String value(PgType type, long n) {
        return switch (type.kind()) {
            case BASE -> base(type, n);
            case ENUM -> type.labels().get((int) (n % type.labels().size()));
            case DOMAIN -> type.inner() == null ? null : value(type.inner(), n);
            case ARRAY -> array(type.inner(), n);
            case RANGE -> range(type.inner(), n);
            case MULTIRANGE -> {
                String range = range(type.inner(), n);
                yield range == null ? null : "{" + range + "}";
            }
            case COMPOSITE -> composite(type, n);
        };
    }

    private static @Nullable String array(@Nullable PgType element, long n) {
        String value = element == null ? null : value(element, n);
        return value == null ? null : "{" + ArrayText.quoteElement(value) + "}";
    }

    private static @Nullable String range(@Nullable PgType subtype, long n) {
        String lower = subtype == null ? null : value(subtype, n);
        return lower == null ? null : "[" + ArrayText.quoteElement(lower) + "," + ArrayText.quoteElement(lower) + "]";
    }

    private static @Nullable String composite(PgType type, long n) {
        List<String> fields = new ArrayList<>();
        for (PgType field : type.fields().values()) {
            String value = value(field, n);
            fields.add(value == null ? "" : ArrayText.quoteElement(value));
        }
        return "(" + String.join(",", fields) + ")";
    }

    private static @Nullable String base(PgType type, long n) {
        return switch (type.name()) {
            case "bool" -> n % 2 == 0 ? "true" : "false";
            case "int2" -> Long.toString(n % Short.MAX_VALUE + 1);
            case "int4", "int8", "oid", "float4", "float8", "money" -> Long.toString(n);
            case "numeric" -> numeric(type.modifier(), n);
            case "text", "citext" -> text(n);
            case "varchar", "bpchar" -> shortText(type.modifier() - VARLENA_HEADER, n);
            case "name" -> text(n);
            case "char" -> String.valueOf((char) ('a' + n % 26));
            case "uuid" -> uuid(n).toString();
            case "bytea" -> "\\x" + HexFormat.of().formatHex(text(n).getBytes(StandardCharsets.UTF_8));
            case "date" -> day(n).toString();
            case "time" -> time(n);
            case "timetz" -> time(n) + "+00";
            case "timestamp" -> day(n) + " " + time(n);
            case "timestamptz" -> day(n) + " " + time(n) + "+00";
            case "interval" -> n + " seconds";
            case "json", "jsonb" -> "{\"made\": \"" + text(n) + "\"}";
            case "jsonpath" -> "$.\"" + text(n) + "\"";
            case "xml" -> "<made>" + text(n) + "</made>";
            case "inet" -> "10." + octets(n);
            case "cidr" -> "10." + octets(n) + "/32";
            case "macaddr" -> mac(n, 6);
            case "macaddr8" -> mac(n, 8);
            case "bit" -> bits(type.modifier(), n);
            case "varbit" -> bits(type.modifier() < 0 ? 32 : type.modifier(), n);
            case "point" -> "(" + n + ",1)";
            case "line" -> "{1,1," + n + "}";
            case "lseg", "path" -> "[(0,0),(" + n + ",1)]";
            case "box" -> "((" + n + ",1),(0,0))";
            case "polygon" -> "((0,0),(0,1),(" + n + ",1))";
            case "circle" -> "<(0,0)," + n + ">";
            case "tsvector", "tsquery", "ltree" -> text(n).replace("-", "");
            case "hstore" -> "\"made\"=>\"" + text(n) + "\"";
            case "pg_lsn" -> "0/" + Long.toHexString(n).toUpperCase(Locale.ROOT);
            case "txid_snapshot", "pg_snapshot" -> n + ":" + n + ":";
            case "xid", "xid8", "cid" -> Long.toString(n);
            case "tid" -> "(" + n + ",1)";
            case "regclass" -> "pg_catalog.pg_class";
            case "regtype" -> "pg_catalog.text";
            case "regproc" -> "pg_catalog.now";
            case "regrole" -> "pg_monitor";
            case "regnamespace" -> "pg_catalog";
            case "regconfig" -> "pg_catalog.simple";
            default -> null;
        };
    }

    static String text(long n) {
        return "made-" + Long.toString(n, Character.MAX_RADIX);
    }

    /** The end of the text changes fastest, so that is what a short column gets. */
    private static String shortText(int length, long n) {
        String text = text(n);
        return length < 1 || length >= text.length() ? text : text.substring(text.length() - length);
    }

    private static String numeric(int modifier, long n) {
        if (modifier < VARLENA_HEADER) {
            return Long.toString(n);
        }
        int precision = (modifier - VARLENA_HEADER) >> 16 & 0xffff;
        int scale = ((modifier - VARLENA_HEADER & 0x7ff) ^ 1024) - 1024; // 11 bits with a sign, PostgreSQL 15
        int digits = Math.clamp(precision - scale, 0, 9);
        return digits == 0 ? "0" : Long.toString(n % (long) Math.pow(10, digits));
    }

    private static UUID uuid(long n) {
        return UUID.nameUUIDFromBytes(text(n).getBytes(StandardCharsets.UTF_8));
    }

    private static LocalDate day(long n) {
        return LocalDate.of(2024, 1, 1).plusDays(n % YEAR_OF_DAYS);
    }

    private static String time(long n) {
        return String.format(Locale.ROOT, "%02d:%02d:%02d.%06d", n / 3600 % 24, n / 60 % 60, n % 60, n % 1_000_000);
    }

    private static String octets(long n) {
        return (n >> 16 & 0xff) + "." + (n >> 8 & 0xff) + "." + (n & 0xff);
    }

    private static String mac(long n, int bytes) {
        String hex = String.format(Locale.ROOT, "%0" + 2 * bytes + "x", n);
        return hex.replaceAll("(..)(?!$)", "$1:");
    }

    private static String bits(int length, long n) {
        String bits = Long.toBinaryString(n);
        int wanted = length < 1 ? 1 : length;
        return bits.length() >= wanted
                ? bits.substring(bits.length() - wanted)
                : "0".repeat(wanted - bits.length()) + bits;
    }
}
