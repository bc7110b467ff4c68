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
import org.junit.jupiter.api.function.Executable;

/**
 * Assertions about what tenants see and change in the database of a {@link BoundaryTest}. A test receives it as a
 * parameter.
 *
 * {@snippet file="dev/boundary/testing/ShopTest.java" region="isolation"}
 *
 * <p>For the test that received it; safe for use by several threads, but {@link #assertIsolated(Executable)} by one at
 * a time.
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
     * Begins assertions about what one tenant sees and changes. They look with the application role and both layers, in
     * a scope of that tenant.
     *
     * @param tenant the tenant's key
     * @return the assertions
     */
    public TenantAssert assertThatTenant(TenantKey tenant) {
        return new TenantAssert(tenant, fixture);
    }

    /**
     * Runs code in the open tenant scope, with canary rows of another tenant in every table, and fails if it read or
     * changed one of them: if a result that the code read or the message of an error shows a canary, if a statement has
     * another result without the canaries (which covers counts and sums), or if a canary was changed, deleted or
     * locked. The canaries are deleted afterwards.
     *
     * <p>The check covers statements that go through the {@code DSLContext}, {@code DataSource} and {@code Connection}
     * of the application role that this test received, but not {@code COPY} through the driver's own interface. To
     * compare results, it runs each statement again, twice with and once without the canaries, in a transaction that is
     * rolled back.
     *
     * @param code the code under test
     * @throws TenantNotSetException if no tenant's scope is open
     * @throws AssertionError if a canary was read or changed
     */
    public void assertIsolated(Executable code) {
        TenantKey tenant = TenantContext.requireTenant();
        new IsolationCheck(fixture, tenant).run(code);
    }

    /**
     * Does the same as {@link #assertIsolated(Executable)} in a scope of a given tenant.
     *
     * @param tenant the tenant's key
     * @param code the code under test
     * @throws AssertionError if a canary was read or changed
     */
    public void assertIsolated(TenantKey tenant, Executable code) {
        TenantContext.where(tenant).run(() -> assertIsolated(code));
    }

    /**
     * Runs code that Boundary must refuse because no scope is open. Without this, such a statement fails the test.
     *
     * @param code the code under test
     * @return the refusal
     * @throws AssertionError if it is not refused
     */
    public TenantNotSetException assertNeedsScope(Executable code) {
        fixture.strict().expect(true);
        try {
            code.execute();
        } catch (TenantNotSetException e) {
            return e;
        } catch (Throwable e) {
            throw new AssertionError("Expected a refusal with TenantNotSetException, and the code threw " + e, e);
        } finally {
            fixture.strict().expect(false);
        }
        throw new AssertionError("Expected a refusal without a scope, and it ran.");
    }

    /**
     * Asserts that PostgreSQL can answer a query, as both layers send it in the open tenant scope, from indexes that
     * find the tenant's rows: it reads no table or partition with tenants' rows from end to end, and uses no index
     * without the tenant, except to find a single row by its unique key. The query is planned, not run, and sequential
     * scans are made unattractive for it, so that the small size of test tables does not matter.
     *
     * @param query the query, from any jOOQ context
     * @throws TenantNotSetException if no tenant's scope is open
     * @throws AssertionError if the plan reads a table from end to end, or uses an index without the tenant; the
     *     message has the plan
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
     * Asserts that the doctor finds nothing of severity low or worse in the database, for the application role.
     *
     * @throws AssertionError if it finds something; the message says what, why it matters and how to fix it
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
     * Asserts that a doctor finds nothing in the database from a severity on.
     *
     * @param doctor the doctor with its expectations; it should name the application role, because it connects as the
     *     owner
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
}
