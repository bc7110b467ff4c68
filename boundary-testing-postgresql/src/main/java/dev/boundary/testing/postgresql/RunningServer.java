package dev.boundary.testing.postgresql;

import org.postgresql.ds.PGSimpleDataSource;

/**
 * A server that a provider started or found.
 *
 * @param access how to reach it
 * @param rolePassword the password of all roles of test databases
 * @param outlivesRun whether it belongs to someone else and stays when the test run has ended
 * @param process stops it when it is closed; does nothing for a server that stays
 */
record RunningServer(ServerAccess access, String rolePassword, boolean outlivesRun, AutoCloseable process) {

    /** A server of this test run. */
    static RunningServer started(ServerAccess access, String rolePassword, AutoCloseable process) {
        return new RunningServer(access, rolePassword, false, process);
    }

    /** A server that was there before the test run. */
    static RunningServer found(ServerAccess access, String rolePassword) {
        return new RunningServer(access, rolePassword, true, () -> {});
    }

    /** Connections of a role of a test database. */
    PGSimpleDataSource dataSource(String database, String role) {
        return access.dataSource(database, role, rolePassword);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return access.toString();
    }
}
