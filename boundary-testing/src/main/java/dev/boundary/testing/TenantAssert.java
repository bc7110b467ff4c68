package dev.boundary.testing;

import dev.boundary.core.BoundaryException;
import dev.boundary.core.TenantContext;
import dev.boundary.core.TenantKey;
import dev.boundary.testing.As.Role;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.AbstractAssert;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;

/**
 * What one tenant sees and changes, as the application role with both layers. Created by
 * {@link Isolation#assertThatTenant}. Safe for use by several threads.
 *
 * @since 0.1
 */
public final class TenantAssert extends AbstractAssert<TenantAssert, TenantKey> {

    /** A policy, a missing privilege, or a column that no one may set: an identity. */
    private static final Set<String> REFUSED = Set.of("42501", "428C9");

    private final TestFixture fixture;

    TenantAssert(TenantKey tenant, TestFixture fixture) {
        super(tenant, TenantAssert.class);
        this.fixture = fixture;
    }

    /**
     * Asserts that the tenant sees rows of a table.
     *
     * @param table the table
     * @return this
     * @throws AssertionError if it sees none
     */
    public TenantAssert sees(Table<?> table) {
        return sees(table, DSL.noCondition());
    }

    /**
     * Asserts that the tenant sees rows.
     *
     * @param table the table
     * @param condition which rows
     * @return this
     * @throws AssertionError if it sees none
     */
    public TenantAssert sees(Table<?> table, Condition condition) {
        int visible = visible(table, condition);
        if (visible == 0) {
            throw failure(
                    "Tenant %s sees no row of %s where %s; without policies %s.",
                    actual, table, condition, there(table, condition));
        }
        return this;
    }

    /**
     * Asserts that the tenant sees a number of rows.
     *
     * @param count how many
     * @param table the table
     * @param condition which rows
     * @return this
     * @throws AssertionError if it sees more or fewer
     */
    public TenantAssert seesExactly(int count, Table<?> table, Condition condition) {
        int visible = visible(table, condition);
        if (visible != count) {
            throw failure(
                    "Tenant %s sees %s rows of %s where %s, and not %s; without policies %s.",
                    actual, visible, table, condition, count, there(table, condition));
        }
        return this;
    }

    /**
     * Asserts that there are rows of a table and the tenant sees none of them.
     *
     * @param table the table
     * @return this
     * @throws AssertionError if it sees one, or if there is none, so that this would prove nothing
     */
    public TenantAssert doesNotSee(Table<?> table) {
        return doesNotSee(table, DSL.noCondition());
    }

    /**
     * Asserts that there are rows and the tenant sees none of them.
     *
     * @param table the table
     * @param condition which rows
     * @return this
     * @throws AssertionError if it sees one, or if there is none, so that this would prove nothing
     */
    public TenantAssert doesNotSee(Table<?> table, Condition condition) {
        assertThere(table, condition);
        int visible = visible(table, condition);
        if (visible > 0) {
            throw failure("Tenant %s sees %s rows of %s where %s.", actual, visible, table, condition);
        }
        return this;
    }

    /**
     * Asserts that there are rows and the tenant can neither update nor delete them. It tries both, in transactions
     * that are rolled back; a refusal is as good as no effect.
     *
     * @param table the table
     * @param condition which rows
     * @return this
     * @throws AssertionError if it changes one, or if there is none, so that this would prove nothing
     */
    public TenantAssert cannotChange(Table<?> table, Condition condition) {
        assertThere(table, condition);
        for (Field<String> column : columns(table)) {
            int updated = attempt(dsl ->
                    dsl.update(table).set(column, column).where(condition).execute());
            if (updated > 0) {
                throw failure(
                        "Tenant %s updated column %s of %s rows of %s where %s.",
                        actual, column.getName(), updated, table, condition);
            }
        }
        int deleted = attempt(dsl -> dsl.deleteFrom(table).where(condition).execute());
        if (deleted > 0) {
            throw failure("Tenant %s deleted %s rows of %s where %s.", actual, deleted, table, condition);
        }
        return this;
    }

    /** From the catalog: a table that jOOQ knows only by its name has no fields. */
    private List<Field<String>> columns(Table<?> table) {
        return fixture
                .databaseFixture()
                .catalog()
                .find(TenantTables.name(table))
                .orElseThrow(() -> failure("The database has no table %s.", table))
                .columns()
                .stream()
                .filter(column -> !column.generated())
                .map(column -> DSL.field(DSL.name(column.name()), String.class))
                .toList();
    }

    /** Makes a change and rolls it back. */
    private int attempt(Attempt attempt) {
        AtomicInteger changed = new AtomicInteger();
        TenantContext.where(actual).run(() -> {
            try {
                fixture.dsl(Role.APPLICATION).transaction(configuration -> {
                    changed.set(attempt.run(configuration.dsl()));
                    throw new RolledBack();
                });
            } catch (RolledBack | BoundaryException e) {
                // rolled back, or refused before anything was sent
            } catch (DataAccessException e) {
                if (!REFUSED.contains(String.valueOf(e.sqlState()))) { // PostgreSQL may refuse it, too
                    throw e;
                }
            }
        });
        return changed.get();
    }

    private int visible(Table<?> table, Condition condition) {
        return TenantContext.where(actual).call(() -> count(fixture.dsl(Role.APPLICATION), table, condition));
    }

    private String there(Table<?> table, Condition condition) {
        int there = count(table, condition);
        return there == 1 ? "there is 1" : "there are " + there;
    }

    private void assertThere(Table<?> table, Condition condition) {
        if (count(table, condition) == 0) {
            throw failure(
                    "There is no row of %s where %s, of any tenant, so this would prove nothing. Insert one first.",
                    table, condition);
        }
    }

    /** A superuser sees everything. */
    private int count(Table<?> table, Condition condition) {
        DSLContext all = DSL.using(fixture.database().superuser(), SQLDialect.POSTGRES);
        return count(all, table, condition);
    }

    private static int count(DSLContext dsl, Table<?> table, Condition condition) {
        return Objects.requireNonNull(
                dsl.selectCount().from(table).where(condition).fetchOne(0, int.class));
    }

    /** A change of rows. */
    @FunctionalInterface
    private interface Attempt {
        int run(DSLContext dsl);
    }

    /** Rolls an attempt back. */
    private static final class RolledBack extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }
}
