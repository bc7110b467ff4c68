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
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.util.Calendar;
import java.util.UUID;
import org.jooq.tools.jdbc.DefaultPreparedStatement;
import org.jspecify.annotations.Nullable;

/**
 * A prepared statement whose first placeholder is not the caller's: the caller's indexes are shifted past it. It keeps
 * account of parameters whose type the driver leaves for the server to find out.
 */
abstract class ShiftedPreparedStatement extends DefaultPreparedStatement {

    private final PreparedStatement raw;
    private final int shift;
    private final boolean stringsAreTyped;
    private boolean untyped;

    ShiftedPreparedStatement(PreparedStatement raw, Connection creator, int shift, boolean stringsAreTyped) {
        super(raw, creator);
        this.raw = raw;
        this.shift = shift;
        this.stringsAreTyped = stringsAreTyped;
    }

    /** Whether a parameter has had an unknown type since the statement was prepared. */
    final boolean hasUntypedParameter() {
        return untyped;
    }

    private int typed(int index) {
        return index + shift;
    }

    // Only what is known to be typed counts as typed; the rest costs a parse, and is never wrong.
    private int untyped(int index) {
        untyped = true;
        return index + shift;
    }

    private int string(int index) {
        return stringsAreTyped ? typed(index) : untyped(index);
    }

    private int array(int index, @Nullable Array x) {
        return x == null ? untyped(index) : typed(index);
    }

    private int object(int index, @Nullable Object x) {
        return switch (x) {
            case String _ -> string(index);
            case Boolean _, Byte _, Short _, Integer _, Long _, Float _, Double _, BigDecimal _, UUID _, byte[] _ ->
                typed(index);
            case LocalDate _, LocalTime _, LocalDateTime _, OffsetTime _, OffsetDateTime _ -> typed(index);
            case null, default -> untyped(index);
        };
    }

    private int nullOf(int index, int sqlType) {
        return switch (sqlType) {
            case Types.VARCHAR, Types.LONGVARCHAR -> string(index);
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
                    Types.LONGVARBINARY -> typed(index);
            default -> untyped(index);
        };
    }

    @Override
    public final void clearParameters() throws SQLException {
        raw.clearParameters();
    }

    @Override
    public final void setNull(int index, int sqlType) throws SQLException {
        raw.setNull(nullOf(index, sqlType), sqlType);
    }

    @Override
    public final void setBoolean(int index, boolean x) throws SQLException {
        raw.setBoolean(typed(index), x);
    }

    @Override
    public final void setByte(int index, byte x) throws SQLException {
        raw.setByte(typed(index), x);
    }

    @Override
    public final void setShort(int index, short x) throws SQLException {
        raw.setShort(typed(index), x);
    }

    @Override
    public final void setInt(int index, int x) throws SQLException {
        raw.setInt(typed(index), x);
    }

    @Override
    public final void setLong(int index, long x) throws SQLException {
        raw.setLong(typed(index), x);
    }

    @Override
    public final void setFloat(int index, float x) throws SQLException {
        raw.setFloat(typed(index), x);
    }

    @Override
    public final void setDouble(int index, double x) throws SQLException {
        raw.setDouble(typed(index), x);
    }

    @Override
    public final void setBigDecimal(int index, @Nullable BigDecimal x) throws SQLException {
        raw.setBigDecimal(typed(index), x);
    }

    @Override
    public final void setString(int index, @Nullable String x) throws SQLException {
        raw.setString(string(index), x);
    }

    @Override
    public final void setBytes(int index, byte @Nullable [] x) throws SQLException {
        raw.setBytes(typed(index), x);
    }

    @Override
    public final void setDate(int index, @Nullable Date x) throws SQLException {
        raw.setDate(untyped(index), x);
    }

    @Override
    public final void setTime(int index, @Nullable Time x) throws SQLException {
        raw.setTime(untyped(index), x);
    }

    @Override
    public final void setTimestamp(int index, @Nullable Timestamp x) throws SQLException {
        raw.setTimestamp(untyped(index), x);
    }

    @Override
    public final void setAsciiStream(int index, @Nullable InputStream x, int length) throws SQLException {
        raw.setAsciiStream(untyped(index), x, length);
    }

    @Deprecated
    @SuppressWarnings("deprecation")
    @Override
    public final void setUnicodeStream(int index, @Nullable InputStream x, int length) throws SQLException {
        raw.setUnicodeStream(untyped(index), x, length);
    }

    @Override
    public final void setBinaryStream(int index, @Nullable InputStream x, int length) throws SQLException {
        raw.setBinaryStream(untyped(index), x, length);
    }

    @Override
    public final void setObject(int index, @Nullable Object x, int targetSqlType) throws SQLException {
        raw.setObject(untyped(index), x, targetSqlType);
    }

    @Override
    public final void setObject(int index, @Nullable Object x) throws SQLException {
        raw.setObject(object(index, x), x);
    }

    @Override
    public final void setCharacterStream(int index, @Nullable Reader reader, int length) throws SQLException {
        raw.setCharacterStream(untyped(index), reader, length);
    }

    @Override
    public final void setRef(int index, @Nullable Ref x) throws SQLException {
        raw.setRef(untyped(index), x);
    }

    @Override
    public final void setBlob(int index, @Nullable Blob x) throws SQLException {
        raw.setBlob(untyped(index), x);
    }

    @Override
    public final void setClob(int index, @Nullable Clob x) throws SQLException {
        raw.setClob(untyped(index), x);
    }

    @Override
    public final void setArray(int index, @Nullable Array x) throws SQLException {
        raw.setArray(array(index, x), x);
    }

    @Override
    public final void setDate(int index, @Nullable Date x, Calendar cal) throws SQLException {
        raw.setDate(untyped(index), x, cal);
    }

    @Override
    public final void setTime(int index, @Nullable Time x, Calendar cal) throws SQLException {
        raw.setTime(untyped(index), x, cal);
    }

    @Override
    public final void setTimestamp(int index, @Nullable Timestamp x, Calendar cal) throws SQLException {
        raw.setTimestamp(untyped(index), x, cal);
    }

    @Override
    public final void setNull(int index, int sqlType, String typeName) throws SQLException {
        raw.setNull(nullOf(index, sqlType), sqlType, typeName);
    }

    @Override
    public final void setURL(int index, @Nullable URL x) throws SQLException {
        raw.setURL(untyped(index), x);
    }

    @Override
    public final void setRowId(int index, @Nullable RowId x) throws SQLException {
        raw.setRowId(untyped(index), x);
    }

    @Override
    public final void setNString(int index, @Nullable String value) throws SQLException {
        raw.setNString(string(index), value);
    }

    @Override
    public final void setNCharacterStream(int index, @Nullable Reader value, long length) throws SQLException {
        raw.setNCharacterStream(untyped(index), value, length);
    }

    @Override
    public final void setNClob(int index, @Nullable NClob value) throws SQLException {
        raw.setNClob(untyped(index), value);
    }

    @Override
    public final void setClob(int index, @Nullable Reader reader, long length) throws SQLException {
        raw.setClob(untyped(index), reader, length);
    }

    @Override
    public final void setBlob(int index, @Nullable InputStream inputStream, long length) throws SQLException {
        raw.setBlob(untyped(index), inputStream, length);
    }

    @Override
    public final void setNClob(int index, @Nullable Reader reader, long length) throws SQLException {
        raw.setNClob(untyped(index), reader, length);
    }

    @Override
    public final void setSQLXML(int index, @Nullable SQLXML xmlObject) throws SQLException {
        raw.setSQLXML(untyped(index), xmlObject);
    }

    @Override
    public final void setObject(int index, @Nullable Object x, int targetSqlType, int scaleOrLength)
            throws SQLException {
        raw.setObject(untyped(index), x, targetSqlType, scaleOrLength);
    }

    @Override
    public final void setAsciiStream(int index, @Nullable InputStream x, long length) throws SQLException {
        raw.setAsciiStream(untyped(index), x, length);
    }

    @Override
    public final void setBinaryStream(int index, @Nullable InputStream x, long length) throws SQLException {
        raw.setBinaryStream(untyped(index), x, length);
    }

    @Override
    public final void setCharacterStream(int index, @Nullable Reader reader, long length) throws SQLException {
        raw.setCharacterStream(untyped(index), reader, length);
    }

    @Override
    public final void setAsciiStream(int index, @Nullable InputStream x) throws SQLException {
        raw.setAsciiStream(untyped(index), x);
    }

    @Override
    public final void setBinaryStream(int index, @Nullable InputStream x) throws SQLException {
        raw.setBinaryStream(untyped(index), x);
    }

    @Override
    public final void setCharacterStream(int index, @Nullable Reader reader) throws SQLException {
        raw.setCharacterStream(untyped(index), reader);
    }

    @Override
    public final void setNCharacterStream(int index, @Nullable Reader value) throws SQLException {
        raw.setNCharacterStream(untyped(index), value);
    }

    @Override
    public final void setClob(int index, @Nullable Reader reader) throws SQLException {
        raw.setClob(untyped(index), reader);
    }

    @Override
    public final void setBlob(int index, @Nullable InputStream inputStream) throws SQLException {
        raw.setBlob(untyped(index), inputStream);
    }

    @Override
    public final void setNClob(int index, @Nullable Reader reader) throws SQLException {
        raw.setNClob(untyped(index), reader);
    }

    @Override
    public final void setObject(int index, @Nullable Object x, SQLType targetSqlType, int scaleOrLength)
            throws SQLException {
        raw.setObject(untyped(index), x, targetSqlType, scaleOrLength);
    }

    @Override
    public final void setObject(int index, @Nullable Object x, SQLType targetSqlType) throws SQLException {
        raw.setObject(untyped(index), x, targetSqlType);
    }
}
