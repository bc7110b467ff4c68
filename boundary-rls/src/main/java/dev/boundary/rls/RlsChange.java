package dev.boundary.rls;

import java.util.List;

/**
 * One step of a migration as SQL. Statements are meant to run one by one, in order, in one transaction, as the role
 * that owns the tables.
 *
 * <p>What a step changes it first writes down in schema {@code boundary}, so that {@link #rollback} restores what was
 * there before, and not what usually is.
 *
 * <p>Implementations are immutable and safe for use by several threads.
 *
 * @since 0.1
 */
public sealed interface RlsChange
        permits InstallBoundary,
                CreateBoundaryRoles,
                ProtectFuturePartitions,
                RetrofitTenantColumn,
                UpgradeBoundary,
                CreateTenantRegistry,
                TableChange {

    /**
     * The name of the change, as in a change log.
     *
     * @return for example {@code "protectTenantTable"}
     */
    String name();

    /**
     * What it changes.
     *
     * @return for example {@code "public.booking"}
     */
    String object();

    /**
     * The statements that make the change.
     *
     * @return the statements without terminators, unmodifiable
     */
    List<String> apply();

    /**
     * The statements that restore what was there before.
     *
     * @return the statements without terminators, unmodifiable
     */
    List<String> rollback();

    /**
     * What has been done, for people.
     *
     * @return one sentence without a full stop
     */
    String confirmation();
}
