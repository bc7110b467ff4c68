package dev.boundary.rls;

import static dev.boundary.rls.PlpgsqlBlock.lines;

import dev.boundary.core.TableKind;
import dev.boundary.rls.internal.policy.PolicyName;
import dev.boundary.rls.internal.sql.Quoting;
import dev.boundary.rls.internal.sql.SqlFile;
import dev.boundary.rls.internal.sql.SqlTemplate;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The policies of a protected table, and its row in {@code boundary.protected_table}, which they are made from.
 *
 * @param table the table
 */
record PolicySteps(TableName table) {

    private static final SqlFile SQL = SqlFile.of(PolicySteps.class);

    /** Lists the table as protected, with how its rows belong to tenants. */
    ChangeStep list(TableRows rows) {
        return rows.kind() == TableKind.CHILD ? listChild(rows.columns()) : listByTenantColumn(rows);
    }

    private ChangeStep listByTenantColumn(TableRows rows) {
        return ChangeStep.of(
                new TableGuards(table).unprotected(),
                "",
                named("list-by-tenant-column")
                        .literal("kind", rows.kind().name())
                        .literal("tenantColumn", rows.columns().getFirst())
                        .fill());
    }

    /** Finds the foreign key on the given columns, and with it the parent, which must be protected. */
    private ChangeStep listChild(List<String> foreignKeyColumns) {
        String matching = SQL.template("matching-foreign-key")
                .literal("table", table.quoted())
                .textArray("columns", foreignKeyColumns)
                .fill();
        String check = SQL.template("parent-is-protected")
                .literal("table", table.toString())
                .literal("columns", String.join(", ", foreignKeyColumns))
                .fragment("matching", matching)
                .fill();
        return ChangeStep.of(
                lines(new TableGuards(table).unprotected(), check),
                "",
                PlpgsqlBlock.of(
                        named("list-child").fragment("matching", matching).fill()));
    }

    /** Last of the steps, so undone first: an event trigger leaves alone what is not listed. */
    ChangeStep unlist() {
        return ChangeStep.of("", RollbackLog.step(named("unlist").fill()));
    }

    /** The permissive policy and the restrictive floor, as {@code boundary.protected_table} says. */
    ChangeStep createTenantPolicies(String application) {
        return createPolicies(
                PolicyName.ofApplication(), PlpgsqlBlock.of(createTenantPolicies(table.quoted(), application)));
    }

    /** The policy of unscoped work. A role, not a session variable: any SQL could set that. */
    ChangeStep createAdminPolicy(String admin) {
        return createPolicies(List.of(PolicyName.ADMIN.sqlName()), createAdminPolicy(table.quoted(), admin));
    }

    private ChangeStep createPolicies(List<String> policies, String create) {
        String absent = SQL.template("policies-are-absent")
                .textArray("policies", policies)
                .literal("table", table.toString())
                .literal("names", String.join(", ", policies))
                .fill();
        String drop = dropEach(policies).map(RollbackLog::step).collect(Collectors.joining("\n"));
        return ChangeStep.of(absent, drop, create);
    }

    /** PL/pgSQL that creates the policies of the application role on {@code target} as if that were the table. */
    String createTenantPolicies(String target, String application) {
        return named("create-tenant-policies")
                .fragment("parentAlias", PolicyName.PARENT_ALIAS)
                .literal("rowName", Quoting.identifier(table.table()))
                .literal("target", target)
                .literal("role", Quoting.identifier(application))
                .fragment("tenant", PolicyName.TENANT.sqlName())
                .fragment("floor", PolicyName.FLOOR.sqlName())
                .fragment("floorUpdate", PolicyName.FLOOR_UPDATE.sqlName())
                .fragment("floorDelete", PolicyName.FLOOR_DELETE.sqlName())
                .fill();
    }

    static String createAdminPolicy(String target, String admin) {
        return SQL.template("create-admin-policy")
                .fragment("policy", PolicyName.ADMIN.sqlName())
                .fragment("target", target)
                .identifier("role", admin)
                .fill();
    }

    /** Drops the policies of the application role, and takes the table off the list. */
    ChangeStep dropTenantPolicies() {
        List<String> policies = PolicyName.ofApplication();
        return new ChangeStep(
                named("tenant-policies-may-go")
                        .literal("table", table.toString())
                        .fill(),
                lines(rememberPolicies(policies), named("remember-listing").fill()),
                Stream.concat(
                                dropEach(policies),
                                Stream.of(PlpgsqlBlock.of(named("unlist").fill() + ";")))
                        .toList());
    }

    /** Drops the policy of unscoped work. */
    ChangeStep dropAdminPolicy() {
        String policy = PolicyName.ADMIN.sqlName();
        String check = SQL.template("admin-policy-is-there")
                .literal("policy", policy)
                .literal("table", table.toString())
                .fill();
        return ChangeStep.of(
                check, rememberPolicies(List.of(policy)), "drop policy " + policy + " on " + table.quoted());
    }

    private static String rememberPolicies(List<String> policies) {
        return SQL.template("remember-policies").textArray("policies", policies).fill();
    }

    private Stream<String> dropEach(List<String> policies) {
        return policies.stream().map(policy -> "drop policy if exists " + policy + " on " + table.quoted());
    }

    private SqlTemplate named(String name) {
        return SQL.template(name).literal("schemaName", table.schema()).literal("tableName", table.table());
    }
}
