package dev.boundary.rls;

import dev.boundary.rls.internal.sql.SqlFile;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * A PL/pgSQL block that PostgreSQL runs at once, with only the catalog on the search path.
 *
 * @param declarations PL/pgSQL, or empty
 * @param body PL/pgSQL; one that commits must pin the search path again, and none may return early
 */
record PlpgsqlBlock(String declarations, String body) {

    private static final SqlFile SQL = SqlFile.of(PlpgsqlBlock.class);

    /**
     * PL/pgSQL, for use in a block: names resolve in the catalog. Elsewhere on the path somebody may have put an
     * operator that fits the operands better than the catalog's.
     */
    static final String PIN_PATH = SQL.text("pin-path");

    /** PL/pgSQL, for use in a block: names resolve as the caller asked, for SQL that is the caller's. */
    static final String RESTORE_PATH = SQL.text("restore-path");

    /** A block without declarations. */
    static String of(String... body) {
        return new PlpgsqlBlock("", lines(body)).sql();
    }

    /** Fragments one below the other, without the empty ones. */
    static String lines(String... fragments) {
        return Arrays.stream(fragments).filter(fragment -> !fragment.isEmpty()).collect(Collectors.joining("\n"));
    }

    /** A block within a block: what {@code declarations} declare is seen only in {@code body}. */
    static String nested(String declarations, String body) {
        return SQL.template("nested")
                .fragment("declarations", declarations)
                .fragment("body", body)
                .fill();
    }

    /** A lock that is waited for blocks everyone behind it: this gives up soon, lets them pass and tries again. */
    static String retryingLocks(String body) {
        return SQL.template("retrying-locks").fragment("body", body).fill();
    }

    /** The statement. */
    String sql() {
        String code = SQL.template("block")
                .fragment("pinPath", PIN_PATH)
                .fragment("body", declarations.isEmpty() ? body : nested(declarations, body))
                .fragment("restorePath", RESTORE_PATH)
                .fill();
        String tag = "$boundary$";
        for (int i = 1; code.contains(tag); i++) {
            tag = "$boundary_" + i + "$";
        }
        return "do " + tag + "\n" + code + "\n" + tag;
    }
}
