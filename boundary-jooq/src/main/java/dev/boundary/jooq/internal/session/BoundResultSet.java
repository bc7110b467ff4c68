package dev.boundary.jooq.internal.session;

import java.sql.ResultSet;
import java.sql.Statement;
import org.jooq.tools.jdbc.DefaultResultSet;

/** Rows that lead back to the bound statement, and not to the driver's. */
final class BoundResultSet extends DefaultResultSet {

    BoundResultSet(ResultSet raw, Statement statement) {
        super(raw, statement);
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        return Unwrapping.unwrap(this, type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return type.isInstance(this);
    }
}
