package dev.boundary.jooq.internal.session;

import java.util.Locale;
import java.util.Set;

/**
 * Recognizes texts that can leave nothing on a session: one statement that reads or changes rows, and calls only
 * functions that work on their arguments. What it does not recognize may leave something, and costs a look.
 */
final class LeavesNothing {

    private static final Set<String> STATEMENTS =
            Set.of("select", "insert", "update", "delete", "merge", "with", "values", "table", "show");

    private static final Set<String> NAMES_FOLLOW = Set.of("as", "into", "with", "recursive");

    /** Words before a parenthesis: syntax, and functions of the catalog. */
    private static final Set<String> HARMLESS = Set.of("""
            all and any array array_agg as avg between by case cast ceil ceiling coalesce concat count cube
            cume_dist current_date current_timestamp date_trunc decode dense_rank distinct else encode every
            except exists extract filter first_value floor from greatest group grouping having ilike in insert
            intersect interval is join json_agg json_build_object jsonb_agg jsonb_build_object key lag
            last_value lateral lead least left length like limit lower ltrim materialized max md5 min mod not
            ntile now nullif numeric offset on or over overlay partition percentile_cont position power random
            rank replace returning right rollup round row row_number rtrim select set similar some split_part
            sqrt string_agg substring sum then to_char trim trunc union unnest upper using values varchar when
            where with
            """.strip().split("\\s+"));

    /** Whether a parenthesis would begin a list of columns. */
    private enum Columns {
        NONE,
        /** After a word that a name follows. */
        EXPECTED,
        /** After that name. */
        NAMED
    }

    private final String sql;
    private int at;

    /** The word before the current token in lower case; empty if it was something else. */
    private String word = "";

    private boolean afterQuoted;
    private boolean afterDot;
    private Columns columns = Columns.NONE;
    private boolean first = true;

    private LeavesNothing(String sql) {
        this.sql = sql;
    }

    static boolean on(String sql) {
        return new LeavesNothing(sql).scan();
    }

    private boolean scan() {
        while (at < sql.length()) {
            if (!token(sql.charAt(at))) {
                return false;
            }
        }
        return !first;
    }

    private boolean token(char c) {
        if (Character.isWhitespace(c)) {
            at++;
            return true;
        }
        if (Character.isLetter(c) || c == '_') {
            return word();
        }
        return switch (c) {
            case '"' -> quoted();
            case '\'' -> skip('\'');
            case '(' -> parenthesis();
            case ';' -> sql.substring(at++ + 1).isBlank();
            case '\\', '$' -> c == '$' && parameter();
            default -> symbol(c);
        };
    }

    private boolean word() {
        int start = at;
        while (at < sql.length() && isPartOfWord(sql.charAt(at))) {
            at++;
        }
        String before = word;
        word = sql.substring(start, at).toLowerCase(Locale.ROOT);
        afterQuoted = afterDot; // a function of some schema, like a quoted one, may be anybody's
        named();
        if (NAMES_FOLLOW.contains(word)) {
            columns = Columns.EXPECTED;
        }
        if (first) {
            first = false;
            return STATEMENTS.contains(word);
        }
        if (word.equals("into")) {
            return before.equals("insert") || before.equals("merge"); // SELECT INTO creates a table
        }
        return !word.equals("pg_settings");
    }

    /** A name was read; it may have several parts. */
    private void named() {
        boolean goesOn = columns == Columns.EXPECTED || (columns == Columns.NAMED && afterDot);
        columns = goesOn ? Columns.NAMED : Columns.NONE;
        afterDot = false;
    }

    private static boolean isPartOfWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '$';
    }

    private boolean quoted() {
        boolean ends = skip('"');
        word = "";
        afterQuoted = true;
        named();
        return ends;
    }

    /** To the end of what is quoted; a doubled quote goes on. A backslash could mean something else. */
    private boolean skip(char quote) {
        word = "";
        for (at++; at < sql.length(); at++) {
            char c = sql.charAt(at);
            if (c == '\\') {
                return false;
            }
            if (c == quote && (at + 1 >= sql.length() || sql.charAt(at + 1) != quote)) {
                at++;
                return true;
            }
            at += c == quote ? 1 : 0;
        }
        return false;
    }

    /** After the name of a table or an alias it begins a list of columns; otherwise the arguments of a function. */
    private boolean parenthesis() {
        boolean harmless = columns == Columns.NAMED || (!afterQuoted && (word.isEmpty() || HARMLESS.contains(word)));
        word = "";
        afterQuoted = false;
        columns = Columns.NONE;
        at++;
        return harmless;
    }

    private boolean parameter() {
        at++;
        return at < sql.length() && Character.isDigit(sql.charAt(at));
    }

    private boolean symbol(char c) {
        if ((c == '-' && sql.startsWith("--", at)) || (c == '/' && sql.startsWith("/*", at))) {
            return false;
        }
        afterDot = c == '.';
        if (!afterDot) {
            word = "";
            afterQuoted = false;
            columns = Columns.NONE;
        }
        at++;
        return true;
    }
}
