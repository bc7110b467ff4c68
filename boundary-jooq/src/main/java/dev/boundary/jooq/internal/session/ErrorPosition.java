package dev.boundary.jooq.internal.session;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Errors of the server about a text that was sent as one with the prefix, so that positions count from there. */
final class ErrorPosition {

    private ErrorPosition() {}

    /** The same error about the text after the prefix. */
    static PSQLException withoutPrefix(PSQLException error, String prefix, boolean withDetail) {
        ServerErrorMessage message = error.getServerErrorMessage();
        int length = prefix.codePointCount(0, prefix.length());
        if (message == null || message.getPosition() <= length) {
            return error;
        }
        PSQLException own = new PSQLException(moved(message, message.getPosition() - length), withDetail);
        own.setStackTrace(error.getStackTrace());
        if (error.getNextException() != null) {
            own.setNextException(error.getNextException());
        }
        return own;
    }

    /** Built as the driver reads it from the server: a letter and a text for each field. */
    private static ServerErrorMessage moved(ServerErrorMessage message, int position) {
        Map<Character, @Nullable String> fields = new LinkedHashMap<>();
        fields.put('S', message.getSeverity());
        fields.put('C', message.getSQLState());
        fields.put('M', message.getMessage());
        fields.put('D', message.getDetail());
        fields.put('H', message.getHint());
        fields.put('P', String.valueOf(position));
        fields.put('p', number(message.getInternalPosition()));
        fields.put('q', message.getInternalQuery());
        fields.put('W', message.getWhere());
        fields.put('s', message.getSchema());
        fields.put('t', message.getTable());
        fields.put('c', message.getColumn());
        fields.put('d', message.getDatatype());
        fields.put('n', message.getConstraint());
        fields.put('F', message.getFile());
        fields.put('L', number(message.getLine()));
        fields.put('R', message.getRoutine());
        StringBuilder all = new StringBuilder();
        fields.forEach((letter, text) -> {
            if (text != null) {
                all.append(letter.charValue()).append(text).append('\0');
            }
        });
        return new ServerErrorMessage(all.toString());
    }

    private static @Nullable String number(int value) {
        return value == 0 ? null : String.valueOf(value);
    }
}
