package dev.boundary.jooq.internal.session;

import dev.boundary.core.StatementRefusedException;
import java.lang.reflect.Array;
import java.sql.BatchUpdateException;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;

/** What can be seen of a scenario of JDBC calls: values, counts, errors, states. Two of them can be compared. */
final class DriverLog {

    /** Names of the driver for statements and portals. */
    private static final Pattern GENERATED_NAME = Pattern.compile("\\b([CS])_\\d+");

    private final List<String> lines = new ArrayList<>();

    /** A call whose outcome is noted, also if it fails. */
    void see(String what, SqlCall<? extends @Nullable Object> call) {
        lines.add(what + " = " + GENERATED_NAME.matcher(outcome(call)).replaceAll("$1_n"));
    }

    /** The same for a call without a value. */
    void run(String what, Run call) {
        see(what, () -> {
            call.run();
            return "done";
        });
    }

    @FunctionalInterface
    interface Run {
        void run() throws SQLException;
    }

    List<String> lines() {
        return lines;
    }

    private static String outcome(SqlCall<? extends @Nullable Object> call) {
        try {
            return text(call.call());
        } catch (SQLException | RuntimeException e) {
            return error(e);
        }
    }

    private static String text(@Nullable Object value) throws SQLException {
        return switch (value) {
            case null -> "null";
            case ResultSet rows -> rows(rows);
            case SQLWarning warning -> error(warning);
            case Object array when array.getClass().isArray() -> elements(array);
            case Double _, Float _, Long _, Integer _, Boolean _, String _ -> value.toString();
            case Object other when other.toString().contains("@") -> "an object";
            default -> value.getClass().getSimpleName() + " " + value;
        };
    }

    private static String elements(Object array) throws SQLException {
        List<String> elements = new ArrayList<>();
        for (int i = 0; i < Array.getLength(array); i++) {
            elements.add(text(Array.get(array, i)));
        }
        return elements.toString();
    }

    /** Columns and rows, to the end. */
    private static String rows(ResultSet rows) throws SQLException {
        ResultSetMetaData columns = rows.getMetaData();
        StringBuilder all = new StringBuilder();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            all.append(columns.getColumnLabel(i))
                    .append(':')
                    .append(columns.getColumnTypeName(i))
                    .append(' ');
        }
        while (rows.next()) {
            all.append('|');
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                all.append(' ').append(cell(rows, i));
            }
        }
        return all.toString();
    }

    /** The text of an array depends on how it was transferred. */
    private static @Nullable String cell(ResultSet rows, int column) throws SQLException {
        java.sql.Array array =
                rows.getMetaData().getColumnTypeName(column).startsWith("_") ? rows.getArray(column) : null;
        return array == null ? rows.getString(column) : elements(array.getArray());
    }

    private static String error(Throwable error) {
        if (error instanceof StatementRefusedException) {
            return "refused: " + error.getMessage();
        }
        String all = error.getClass().getSimpleName() + ": " + error.getMessage();
        if (error instanceof SQLException sql) {
            all += " [" + sql.getSQLState() + "]" + server(error);
            if (error instanceof BatchUpdateException batch) {
                all += " counts " + Arrays.toString(batch.getLargeUpdateCounts());
            }
            SQLException next = sql.getNextException();
            all += next == null ? "" : " next " + error(next);
        }
        return all;
    }

    private static String server(Throwable error) {
        return error instanceof PSQLException postgres && postgres.getServerErrorMessage() != null
                ? " at " + postgres.getServerErrorMessage().getPosition()
                : "";
    }
}
