package dev.boundary.testing;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.platform.engine.CancellationToken;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherExecutionRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Asks whether a project's tests would notice a leak: removes one piece of protection at a time (a policy, the policies
 * of a table, a rule of the query layer), runs the tests, and fails for each piece whose removal no test notices.
 *
 * {@snippet file="dev/boundary/testing/ShopSelfTest.java" region="self-test"}
 *
 * <p>It runs the suite once for each piece, up to the first failure, so give it its own Maven profile or tag. It
 * requires {@code org.junit.platform:junit-platform-launcher} on the class path. Both layers protect each table; only a
 * test that looks at one of them alone, as {@link IsolationContract} does, notices a leak in it.
 *
 * @since 0.1
 */
@BoundaryTest
public abstract class SuiteSelfTest {

    /** For subclasses. */
    protected SuiteSelfTest() {}

    /**
     * Names the tests that should notice.
     *
     * @return for example {@code List.of(selectPackage("com.acme.booking"))}; self-tests among them run nothing
     */
    protected abstract List<? extends DiscoverySelector> suite();

    /**
     * The tests. Called by JUnit.
     *
     * @param isolation of the test class's own database
     * @param reporter receives which test noticed each mutation
     * @return one test for the suite as it is, and one for each mutation
     * @throws SQLException if the policies cannot be read
     */
    @TestFactory
    @Execution(ExecutionMode.SAME_THREAD) // each is the whole suite
    public final Stream<DynamicTest> aTestNotices(Isolation isolation, TestReporter reporter) throws SQLException {
        DatabaseFixture database = isolation.databaseFixture();
        if (database.mutated()) {
            return Stream.empty(); // a self-test runs it
        }
        return Stream.concat(Stream.of(Mutation.NONE), mutations(database).stream())
                .map(mutation -> DynamicTest.dynamicTest(mutation.toString(), () -> check(mutation, reporter)));
    }

    private static List<Mutation> mutations(DatabaseFixture database) throws SQLException {
        try (Connection superuser = database.database().superuser().getConnection()) {
            return Mutation.all(
                    superuser, database.ownership(), database.setup().roles().application());
        }
    }

    private void check(Mutation mutation, TestReporter reporter) {
        String noticed = firstFailure(mutation);
        boolean mutated = mutation.kind() != Mutation.Kind.NONE;
        if (!mutated && noticed != null) {
            throw new AssertionError("The suite fails as is, so it can show nothing: " + noticed);
        }
        if (mutated && noticed == null) {
            throw new AssertionError("Survived: " + mutation + ", and no test noticed. Add one that does: a subclass of"
                    + " IsolationContract looks at every table through each layer alone.");
        }
        if (noticed != null) {
            reporter.publishEntry(mutation.toString(), noticed);
        }
    }

    /** Runs the suite up to the first failure. */
    private @Nullable String firstFailure(Mutation mutation) {
        CancellationToken enough = CancellationToken.create();
        FirstFailure failure = new FirstFailure(enough);
        LauncherDiscoveryRequest tests = LauncherDiscoveryRequestBuilder.request()
                .selectors(suite())
                .configurationParameter(Mutation.PARAMETER, mutation.text())
                .build();
        LauncherFactory.create()
                .execute(LauncherExecutionRequestBuilder.request(tests)
                        .listeners(failure)
                        .cancellationToken(enough)
                        .build());
        return failure.text.get();
    }

    /** Keeps the first failure; more are not needed. */
    private static final class FirstFailure implements TestExecutionListener {

        private final CancellationToken enough;

        private final AtomicReference<@Nullable String> text = new AtomicReference<>();

        FirstFailure(CancellationToken enough) {
            this.enough = enough;
        }

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            if (result.getStatus() == TestExecutionResult.Status.FAILED) {
                enough.cancel();
                String message =
                        result.getThrowable().map(Throwable::getMessage).orElse("no message");
                text.compareAndSet(null, test.getDisplayName() + ": " + message);
            }
        }
    }
}
