package dev.boundary.jooq.internal.session;

import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.NativeQuery;
import org.postgresql.core.Parser;

/**
 * What a text consists of that is sent as one.
 *
 * @param kind whether its statements work on rows, or begin and end transactions
 * @param statements how many statements it has, as the driver counts them
 * @param endsTransaction whether it ends the open transaction, and may begin the next one
 */
record SqlText(Kind kind, int statements, boolean endsTransaction) {

    /** What the statements of a text do. */
    enum Kind {
        /** There is none: the text is empty, or a comment. */
        EMPTY,
        /** They begin, end or configure transactions, and read no rows. */
        TRANSACTION_CONTROL,
        /** They may read or write rows. */
        ORDINARY,
        /** Some control transactions, some may read or write rows. */
        MIXED
    }

    private static final SqlText EMPTY = new SqlText(Kind.EMPTY, 0, false);
    /** One statement that may read or write rows. */
    static final SqlText ORDINARY = new SqlText(Kind.ORDINARY, 1, false);

    private static final Set<String> ENDS = Set.of("commit", "end", "rollback", "abort");
    private static final Set<String> CONTROLS =
            Set.of("begin", "start", "commit", "end", "rollback", "abort", "savepoint", "release");

    /**
     * Reads a text.
     *
     * @param sql the SQL; null is what the driver refuses itself
     * @param backslashes whether the driver reads backslashes in plain strings as they are written
     * @throws SQLException the driver's own, if it cannot tell the statements apart
     */
    static SqlText of(@Nullable String sql, boolean backslashes) throws SQLException {
        if (sql == null) {
            return EMPTY;
        }
        int separator = sql.indexOf(';');
        if (separator < 0 || sql.substring(separator + 1).isBlank()) {
            return ofOne(sql);
        }
        List<SqlText> parts = Parser.parseJdbcSql(sql, backslashes, false, true, false, false).stream()
                .map(SqlText::ofOne)
                .filter(part -> part.kind() != Kind.EMPTY)
                .toList();
        return parts.size() == 1 ? parts.getFirst() : ofSeveral(parts);
    }

    private static SqlText ofSeveral(List<SqlText> parts) {
        if (parts.isEmpty()) {
            return EMPTY;
        }
        long controls = parts.stream().filter(SqlText::isTransactionControl).count();
        Kind kind = controls == 0 ? Kind.ORDINARY : controls == parts.size() ? Kind.TRANSACTION_CONTROL : Kind.MIXED;
        return new SqlText(kind, parts.size(), parts.stream().anyMatch(SqlText::endsTransaction));
    }

    private static SqlText ofOne(NativeQuery query) {
        return ofOne(query.nativeSql);
    }

    private static SqlText ofOne(String sql) {
        Words words = new Words(sql);
        String first = words.next();
        if (first.isEmpty()) {
            return words.isAtEnd() ? EMPTY : ORDINARY;
        }
        boolean control = CONTROLS.contains(first)
                || (first.equals("prepare") && words.next().equals("transaction"))
                || (first.equals("set") && setsTransaction(words));
        return control
                ? new SqlText(Kind.TRANSACTION_CONTROL, 1, !first.equals("set") && ends(first, new Words(sql)))
                : ORDINARY;
    }

    private static boolean setsTransaction(Words words) {
        String second = words.next();
        return switch (second) {
            case "transaction" -> true;
            case "local" -> words.next().equals("transaction");
            case "session" -> Set.of("transaction", "characteristics").contains(words.next());
            default -> false;
        };
    }

    /** Everything but {@code ROLLBACK TO}. */
    private static boolean ends(String first, Words words) {
        if (first.equals("prepare")) {
            return true;
        }
        for (String word = words.next(); !word.isEmpty(); word = words.next()) {
            if (word.equals("to")) {
                return false;
            }
        }
        return ENDS.contains(first);
    }

    boolean isTransactionControl() {
        return kind == Kind.TRANSACTION_CONTROL;
    }

    /** Whether no policy can ask for the tenant. */
    boolean needsNoTenant() {
        return kind == Kind.EMPTY || kind == Kind.TRANSACTION_CONTROL;
    }

    boolean isMixed() {
        return kind == Kind.MIXED;
    }

    /** The words of a text, in lower case; blanks and comments between them are skipped. */
    private static final class Words {

        private final String sql;
        private int at;

        Words(String sql) {
            this.sql = sql;
        }

        /** The next word; empty if what follows is none. */
        String next() {
            skipBlanks();
            int start = at;
            while (at < sql.length() && Character.isLetter(sql.charAt(at))) {
                at++;
            }
            return sql.substring(start, at).toLowerCase(Locale.ROOT);
        }

        boolean isAtEnd() {
            return at >= sql.length() || sql.charAt(at) == ';';
        }

        private void skipBlanks() {
            while (at < sql.length()) {
                if (Character.isWhitespace(sql.charAt(at))) {
                    at++;
                } else if (sql.startsWith("--", at)) {
                    int end = sql.indexOf('\n', at);
                    at = end < 0 ? sql.length() : end;
                } else if (sql.startsWith("/*", at)) {
                    skipComment();
                } else {
                    return;
                }
            }
        }

        /** Comments nest. */
        private void skipComment() {
            int depth = 0;
            do {
                boolean opens = sql.startsWith("/*", at);
                boolean closes = sql.startsWith("*/", at);
                depth += opens ? 1 : closes ? -1 : 0;
                at += (opens || closes) ? 2 : 1;
            } while (depth > 0 && at < sql.length());
        }
    }
}
