package dev.boundary.jooq.internal.session;

import dev.boundary.core.StatementRefusedException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * The cursors of one transaction whose rows the server still keeps. PostgreSQL evaluates the tenant when it first needs
 * a part of a plan, which for rows that a cursor has not read yet (the second half of a UNION ALL, say) may still be to
 * come. So no other tenant may be set while a cursor is open.
 */
final class OpenCursors {

    private final List<OpenCursor> cursors = new ArrayList<>();

    private record OpenCursor(String tenant, ResultSet rows) {}

    /** A statement was executed in a transaction, and may have opened one. */
    void executed(String tenant, Statement statement) throws SQLException {
        if (statement.getFetchSize() > 0) {
            ResultSet rows = statement.getResultSet();
            if (rows != null) {
                cursors.add(new OpenCursor(tenant, rows));
            }
        }
    }

    /** The transaction ended, which closes all cursors. */
    void clear() {
        cursors.clear();
    }

    /** Refuses to set another tenant than that of a cursor that is open. */
    void refuseOthers(String tenant) throws SQLException {
        for (var each = cursors.iterator(); each.hasNext(); ) {
            OpenCursor cursor = each.next();
            if (cursor.rows().isClosed()) {
                each.remove();
            } else if (!cursor.tenant().equals(tenant)) {
                throw cursorIsOpen(tenant, cursor.tenant());
            }
        }
    }

    private static StatementRefusedException cursorIsOpen(String tenant, String other) {
        return new StatementRefusedException(
                "a statement of " + name(tenant) + " while a cursor of " + name(other) + " is open",
                "What the cursor has not read yet could become the other tenant's rows.",
                "Close the cursor first, or read without a fetch size.");
    }

    private static String name(String tenant) {
        return tenant.isEmpty() ? "no tenant" : "tenant " + tenant;
    }
}
