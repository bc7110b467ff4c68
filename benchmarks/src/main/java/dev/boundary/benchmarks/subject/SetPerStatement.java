package dev.boundary.benchmarks.subject;

import java.sql.SQLException;
import org.jooq.ExecuteContext;
import org.jooq.ExecuteListener;
import org.jooq.exception.DataAccessException;

/** A separate {@code set_config} before each statement. */
final class SetPerStatement implements ExecuteListener {

    private static final long serialVersionUID = 1L;

    @Override
    public void executeStart(ExecuteContext context) {
        try {
            TenantSetting.set(context.connection());
        } catch (SQLException e) {
            throw new DataAccessException("The tenant could not be set", e);
        }
    }
}
