package dev.boundary.testing;

import dev.boundary.core.TenantContext;
import dev.boundary.core.TenantKey;
import dev.boundary.core.TenantNotSetException;
import dev.boundary.doctor.Baseline;
import dev.boundary.doctor.Doctor;
import dev.boundary.doctor.Finding;
import dev.boundary.doctor.Rule.Severity;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.jooq.Query;

/**
 * Assertions about what tenants see and change in the database of a {@link BoundaryTest}, which hands it out as a
 * parameter.
 *
 * {@snippet file="dev/boundary/testing/ShopTest.java" region="isolation"}
 *
 * <p>For the test that it was handed to; safe for use by several threads, but {@link #assertIsolated} by one at a time.
 *
 * @since 0.1
 */
public final class Isolation {

    private final TestFixture fixture;

    Isolation(TestFixture fixture) {
        this.fixture = fixture;
    }

    DatabaseFixture databaseFixture() {
        return fixture.databaseFixture();
    }

    /**
     * Begins assertions about what one tenant sees and changes. They look with the application role and both layers, in a
     * scope of that tenant.
     *
     * @param tenant the tenant's key
     * @return the assertions
     */
    public TenantAssert assertThatTenant(TenantKey tenant) {
        return new TenantAssert(tenant, fixture);
    }

    /**
     * Runs code in the open tenant scope, with canary rows of another tenant in every table, and fails if one of them was
     * read or changed: if a result that the code read, the message of an error or the returned value shows a canary, if a
     * statement's result is another without the canaries (so that counts and sums are covered), or if a canary was changed,
     * deleted or locked. The canaries are gone afterwards.
     *
     * <p>Statements are seen that go through the {@code DSLContext}, {@code DataSource} and {@code Connection} of the
     * application role that this test was handed; {@code COPY} through the driver's own interface is not. To compare results,
     * each statement runs again, twice with and once without the canaries, in a transaction that is rolled back.
     *
     * @param code the code under test
     * @throws TenantNotSetException if no tenant's scope is open
     * @throws AssertionError if a canary was read or changed
     */
    public void assertIsolated(ThrowingRunnable code) {
        TenantKey tenant = TenantContext.requireTenant();
        new IsolationCheck(fixture, tenant).run(code);
    }

    /**
     * The same in a scope of a given tenant.
     *
     * @param tenant whose code it is
     * @param code the code under test
     * @throws AssertionError if a canary was read or changed
     */
    public void assertIsolated(TenantKey tenant, ThrowingRunnable code) {
        TenantContext.where(tenant).run(() -> assertIsolated(code));
    }

    /**
     * Runs code that must be refused because no scope is open. Such a statement then does not fail the test by itself.
     *
     * @param code the code under test
     * @return the refusal
     * @throws AssertionError if it is not refused
     */
    public TenantNotSetException assertNeedsScope(ThrowingRunnable code) {
        fixture.strict().expect(true);
        try {
            code.run();
        } catch (TenantNotSetException e) {
            return e;
        } catch (Throwable e) {
            throw new AssertionError("It was expected to be refused with TenantNotSetException and threw " + e, e);
        } finally {
            fixture.strict().expect(false);
        }
        throw new AssertionError("It was expected to be refused without a scope, and it ran.");
    }

    /**
     * Asserts that PostgreSQL can answer a query, as both layers send it in the open tenant scope, from indexes that find the
     * tenant's rows: no table or partition with tenants' rows is read from end to end, nor by an index that does not know the
     * tenant, except for a single row by its unique key. The query is planned, not run; sequential scans are made unattractive
     * for it, so that small test tables do not matter.
     *
     * @param query the query, made by any jOOQ context
     * @throws TenantNotSetException if no tenant's scope is open
     * @throws AssertionError if a table is read from end to end, or an index without using the tenant; the message has the
     *     plan
     */
    public void assertUsesTenantIndex(Query query) {
        TenantKey tenant = TenantContext.requireTenant();
        try {
            new IndexUse(fixture, tenant).check(query);
        } catch (SQLException e) {
            throw new IllegalStateException("The query cannot be explained: " + e.getMessage(), e);
        }
    }

    /**
     * Asserts that the doctor finds no hole in the database, for the application role: nothing of severity low or worse.
     *
     * @throws AssertionError if it finds one; the message says what, why it matters and how to fix it
     */
    public void assertNoFindings() {
        DatabaseFixture database = databaseFixture();
        Doctor doctor = Doctor.builder()
                .applicationRole(database.setup().roles().application())
                .sessionVariable(database.setup().sessionVariable())
                .build();
        assertNoFindings(doctor, Severity.LOW, Baseline.empty());
    }

    /**
     * Asserts that a doctor finds nothing in the database that counts.
     *
     * @param doctor what examines, with its expectations; it should name the application role, because it is connected as
     *     the owner
     * @param threshold the least severity that counts
     * @param accepted findings that are accepted
     * @throws AssertionError if it finds something; the message says what, why it matters and how to fix it
     */
    public void assertNoFindings(Doctor doctor, Severity threshold, Baseline accepted) {
        try (Connection owner = fixture.database().owner().getConnection()) {
            List<Finding> findings = accepted.applyTo(doctor.examine(owner)).atLeast(threshold);
            if (!findings.isEmpty()) {
                throw new AssertionError("The doctor found:"
                        + findings.stream().map(Isolation::text).collect(Collectors.joining()));
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The database cannot be examined: " + e.getMessage(), e);
        }
    }

    private static String text(Finding finding) {
        return "\n  - " + finding.rule().id() + " (" + finding.rule().severity().word() + ") " + finding.object() + ": "
                + finding.rule().title() + ". " + finding.evidence() + "\n    "
                + finding.rule().why() + "\n    "
                + (finding.fix().isEmpty() ? finding.rule().remedy() : String.join("; ", finding.fix()));
    }

    /** Code under test that may throw anything. */
    @FunctionalInterface
    public interface ThrowingRunnable {

        /**
         * Runs it.
         *
         * @throws Throwable what the code throws
         */
        void run() throws Throwable;
    }
}
