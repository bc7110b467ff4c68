package dev.boundary.rls;

import dev.boundary.core.SessionVariable;
import dev.boundary.core.TenantKeyType;
import dev.boundary.rls.internal.sql.SqlFile;
import java.util.List;

/**
 * Creates schema {@code boundary}: the function that tells the policies who the tenant is, what was installed and how,
 * and the memory of what was there before each change. Once for each database, before every other change.
 *
 * @param tenantKeyType the type of the tenant key
 * @param sessionVariable the custom setting that carries the tenant
 * @param missing what happens without a tenant
 * @param predicate how policies compare
 * @param leakproof whether the function is declared LEAKPROOF
 * @since 0.1
 */
public record InstallBoundary(
        TenantKeyType tenantKeyType,
        SessionVariable sessionVariable,
        MissingTenant missing,
        PredicateForm predicate,
        LeakproofMode leakproof)
        implements RlsChange {

    /** The layout of schema {@code boundary}; raised when the objects in it change. */
    public static final String LAYOUT_VERSION = RollbackLog.LAYOUT_VERSION;

    private static final SqlFile SQL = SqlFile.of(InstallBoundary.class);

    /**
     * An installation with the defaults: {@link SessionVariable#DEFAULT}, an error without a tenant, the pinned
     * predicate, and LEAKPROOF if the migrating role may declare it.
     *
     * @param tenantKeyType the type of the tenant key
     * @return the change
     */
    public static InstallBoundary of(TenantKeyType tenantKeyType) {
        return new InstallBoundary(
                tenantKeyType, SessionVariable.DEFAULT, MissingTenant.ERROR, PredicateForm.PINNED, LeakproofMode.AUTO);
    }

    /**
     * The change that brings schema {@code boundary} of an earlier version of this library to {@link #LAYOUT_VERSION}.
     * It does nothing where that version is installed already, so that one change log serves old and new databases.
     *
     * @return the change {@code upgradeBoundary}
     */
    public static RlsChange upgrade() {
        return new UpgradeBoundary();
    }

    @Override
    public String name() {
        return "installBoundary";
    }

    @Override
    public String object() {
        return "boundary";
    }

    @Override
    public List<String> apply() {
        return List.of(
                SQL.text("catalog-comes-first"),
                PlpgsqlBlock.of(SQL.text("schema-is-free")),
                SQL.text("create-schema"),
                SQL.text("revoke-schema"),
                SQL.text("create-installation"),
                SQL.text("create-protected-table"),
                SQL.text("create-applied-change"),
                SQL.text("create-undo-step"),
                UpgradeBoundary.CREATE_RETROFIT_PROGRESS,
                SQL.text("create-raise-tenant-not-set"),
                createCurrentTenantId(),
                SQL.text("revoke-functions"),
                declareLeakproof(),
                insertInstallation());
    }

    /**
     * A body parsed at creation, so that no search path can put another {@code current_setting} into it; neither
     * SECURITY DEFINER nor SET, which would prevent inlining; PARALLEL SAFE, for the default forbids parallel plans.
     */
    private String createCurrentTenantId() {
        String setting = SQL.template("setting")
                .literal("sessionVariable", sessionVariable.name())
                .fill();
        String tenant = missing == MissingTenant.ERROR
                ? SQL.template("required-setting").fragment("setting", setting).fill()
                : setting;
        return SQL.template("create-current-tenant-id")
                .fragment("type", keyType())
                .fragment("tenant", tenant)
                .fill();
    }

    /** The type by the name that no search path changes. */
    private String keyType() {
        return switch (tenantKeyType) {
            case UUID -> "pg_catalog.uuid";
            case BIGINT -> "pg_catalog.int8";
            case INT -> "pg_catalog.int4";
            case TEXT -> "pg_catalog.text";
        };
    }

    private String declareLeakproof() {
        return switch (leakproof) {
            case OFF -> SQL.text("not-leakproof");
            case AUTO -> PlpgsqlBlock.of(SQL.text("leakproof-if-allowed"));
            case REQUIRED -> PlpgsqlBlock.of(SQL.text("leakproof-or-fail"));
        };
    }

    private String insertInstallation() {
        return SQL.template("insert-installation")
                .literal("version", LAYOUT_VERSION)
                .literal("sessionVariable", sessionVariable.name())
                .literal("tenantKeyType", tenantKeyType.sqlName())
                .literal("missing", missing.word())
                .literal("predicate", predicate.word())
                .fill();
    }

    @Override
    public List<String> rollback() {
        return List.of(
                PlpgsqlBlock.of(Guards.installed(), SQL.text("nothing-is-applied")),
                SQL.text("drop-current-tenant-id"),
                SQL.text("drop-raise-tenant-not-set"),
                SQL.text("drop-tables"),
                SQL.text("drop-schema"));
    }

    @Override
    public String confirmation() {
        return "Boundary is installed: tenant keys of type " + tenantKeyType.sqlName() + " in " + sessionVariable + ", "
                + missing.word() + " when missing, " + predicate.word() + " predicate";
    }

    /** What the database does with a statement that comes without a tenant. */
    public enum MissingTenant {
        /** It raises SQLSTATE 42501 "tenant context is not set". The default: a fault shows at once. */
        ERROR("error"),
        /** It finds no rows, and an insert is refused. For databases where other tools read protected tables. */
        EMPTY("empty");

        private final String word;

        MissingTenant(String word) {
            this.word = word;
        }

        /**
         * The word used in change logs and in {@code boundary.installation}.
         *
         * @return the word
         */
        public String word() {
            return word;
        }

        /**
         * Finds the value by its word.
         *
         * @param word the word, in any case
         * @return the value
         * @throws IllegalArgumentException if there is no such value; the message lists them
         */
        public static MissingTenant of(String word) {
            return EnumNames.of("missing", values(), MissingTenant::word).find(word);
        }
    }

    /** How a policy compares the tenant column with the tenant. */
    public enum PredicateForm {
        /**
         * {@code tenant_id = (select boundary.current_tenant_id())}: evaluated once for each execution, so it cannot be
         * switched under an open cursor. The default.
         */
        PINNED("pinned"),
        /**
         * {@code tenant_id = boundary.current_tenant_id()}: the planner sees the value and estimates with the tenant's
         * own statistics. For databases with very unequal tenants and much SQL outside jOOQ.
         */
        INLINE("inline");

        private final String word;

        PredicateForm(String word) {
            this.word = word;
        }

        /**
         * The word used in change logs and in {@code boundary.installation}.
         *
         * @return the word
         */
        public String word() {
            return word;
        }

        /**
         * Finds the value by its word.
         *
         * @param word the word, in any case
         * @return the value
         * @throws IllegalArgumentException if there is no such value; the message lists them
         */
        public static PredicateForm of(String word) {
            return EnumNames.of("predicate", values(), PredicateForm::word).find(word);
        }
    }

    /** Whether {@code boundary.current_tenant_id()} is declared LEAKPROOF, which only a superuser may do. */
    public enum LeakproofMode {
        /** If the migrating role may; otherwise a notice says that it was left out. The default. */
        AUTO("auto"),
        /** The installation fails if the migrating role may not. */
        REQUIRED("required"),
        /** Never. */
        OFF("off");

        private final String word;

        LeakproofMode(String word) {
            this.word = word;
        }

        /**
         * The word used in change logs.
         *
         * @return the word
         */
        public String word() {
            return word;
        }

        /**
         * Finds the value by its word.
         *
         * @param word the word, in any case
         * @return the value
         * @throws IllegalArgumentException if there is no such value; the message lists them
         */
        public static LeakproofMode of(String word) {
            return EnumNames.of("leakproof", values(), LeakproofMode::word).find(word);
        }
    }
}
