package dev.boundary.jooq.internal.session;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The connections of the application role that jOOQ holds on the current thread: one for each open transaction. */
final class HeldConnections {

    private final ThreadLocal<List<BoundConnection>> held = ThreadLocal.withInitial(ArrayList::new);

    void taken(BoundConnection connection) {
        if (!connection.binder().isAdmin()) {
            held.get().add(connection);
        }
    }

    /** The thread that gives a connection back need not be the one that took it. */
    void givenBack(BoundConnection connection) {
        connection.markGivenBack();
        held.get().removeIf(BoundConnection::isGivenBack);
    }

    boolean isInTransaction() throws SQLException {
        for (BoundConnection connection : held.get()) {
            if (!connection.isGivenBack() && connection.binder().inTransaction()) {
                return true;
            }
        }
        return false;
    }
}
