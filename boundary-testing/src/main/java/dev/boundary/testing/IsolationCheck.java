package dev.boundary.testing;

import dev.boundary.core.TenantKey;
import dev.boundary.testing.internal.jdbc.Execution;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.function.Executable;

/** One run of code among canaries. */
final class IsolationCheck {

    private final TestFixture fixture;
    private final TenantKey tenant;
    private final Set<String> faults = Collections.synchronizedSet(new LinkedHashSet<>());

    IsolationCheck(TestFixture fixture, TenantKey tenant) {
        this.fixture = fixture;
        this.tenant = tenant;
    }

    void run(Executable code) {
        TenantKey other = fixture.databaseFixture().tenants().unique("canary");
        Canaries canaries = null;
        try {
            canaries = Canaries.plant(fixture.databaseFixture(), other.asText());
            run(code, canaries);
        } catch (SQLException e) {
            throw new IllegalStateException("The canary rows cannot be checked: " + e.getMessage(), e);
        } finally {
            if (canaries != null) {
                fixture.delete(canaries);
            }
        }
    }

    private void run(Executable code, Canaries canaries) throws SQLException {
        int before = fixture.recorder().executions().size();
        Throwable thrown = watch(code, canaries);
        faults.addAll(canaries.changes());
        List<Execution> executions = fixture.recorder().executions();
        compare(executions.subList(before, executions.size()), canaries);
        report(thrown);
    }

    /** Runs the code, looks for canaries in everything that it reads, and returns what it throws. */
    private @Nullable Throwable watch(Executable code, Canaries canaries) {
        fixture.recorder().watch(value -> find(canaries, value, "A result or an error"));
        try {
            code.execute();
            return null;
        } catch (Throwable e) {
            find(canaries, e);
            return e;
        } finally {
            fixture.recorder().watch(null);
        }
    }

    private void find(Canaries canaries, Throwable error) {
        for (Throwable at = error; at != null; at = at.getCause()) {
            String where = "The exception " + at.getClass().getName();
            find(canaries, String.valueOf(at.getMessage()), where);
        }
    }

    private void find(Canaries canaries, String text, String where) {
        canaries.readIn(text)
                .ifPresent(row -> faults.add(where + " shows tenant " + tenant + " a row of another. "
                        + Canaries.describe(row) + " was read."));
    }

    private void compare(List<Execution> executions, Canaries canaries) throws SQLException {
        List<String> first = replay(executions);
        List<String> second = replay(executions);
        if (!canaries.delete()) {
            return; // a transaction holds one, and the check of changes already reported that
        }
        List<String> without = replay(executions);
        for (int i = 0; i < executions.size(); i++) {
            boolean stable = first.get(i).equals(second.get(i));
            if (stable && !first.get(i).equals(without.get(i))) {
                faults.add(difference(executions.get(i), first.get(i), without.get(i)));
            }
        }
    }

    private static String difference(Execution execution, String with, String without) {
        return "The result depends on rows of another tenant: " + execution.statement() + "\n      at "
                + execution.line() + "\n      with the canaries: " + with + "\n      without them: " + without;
    }

    private List<String> replay(List<Execution> executions) throws SQLException {
        return fixture.onApplicationConnection(connection -> replay(executions, connection));
    }

    /** Runs the statements once more and rolls everything back. */
    private List<String> replay(List<Execution> executions, Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        fixture.databaseFixture().limitLockWaits(connection);
        List<String> results = new ArrayList<>();
        for (Execution execution : executions) {
            results.add(replay(execution, connection));
        }
        connection.rollback();
        connection.setAutoCommit(true);
        return results;
    }

    private static String replay(Execution execution, Connection connection) throws SQLException {
        Savepoint savepoint = connection.setSavepoint();
        try {
            return execution.replay(connection).toString();
        } catch (SQLException e) {
            connection.rollback(savepoint);
            return "SQLSTATE " + e.getSQLState();
        }
    }

    private void report(@Nullable Throwable thrown) {
        if (!faults.isEmpty()) {
            String text = "Tenant " + tenant + " is not isolated:\n  - " + String.join("\n  - ", faults);
            AssertionError error = new AssertionError(text);
            if (thrown != null) {
                error.addSuppressed(thrown);
            }
            throw error;
        }
        rethrow(thrown);
    }

    private static void rethrow(@Nullable Throwable thrown) {
        switch (thrown) {
            case null -> {}
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new AssertionError("The code under test threw " + thrown, thrown);
        }
    }
}
