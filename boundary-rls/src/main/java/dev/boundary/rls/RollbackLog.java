package dev.boundary.rls;

import dev.boundary.rls.internal.sql.SqlFile;
import java.util.List;

/**
 * What was there before a change, as the statements that restore it. Its PL/pgSQL needs {@code this_change bigint}.
 *
 * @param change the name of the change
 * @param object what it changes
 */
record RollbackLog(String change, String object) {

    /** The layout of schema {@code boundary}, in which the log is. */
    static final String LAYOUT_VERSION = "2";

    private static final SqlFile SQL = SqlFile.of(RollbackLog.class);

    static RollbackLog of(RlsChange change) {
        return new RollbackLog(change.name(), change.object());
    }

    /** PL/pgSQL that opens the log of this application of the change. */
    String begin() {
        return SQL.template("begin")
                .literal("change", change)
                .literal("object", object)
                .literal("version", LAYOUT_VERSION)
                .fill();
    }

    /** PL/pgSQL that logs a statement known now. */
    static String step(String statement) {
        return SQL.template("step").literal("statement", statement).fill();
    }

    /** PL/pgSQL that finds the newest application of the change for {@code this_change}, or null. */
    String newest() {
        return SQL.template("newest")
                .literal("change", change)
                .literal("object", object)
                .fill();
    }

    /** PL/pgSQL that declares {@code this_change}, the newest application of the change. */
    String declareNewest() {
        return SQL.template("declare-newest")
                .literal("change", change)
                .literal("object", object)
                .fill();
    }

    /** Runs the logged statements of the newest application of the change, last one first, and deletes them. */
    List<String> restore() {
        String body = SQL.template("restore")
                .fragment("newest", newest())
                .literal("title", change + " is not applied to " + object)
                .fill();
        return List.of(
                new PlpgsqlBlock(SQL.text("restore-declarations"), PlpgsqlBlock.lines(Guards.installed(), body)).sql());
    }
}
