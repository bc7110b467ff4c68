package dev.boundary.testing;

import dev.boundary.core.TenantKey;
import dev.boundary.rls.internal.sql.Jdbc;
import dev.boundary.testing.Isolation.ThrowingRunnable;
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

/** One run of code among canaries. */
final class IsolationCheck {

    private final TestFixture fixture;
    private final TenantKey tenant;
    private final Set<String> faults = Collections.synchronizedSet(new LinkedHashSet<>());

    IsolationCheck(TestFixture fixture, TenantKey tenant) {
        this.fixture = fixture;
        this.tenant = tenant;
    }

    void run(ThrowingRunnable code) {
        TenantKey other = fixture.databaseFixture().tenants().unique("canary");
        Canaries canaries = null;
        try {
            canaries = Canaries.plant(fixture.databaseFixture(), other.asText());
            run(code, canaries);
        } catch (SQLException e) {
            throw new IllegalStateException("The canary rows cannot be checked: " + e.getMessage(), e);
        } finally {
            if (canaries != null) {
                fixture.takeAway(canaries);
            }
        }
    }

    private void run(ThrowingRunnable code, Canaries canaries) throws SQLException {
        int before = fixture.recorder().executions().size();
        fixture.recorder().watch(value -> lookAt(value, "A result or an error", canaries));
        Throwable thrown = null;
        try {
            code.run();
        } catch (Throwable e) {
            thrown = e;
            for (Throwable at = e; at != null; at = at.getCause()) {
                lookAt(
                        String.valueOf(at.getMessage()),
                        "The exception " + at.getClass().getName(),
                        canaries);
            }
        } finally {
            fixture.recorder().watch(null);
        }
        faults.addAll(canaries.changes());
        List<Execution> executions = fixture.recorder().executions();
        compare(executions.subList(before, executions.size()), canaries);
        report(thrown);
    }

    private void lookAt(String text, String where, Canaries canaries) {
        canaries.readIn(text)
                .ifPresent(row -> faults.add(where + " shows tenant " + tenant + " a row of another. "
                        + Canaries.describe(row) + " was read."));
    }

    private void compare(List<Execution> executions, Canaries canaries) throws SQLException {
        List<String> first = fixture.onApplicationConnection(connection -> replay(executions, connection));
        List<String> second = fixture.onApplicationConnection(connection -> replay(executions, connection));
        if (!canaries.remove()) {
            return; // a transaction holds one: that it touched it was seen above
        }
        List<String> without = fixture.onApplicationConnection(connection -> replay(executions, connection));
        for (int i = 0; i < executions.size(); i++) {
            boolean stable = first.get(i).equals(second.get(i));
            if (stable && !first.get(i).equals(without.get(i))) {
                Execution execution = executions.get(i);
                faults.add("The result depends on rows of another tenant: " + execution.statement() + "\n      at "
                        + execution.line() + "\n      with the canaries: " + first.get(i)
                        + "\n      without them: " + without.get(i));
            }
        }
    }

    /** Runs the statements once more and rolls everything back. */
    private static List<String> replay(List<Execution> executions, Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        List<String> results = new ArrayList<>();
        Jdbc.run(connection, "set local lock_timeout = '" + Canaries.PATIENCE + "'");
        for (Execution execution : executions) {
            Savepoint savepoint = connection.setSavepoint();
            try {
                results.add(execution.replay(connection).toString());
            } catch (SQLException e) {
                connection.rollback(savepoint);
                results.add("SQLSTATE " + e.getSQLState());
            }
        }
        connection.rollback();
        connection.setAutoCommit(true);
        return results;
    }

    private void report(@Nullable Throwable thrown) {
        if (!faults.isEmpty()) {
            AssertionError error =
                    new AssertionError("Tenant " + tenant + " is not isolated:\n  - " + String.join("\n  - ", faults));
            if (thrown != null) {
                error.addSuppressed(thrown);
            }
            throw error;
        }
        switch (thrown) {
            case null -> {}
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new AssertionError("The code under test threw " + thrown, thrown);
        }
    }
}
