package dev.boundary.jooq.internal.session;

import dev.boundary.core.StatementRefusedException;
import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.net.URL;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.Date;
import java.sql.NClob;
import java.sql.PreparedStatement;
import java.sql.Ref;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.SQLXML;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.util.Calendar;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jooq.tools.jdbc.DefaultPreparedStatement;
import org.jspecify.annotations.Nullable;

/**
 * A prepared statement whose first placeholder may not be the caller's: the caller's indexes are shifted past it. It
 * tracks parameters whose type the driver leaves for the server to find out, and can hand its parameters over
 * to a statement without the placeholder.
 */
abstract class ShiftedPreparedStatement extends DefaultPreparedStatement {

    private final boolean stringsAreTyped;
    private final SortedMap<Integer, Parameter> parameters = new TreeMap<>();
    private PreparedStatement target;
    private int shift;
    private boolean untyped;
    private boolean streamed;

    ShiftedPreparedStatement(PreparedStatement target, Connection creator, boolean shifted, boolean stringsAreTyped) {
        super(target, creator);
        this.target = target;
        this.shift = shifted ? 1 : 0;
        this.stringsAreTyped = stringsAreTyped;
    }

    /** The driver's statement. */
    final PreparedStatement target() {
        return target;
    }

    @Override
    public final Statement getDelegateStatement() {
        return target;
    }

    /** Whether a parameter has had an unknown type since the statement was prepared. */
    final boolean hasUntypedParameter() {
        return untyped;
    }

    final boolean isShifted() {
        return shift > 0;
    }

    /** Continues with a statement that has the caller's placeholders only, and with the parameters set so far. */
    final void unshift(PreparedStatement plain) throws SQLException {
        if (streamed) {
            throw new StatementRefusedException(
                    "a batch whose first row has a stream as parameter",
                    "The stream may have been read already.",
                    "Set the parameter with setString or setBytes.");
        }
        for (var parameter : parameters.entrySet()) {
            parameter.getValue().set(plain, parameter.getKey());
        }
        parameters.clear();
        target = plain;
        shift = 0;
    }

    @FunctionalInterface
    private interface Parameter {
        void set(PreparedStatement statement, int index) throws SQLException;
    }

    private void set(int index, boolean typed, Parameter parameter) throws SQLException {
        parameter.set(target, index + shift);
        untyped |= !typed;
        if (isShifted()) {
            parameters.put(index, parameter);
        }
    }

    private void stream(int index, Parameter parameter) throws SQLException {
        set(index, false, parameter);
        streamed = true;
    }

    // Only what is known to be typed counts as typed; the rest costs a parse, and is never wrong.
    private boolean isTyped(@Nullable Object x) {
        return switch (x) {
            case String _ -> stringsAreTyped;
            case Boolean _, Byte _, Short _, Integer _, Long _, Float _, Double _, BigDecimal _, UUID _, byte[] _ ->
                true;
            case LocalDate _, LocalTime _, LocalDateTime _, OffsetTime _, OffsetDateTime _ -> true;
            case null, default -> false;
        };
    }

    private boolean isTypedNull(int sqlType) {
        return switch (sqlType) {
            case Types.VARCHAR, Types.LONGVARCHAR -> stringsAreTyped;
            case Types.BOOLEAN,
                    Types.BIT,
                    Types.SMALLINT,
                    Types.INTEGER,
                    Types.BIGINT,
                    Types.REAL,
                    Types.FLOAT,
                    Types.DOUBLE,
                    Types.DATE,
                    Types.NUMERIC,
                    Types.DECIMAL,
                    Types.BINARY,
                    Types.VARBINARY,
                    Types.LONGVARBINARY -> true;
            default -> false;
        };
    }

    @Override
    public final void clearParameters() throws SQLException {
        target.clearParameters();
        parameters.clear();
    }

    @Override
    public final void setNull(int index, int sqlType) throws SQLException {
        set(index, isTypedNull(sqlType), (statement, at) -> statement.setNull(at, sqlType));
    }

    @Override
    public final void setBoolean(int index, boolean x) throws SQLException {
        set(index, true, (statement, at) -> statement.setBoolean(at, x));
    }

    @Override
    public final void setByte(int index, byte x) throws SQLException {
        set(index, true, (statement, at) -> statement.setByte(at, x));
    }

    @Override
    public final void setShort(int index, short x) throws SQLException {
        set(index, true, (statement, at) -> statement.setShort(at, x));
    }

    @Override
    public final void setInt(int index, int x) throws SQLException {
        set(index, true, (statement, at) -> statement.setInt(at, x));
    }

    @Override
    public final void setLong(int index, long x) throws SQLException {
        set(index, true, (statement, at) -> statement.setLong(at, x));
    }

    @Override
    public final void setFloat(int index, float x) throws SQLException {
        set(index, true, (statement, at) -> statement.setFloat(at, x));
    }

    @Override
    public final void setDouble(int index, double x) throws SQLException {
        set(index, true, (statement, at) -> statement.setDouble(at, x));
    }

    @Override
    public final void setBigDecimal(int index, @Nullable BigDecimal x) throws SQLException {
        set(index, true, (statement, at) -> statement.setBigDecimal(at, x));
    }

    @Override
    public final void setString(int index, @Nullable String x) throws SQLException {
        set(index, stringsAreTyped, (statement, at) -> statement.setString(at, x));
    }

    @Override
    public final void setBytes(int index, byte @Nullable [] x) throws SQLException {
        set(index, true, (statement, at) -> statement.setBytes(at, x));
    }

    @Override
    public final void setDate(int index, @Nullable Date x) throws SQLException {
        set(index, false, (statement, at) -> statement.setDate(at, x));
    }

    @Override
    public final void setTime(int index, @Nullable Time x) throws SQLException {
        set(index, false, (statement, at) -> statement.setTime(at, x));
    }

    @Override
    public final void setTimestamp(int index, @Nullable Timestamp x) throws SQLException {
        set(index, false, (statement, at) -> statement.setTimestamp(at, x));
    }

    @Override
    public final void setAsciiStream(int index, @Nullable InputStream x, int length) throws SQLException {
        stream(index, (statement, at) -> statement.setAsciiStream(at, x, length));
    }

    @Deprecated
    @SuppressWarnings("deprecation")
    @Override
    public final void setUnicodeStream(int index, @Nullable InputStream x, int length) throws SQLException {
        stream(index, (statement, at) -> statement.setUnicodeStream(at, x, length));
    }

    @Override
    public final void setBinaryStream(int index, @Nullable InputStream x, int length) throws SQLException {
        stream(index, (statement, at) -> statement.setBinaryStream(at, x, length));
    }

    @Override
    public final void setObject(int index, @Nullable Object x, int targetSqlType) throws SQLException {
        set(index, false, (statement, at) -> statement.setObject(at, x, targetSqlType));
    }

    @Override
    public final void setObject(int index, @Nullable Object x) throws SQLException {
        set(index, isTyped(x), (statement, at) -> statement.setObject(at, x));
    }

    @Override
    public final void setCharacterStream(int index, @Nullable Reader reader, int length) throws SQLException {
        stream(index, (statement, at) -> statement.setCharacterStream(at, reader, length));
    }

    @Override
    public final void setRef(int index, @Nullable Ref x) throws SQLException {
        set(index, false, (statement, at) -> statement.setRef(at, x));
    }

    @Override
    public final void setBlob(int index, @Nullable Blob x) throws SQLException {
        set(index, false, (statement, at) -> statement.setBlob(at, x));
    }

    @Override
    public final void setClob(int index, @Nullable Clob x) throws SQLException {
        set(index, false, (statement, at) -> statement.setClob(at, x));
    }

    @Override
    public final void setArray(int index, @Nullable Array x) throws SQLException {
        set(index, x != null, (statement, at) -> statement.setArray(at, x));
    }

    @Override
    public final void setDate(int index, @Nullable Date x, Calendar cal) throws SQLException {
        set(index, false, (statement, at) -> statement.setDate(at, x, cal));
    }

    @Override
    public final void setTime(int index, @Nullable Time x, Calendar cal) throws SQLException {
        set(index, false, (statement, at) -> statement.setTime(at, x, cal));
    }

    @Override
    public final void setTimestamp(int index, @Nullable Timestamp x, Calendar cal) throws SQLException {
        set(index, false, (statement, at) -> statement.setTimestamp(at, x, cal));
    }

    @Override
    public final void setNull(int index, int sqlType, String typeName) throws SQLException {
        set(index, isTypedNull(sqlType), (statement, at) -> statement.setNull(at, sqlType, typeName));
    }

    @Override
    public final void setURL(int index, @Nullable URL x) throws SQLException {
        set(index, false, (statement, at) -> statement.setURL(at, x));
    }

    @Override
    public final void setRowId(int index, @Nullable RowId x) throws SQLException {
        set(index, false, (statement, at) -> statement.setRowId(at, x));
    }

    @Override
    public final void setNString(int index, @Nullable String value) throws SQLException {
        set(index, stringsAreTyped, (statement, at) -> statement.setNString(at, value));
    }

    @Override
    public final void setNCharacterStream(int index, @Nullable Reader value, long length) throws SQLException {
        stream(index, (statement, at) -> statement.setNCharacterStream(at, value, length));
    }

    @Override
    public final void setNClob(int index, @Nullable NClob value) throws SQLException {
        set(index, false, (statement, at) -> statement.setNClob(at, value));
    }

    @Override
    public final void setClob(int index, @Nullable Reader reader, long length) throws SQLException {
        stream(index, (statement, at) -> statement.setClob(at, reader, length));
    }

    @Override
    public final void setBlob(int index, @Nullable InputStream inputStream, long length) throws SQLException {
        stream(index, (statement, at) -> statement.setBlob(at, inputStream, length));
    }

    @Override
    public final void setNClob(int index, @Nullable Reader reader, long length) throws SQLException {
        stream(index, (statement, at) -> statement.setNClob(at, reader, length));
    }

    @Override
    public final void setSQLXML(int index, @Nullable SQLXML xmlObject) throws SQLException {
        set(index, false, (statement, at) -> statement.setSQLXML(at, xmlObject));
    }

    @Override
    public final void setObject(int index, @Nullable Object x, int targetSqlType, int scaleOrLength)
            throws SQLException {
        set(index, false, (statement, at) -> statement.setObject(at, x, targetSqlType, scaleOrLength));
    }

    @Override
    public final void setAsciiStream(int index, @Nullable InputStream x, long length) throws SQLException {
        stream(index, (statement, at) -> statement.setAsciiStream(at, x, length));
    }

    @Override
    public final void setBinaryStream(int index, @Nullable InputStream x, long length) throws SQLException {
        stream(index, (statement, at) -> statement.setBinaryStream(at, x, length));
    }

    @Override
    public final void setCharacterStream(int index, @Nullable Reader reader, long length) throws SQLException {
        stream(index, (statement, at) -> statement.setCharacterStream(at, reader, length));
    }

    @Override
    public final void setAsciiStream(int index, @Nullable InputStream x) throws SQLException {
        stream(index, (statement, at) -> statement.setAsciiStream(at, x));
    }

    @Override
    public final void setBinaryStream(int index, @Nullable InputStream x) throws SQLException {
        stream(index, (statement, at) -> statement.setBinaryStream(at, x));
    }

    @Override
    public final void setCharacterStream(int index, @Nullable Reader reader) throws SQLException {
        stream(index, (statement, at) -> statement.setCharacterStream(at, reader));
    }

    @Override
    public final void setNCharacterStream(int index, @Nullable Reader value) throws SQLException {
        stream(index, (statement, at) -> statement.setNCharacterStream(at, value));
    }

    @Override
    public final void setClob(int index, @Nullable Reader reader) throws SQLException {
        stream(index, (statement, at) -> statement.setClob(at, reader));
    }

    @Override
    public final void setBlob(int index, @Nullable InputStream inputStream) throws SQLException {
        stream(index, (statement, at) -> statement.setBlob(at, inputStream));
    }

    @Override
    public final void setNClob(int index, @Nullable Reader reader) throws SQLException {
        stream(index, (statement, at) -> statement.setNClob(at, reader));
    }

    @Override
    public final void setObject(int index, @Nullable Object x, SQLType targetSqlType, int scaleOrLength)
            throws SQLException {
        set(index, false, (statement, at) -> statement.setObject(at, x, targetSqlType, scaleOrLength));
    }

    @Override
    public final void setObject(int index, @Nullable Object x, SQLType targetSqlType) throws SQLException {
        set(index, false, (statement, at) -> statement.setObject(at, x, targetSqlType));
    }
}
