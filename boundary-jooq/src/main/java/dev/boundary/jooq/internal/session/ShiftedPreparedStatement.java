package dev.boundary.jooq.internal.session;

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
        copyParameters(plain);
        parameters.clear();
        target = plain;
        shift = 0;
    }

    /** Sets the parameters set so far on a statement that has the caller's placeholders only. */
    final void copyParameters(PreparedStatement plain) throws SQLException {
        for (var parameter : parameters.entrySet()) {
            parameter.getValue().set(plain, parameter.getKey());
        }
    }

    /** Gives up the first placeholder, by {@link #unshift}. */
    abstract void giveUpPrefix() throws SQLException;

    /** Runs something that no other thread's statement may come between. */
    abstract <T> T exclusively(SqlCall<T> call) throws SQLException;

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

    private void set(int index, Parameter parameter) throws SQLException {
        set(index, false, parameter);
    }

    /**
     * Sets what the driver stores as a large object at once: it must not be set again on another statement, so the
     * statement becomes the one that a batch would need.
     */
    private void largeObject(int index, boolean isLargeObject, Parameter parameter) throws SQLException {
        if (!isLargeObject) {
            set(index, parameter);
            return;
        }
        if (isShifted()) {
            giveUpPrefix();
        }
        exclusively(() -> {
            set(index, parameter);
            return true;
        });
    }

    private void setObject(int index, @Nullable Object x, @Nullable Integer type, Parameter parameter)
            throws SQLException {
        largeObject(index, isLargeObject(x, type), parameter);
    }

    private static @Nullable Integer vendorType(SQLType type) {
        return type.getVendorTypeNumber();
    }

    private static boolean isLargeObject(@Nullable Object x, @Nullable Integer type) {
        return x != null
                && (x instanceof Blob
                        || x instanceof Clob
                        || (type != null && (type == Types.BLOB || type == Types.CLOB)));
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
        ReplayedStream replayed = ReplayedStream.of(x);
        set(index, (statement, at) -> statement.setAsciiStream(at, ReplayedStream.next(replayed), length));
    }

    @Deprecated
    @SuppressWarnings("deprecation")
    @Override
    public final void setUnicodeStream(int index, @Nullable InputStream x, int length) throws SQLException {
        ReplayedStream replayed = ReplayedStream.of(x);
        set(index, (statement, at) -> statement.setUnicodeStream(at, ReplayedStream.next(replayed), length));
    }

    @Override
    public final void setBinaryStream(int index, @Nullable InputStream x, int length) throws SQLException {
        set(index, (statement, at) -> statement.setBinaryStream(at, x, length));
    }

    @Override
    public final void setObject(int index, @Nullable Object x, int targetSqlType) throws SQLException {
        setObject(
                index, x, targetSqlType, (statement, at) -> statement.setObject(at, BoundArray.raw(x), targetSqlType));
    }

    @Override
    public final void setObject(int index, @Nullable Object x) throws SQLException {
        if (isLargeObject(x, null)) {
            largeObject(index, true, (statement, at) -> statement.setObject(at, x));
        } else {
            set(index, isTyped(x), (statement, at) -> statement.setObject(at, BoundArray.raw(x)));
        }
    }

    @Override
    public final void setCharacterStream(int index, @Nullable Reader reader, int length) throws SQLException {
        ReplayedReader replayed = ReplayedReader.of(reader);
        set(index, (statement, at) -> statement.setCharacterStream(at, ReplayedReader.next(replayed), length));
    }

    @Override
    public final void setRef(int index, @Nullable Ref x) throws SQLException {
        set(index, false, (statement, at) -> statement.setRef(at, x));
    }

    @Override
    public final void setBlob(int index, @Nullable Blob x) throws SQLException {
        largeObject(index, x != null, (statement, at) -> statement.setBlob(at, x));
    }

    @Override
    public final void setClob(int index, @Nullable Clob x) throws SQLException {
        largeObject(index, x != null, (statement, at) -> statement.setClob(at, x));
    }

    @Override
    public final void setArray(int index, @Nullable Array x) throws SQLException {
        set(index, x != null, (statement, at) -> statement.setArray(at, BoundArray.raw(x)));
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
        set(index, (statement, at) -> statement.setNCharacterStream(at, value, length));
    }

    @Override
    public final void setNClob(int index, @Nullable NClob value) throws SQLException {
        set(index, false, (statement, at) -> statement.setNClob(at, value));
    }

    @Override
    public final void setClob(int index, @Nullable Reader reader, long length) throws SQLException {
        set(index, (statement, at) -> statement.setClob(at, reader, length));
    }

    @Override
    public final void setBlob(int index, @Nullable InputStream inputStream, long length) throws SQLException {
        largeObject(index, inputStream != null, (statement, at) -> statement.setBlob(at, inputStream, length));
    }

    @Override
    public final void setNClob(int index, @Nullable Reader reader, long length) throws SQLException {
        set(index, (statement, at) -> statement.setNClob(at, reader, length));
    }

    @Override
    public final void setSQLXML(int index, @Nullable SQLXML xmlObject) throws SQLException {
        set(index, false, (statement, at) -> statement.setSQLXML(at, xmlObject));
    }

    @Override
    public final void setObject(int index, @Nullable Object x, int targetSqlType, int scaleOrLength)
            throws SQLException {
        setObject(
                index,
                x,
                targetSqlType,
                (statement, at) -> statement.setObject(at, BoundArray.raw(x), targetSqlType, scaleOrLength));
    }

    @Override
    public final void setAsciiStream(int index, @Nullable InputStream x, long length) throws SQLException {
        set(index, (statement, at) -> statement.setAsciiStream(at, x, length));
    }

    @Override
    public final void setBinaryStream(int index, @Nullable InputStream x, long length) throws SQLException {
        set(index, (statement, at) -> statement.setBinaryStream(at, x, length));
    }

    @Override
    public final void setCharacterStream(int index, @Nullable Reader reader, long length) throws SQLException {
        set(index, (statement, at) -> statement.setCharacterStream(at, reader, length));
    }

    @Override
    public final void setAsciiStream(int index, @Nullable InputStream x) throws SQLException {
        set(index, (statement, at) -> statement.setAsciiStream(at, x));
    }

    @Override
    public final void setBinaryStream(int index, @Nullable InputStream x) throws SQLException {
        set(index, (statement, at) -> statement.setBinaryStream(at, x));
    }

    @Override
    public final void setCharacterStream(int index, @Nullable Reader reader) throws SQLException {
        set(index, (statement, at) -> statement.setCharacterStream(at, reader));
    }

    @Override
    public final void setNCharacterStream(int index, @Nullable Reader value) throws SQLException {
        set(index, (statement, at) -> statement.setNCharacterStream(at, value));
    }

    @Override
    public final void setClob(int index, @Nullable Reader reader) throws SQLException {
        set(index, (statement, at) -> statement.setClob(at, reader));
    }

    @Override
    public final void setBlob(int index, @Nullable InputStream inputStream) throws SQLException {
        largeObject(index, inputStream != null, (statement, at) -> statement.setBlob(at, inputStream));
    }

    @Override
    public final void setNClob(int index, @Nullable Reader reader) throws SQLException {
        set(index, (statement, at) -> statement.setNClob(at, reader));
    }

    @Override
    public final void setObject(int index, @Nullable Object x, SQLType targetSqlType, int scaleOrLength)
            throws SQLException {
        setObject(
                index,
                x,
                vendorType(targetSqlType),
                (statement, at) -> statement.setObject(at, BoundArray.raw(x), targetSqlType, scaleOrLength));
    }

    @Override
    public final void setObject(int index, @Nullable Object x, SQLType targetSqlType) throws SQLException {
        setObject(
                index,
                x,
                vendorType(targetSqlType),
                (statement, at) -> statement.setObject(at, BoundArray.raw(x), targetSqlType));
    }
}
