package dev.boundary.testing.internal.catalog;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** Values of PostgreSQL's base types, in their text form. */
final class BaseTypes {

    private static final int VARLENA_HEADER = 4; // a length in atttypmod counts it
    private static final int DAYS = 365;
    private static final int DEFAULT_BITS = 32;

    /** By the type's name in {@code pg_type}. */
    private static final Map<String, LongFunction<String>> VALUES = Map.ofEntries(
            Map.entry("bool", n -> n % 2 == 0 ? "true" : "false"),
            // numbers
            Map.entry("int2", n -> Long.toString(n % Short.MAX_VALUE + 1)),
            Map.entry("int4", Long::toString),
            Map.entry("int8", Long::toString),
            Map.entry("oid", Long::toString),
            Map.entry("float4", Long::toString),
            Map.entry("float8", Long::toString),
            Map.entry("money", Long::toString),
            // texts
            Map.entry("text", BaseTypes::text),
            Map.entry("citext", BaseTypes::text),
            Map.entry("name", BaseTypes::text),
            Map.entry("char", n -> String.valueOf((char) ('a' + n % 26))),
            Map.entry("uuid", n -> UUID.nameUUIDFromBytes(bytes(n)).toString()),
            Map.entry("bytea", n -> "\\x" + HexFormat.of().formatHex(bytes(n))),
            Map.entry("tsvector", BaseTypes::word),
            Map.entry("tsquery", BaseTypes::word),
            Map.entry("ltree", BaseTypes::word),
            // structured texts
            Map.entry("json", BaseTypes::json),
            Map.entry("jsonb", BaseTypes::json),
            Map.entry("jsonpath", n -> "$.\"" + text(n) + "\""),
            Map.entry("xml", n -> "<made>" + text(n) + "</made>"),
            Map.entry("hstore", n -> "\"made\"=>\"" + text(n) + "\""),
            // dates and times
            Map.entry("date", BaseTypes::day),
            Map.entry("time", BaseTypes::time),
            Map.entry("timetz", n -> time(n) + "+00"),
            Map.entry("timestamp", n -> day(n) + " " + time(n)),
            Map.entry("timestamptz", n -> day(n) + " " + time(n) + "+00"),
            Map.entry("interval", n -> n + " seconds"),
            // addresses
            Map.entry("inet", n -> "10." + octets(n)),
            Map.entry("cidr", n -> "10." + octets(n) + "/32"),
            Map.entry("macaddr", n -> mac(n, 6)),
            Map.entry("macaddr8", n -> mac(n, 8)),
            // shapes
            Map.entry("point", n -> "(" + n + ",1)"),
            Map.entry("line", n -> "{1,1," + n + "}"),
            Map.entry("lseg", n -> "[(0,0),(" + n + ",1)]"),
            Map.entry("path", n -> "[(0,0),(" + n + ",1)]"),
            Map.entry("box", n -> "((" + n + ",1),(0,0))"),
            Map.entry("polygon", n -> "((0,0),(0,1),(" + n + ",1))"),
            Map.entry("circle", n -> "<(0,0)," + n + ">"),
            // PostgreSQL's own
            Map.entry("pg_lsn", n -> "0/" + Long.toHexString(n).toUpperCase(Locale.ROOT)),
            Map.entry("txid_snapshot", n -> n + ":" + n + ":"),
            Map.entry("pg_snapshot", n -> n + ":" + n + ":"),
            Map.entry("xid", Long::toString),
            Map.entry("xid8", Long::toString),
            Map.entry("cid", Long::toString),
            Map.entry("tid", n -> "(" + n + ",1)"),
            Map.entry("regclass", n -> "pg_catalog.pg_class"),
            Map.entry("regtype", n -> "pg_catalog.text"),
            Map.entry("regproc", n -> "pg_catalog.now"),
            Map.entry("regrole", n -> "pg_monitor"),
            Map.entry("regnamespace", n -> "pg_catalog"),
            Map.entry("regconfig", n -> "pg_catalog.simple"));

    private BaseTypes() {}

    /**
     * A value.
     *
     * @param type the type's name in {@code pg_type}
     * @param modifier length or precision as {@code pg_attribute.atttypmod} has it, -1 without
     * @return the value, or null if this type is not known
     */
    static @Nullable String value(String type, int modifier, long n) {
        return switch (type) {
            case "numeric" -> numeric(modifier, n);
            case "varchar", "bpchar" -> shortText(modifier - VARLENA_HEADER, n);
            case "bit" -> bits(modifier, n);
            case "varbit" -> bits(modifier < 0 ? DEFAULT_BITS : modifier, n);
            default -> {
                LongFunction<String> values = VALUES.get(type);
                yield values == null ? null : values.apply(n);
            }
        };
    }

    static String text(long n) {
        return "made-" + Long.toString(n, Character.MAX_RADIX);
    }

    private static String word(long n) {
        return text(n).replace("-", "");
    }

    private static byte[] bytes(long n) {
        return text(n).getBytes(StandardCharsets.UTF_8);
    }

    private static String json(long n) {
        return "{\"made\": \"" + text(n) + "\"}";
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

    private static String day(long n) {
        return LocalDate.of(2024, 1, 1).plusDays(n % DAYS).toString();
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
        int count = Math.max(length, 1);
        return bits.length() >= count
                ? bits.substring(bits.length() - count)
                : "0".repeat(count - bits.length()) + bits;
    }
}
