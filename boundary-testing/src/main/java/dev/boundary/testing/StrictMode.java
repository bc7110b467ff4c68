package dev.boundary.testing;

import dev.boundary.core.TenantNotSetException;
import dev.boundary.core.event.BoundaryEvent;
import dev.boundary.core.event.BoundaryEvent.RegistryListening;
import dev.boundary.core.event.BoundaryEvent.RlsOnlyAccess;
import dev.boundary.core.event.BoundaryEvent.TenantLifecycleEvent;
import dev.boundary.core.event.BoundaryEvent.TenantResolutionFailed;
import dev.boundary.core.event.BoundaryEvent.TenantResolved;
import dev.boundary.core.event.BoundaryEvent.UnscopedAccess;
import dev.boundary.core.event.BoundaryEvent.Violation;
import dev.boundary.core.event.BoundaryListener;
import dev.boundary.testing.internal.catalog.RelationNames;
import dev.boundary.testing.internal.jdbc.Execution;
import dev.boundary.testing.internal.jdbc.RecordedCallSite;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Fails a test that left its scope, even if the code under test swallowed the error. Safe for use by several threads.
 */
final class StrictMode implements BoundaryListener {

    private static final String STARTUP_CHECKS = "dev.boundary.jooq.internal.startup.";

    private static final int LONGEST_STATEMENT = 300;

    private static final String OUTSIDE = "Statements were issued outside a scope. Open one with @WithTenant or"
            + " TenantContext.where(tenant). If this test is about the refusal, use Isolation.assertNeedsScope.";
    private static final String UNSCOPED =
            "Statements ran unscoped. If this code must see all tenants, say why: @AllowUnscoped(\"the reason\").";
    private static final String LEFTOVERS = "The next user of the connection would find something of this one.";

    private final RelationNames relations;
    private final CoverageLog coverage;
    private final boolean unscopedAllowed;
    private final List<String> outside = new ArrayList<>();
    private final List<String> unscoped = new ArrayList<>();
    private boolean expecting;

    StrictMode(RelationNames relations, Optional<AllowUnscoped> allowed, CoverageLog coverage) {
        this.coverage = coverage;
        this.relations = relations;
        this.unscopedAllowed = allowed.isPresent();
        if (allowed.isPresent() && allowed.get().value().isBlank()) {
            throw new IllegalArgumentException("@AllowUnscoped needs a reason: why must this code see all tenants?");
        }
    }

    /** A statement is about to be sent as the application role. */
    void onStatement(Execution execution) {
        Set<String> named = relations.in(execution.statement());
        if (named.isEmpty()) {
            return;
        }
        coverage.statement(execution, named);
        if (execution.scope().isEmpty() && !isStartupCheck()) {
            add(
                    outside,
                    "It names " + String.join(", ", named) + ": " + shortened(execution.statement()) + "\n      at "
                            + execution.line());
        }
    }

    @Override
    public void onEvent(BoundaryEvent event) {
        switch (event) {
            case Violation violation -> onViolation(violation.error());
            case UnscopedAccess access -> onUnscoped(access);
            case RlsOnlyAccess access -> coverage.rlsOnly(access.reason(), access.statement(), RecordedCallSite.find());
            case TenantResolved _, TenantResolutionFailed _, TenantLifecycleEvent _, RegistryListening _ -> {}
        }
    }

    private void onViolation(Throwable error) {
        if (error instanceof TenantNotSetException) {
            add(outside, error.getMessage() + "\n      at " + RecordedCallSite.find());
        }
    }

    private void onUnscoped(UnscopedAccess access) {
        if (!unscopedAllowed) {
            add(
                    unscoped,
                    shortened(access.statement()) + "\n      for the reason \""
                            + access.unscoped().reason() + "\", at " + RecordedCallSite.find());
        }
    }

    private synchronized void add(List<String> list, String entry) {
        if (!expecting) {
            list.add(entry);
        }
    }

    /** While true, the test expects the refusal of statements outside a scope. */
    synchronized void expect(boolean refusal) {
        expecting = refusal;
    }

    synchronized void verify(List<String> leftovers) {
        StringBuilder message = new StringBuilder();
        append(message, outside, OUTSIDE);
        append(message, unscoped, UNSCOPED);
        append(message, leftovers, LEFTOVERS);
        if (!message.isEmpty()) {
            throw new AssertionError(message.toString());
        }
    }

    private static void append(StringBuilder message, List<String> entries, String sentence) {
        if (!entries.isEmpty()) {
            message.append(sentence)
                    .append(entries.stream().map(entry -> "\n  - " + entry).reduce("", String::concat))
                    .append('\n');
        }
    }

    private static boolean isStartupCheck() {
        return StackWalker.getInstance()
                .walk(frames -> frames.anyMatch(frame -> frame.getClassName().startsWith(STARTUP_CHECKS)));
    }

    private static String shortened(String sql) {
        String oneLine = sql.strip().replaceAll("\\s+", " ");
        return oneLine.length() <= LONGEST_STATEMENT ? oneLine : oneLine.substring(0, LONGEST_STATEMENT) + "...";
    }
}
