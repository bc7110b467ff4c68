package dev.boundary.tenants.archive;

import dev.boundary.rls.TableName;
import dev.boundary.tenants.TenantDataException;
import java.sql.SQLException;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Explains what PostgreSQL rejects because of the archive, apart from failures of the database. */
final class RejectedRows {

    /** Bad values, violated constraints, policies, and what triggers raise. */
    private static final Pattern ARCHIVE_AT_FAULT = Pattern.compile("(22|23).{3}|42501|44000|P0001");

    private static final String UNIQUE_VIOLATION = "23505";

    private RejectedRows() {}

    /** Work that the database may reject. */
    @FunctionalInterface
    interface Step {
        void run() throws SQLException;
    }

    static void explain(@Nullable TableName table, Step step) throws SQLException {
        try {
            step.run();
        } catch (SQLException e) {
            String state = Objects.requireNonNullElse(e.getSQLState(), "");
            if (ARCHIVE_AT_FAULT.matcher(state).matches()) {
                throw explained(table, e);
            }
            throw e;
        }
    }

    private static TenantDataException explained(@Nullable TableName table, SQLException e) {
        return new TenantDataException(
                "PostgreSQL rejects the rows of the archive" + (table == null ? "" : " for table " + table)
                        + ", and nothing was imported: " + e.getMessage()
                        + (UNIQUE_VIOLATION.equals(e.getSQLState())
                                ? ". If another tenant has that key, import with new keys (withNewKeys)."
                                : ""),
                e);
    }
}
