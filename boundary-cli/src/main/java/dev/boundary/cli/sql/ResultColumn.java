package dev.boundary.cli.sql;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A column of a result: numbers and booleans are read as such, other values as the text that PostgreSQL writes. */
record ResultColumn(int index, String name, int type) {

    static List<ResultColumn> of(ResultSetMetaData data) throws SQLException {
        List<ResultColumn> columns = new ArrayList<>();
        for (int i = 1; i <= data.getColumnCount(); i++) {
            columns.add(new ResultColumn(i, data.getColumnLabel(i), data.getColumnType(i)));
        }
        return columns;
    }

    static List<@Nullable Object> values(List<ResultColumn> columns, ResultSet row) throws SQLException {
        List<@Nullable Object> values = new ArrayList<>(columns.size());
        for (ResultColumn column : columns) {
            values.add(column.value(row));
        }
        return values;
    }

    private @Nullable Object value(ResultSet row) throws SQLException {
        String text = row.getString(index);
        if (text == null) {
            return null;
        }
        return switch (type) {
            case Types.SMALLINT, Types.INTEGER, Types.BIGINT -> Long.valueOf(row.getLong(index));
            case Types.NUMERIC, Types.REAL, Types.DOUBLE, Types.FLOAT -> number(text);
            case Types.BIT, Types.BOOLEAN -> "t".equals(text) || "true".equals(text) ? (Object) true : flag(text);
            default -> text;
        };
    }

    /** {@code NaN} and {@code Infinity} stay texts. */
    private static Object number(String text) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            return text;
        }
    }

    /** A {@code bit} is of the same JDBC type as a boolean. */
    private static Object flag(String text) {
        return "f".equals(text) || "false".equals(text) ? (Object) false : text;
    }
}
