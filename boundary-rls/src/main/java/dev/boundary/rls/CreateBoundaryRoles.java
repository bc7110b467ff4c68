package dev.boundary.rls;

import static dev.boundary.rls.PlpgsqlBlock.lines;

import dev.boundary.rls.internal.sql.Quoting;
import dev.boundary.rls.internal.sql.SqlFile;
import java.util.List;

/**
 * Creates the three roles where they are missing and the migrating role may, verifies those that are there, and gives
 * them what they need on schema {@code boundary} and on one schema of the service. Default privileges that would open
 * future tables to the application role or to PUBLIC are taken away.
 *
 * <p>Roles are created with LOGIN and without a password, with which nobody can log in by password; set it outside of
 * the change log.
 *
 * @param roles their names
 * @param schema the schema with the service's tables
 * @since 0.1
 */
public record CreateBoundaryRoles(RoleNames roles, String schema) implements RlsChange {

    private static final SqlFile SQL = SqlFile.of(CreateBoundaryRoles.class);

    /** Checks the schema's name. */
    public CreateBoundaryRoles {
        Quoting.checkIdentifier("schema", schema);
    }

    @Override
    public String name() {
        return "createBoundaryRoles";
    }

    @Override
    public String object() {
        return schema + ": " + roles.owner() + ", " + roles.application() + ", " + roles.admin();
    }

    @Override
    public List<String> apply() {
        return List.of(
                createRoles(),
                grantOnSchema(),
                toWorkers("grant-usage"),
                toWorkers("grant-select"),
                toWorkers("grant-execute"),
                PlpgsqlBlock.of(SQL.template("grant-to-owner")
                        .literal("role", roles.owner())
                        .identifier("owner", roles.owner())
                        .fill()));
    }

    private String createRoles() {
        String schemaIsThere = SQL.template("schema-is-there")
                .literal("quotedSchema", Quoting.identifier(schema))
                .literal("schema", schema)
                .fill();
        String body = lines(
                Guards.installed(),
                schemaIsThere,
                RollbackLog.of(this).begin(),
                createIfMissing("ownerRole", roles.owner()),
                createIfMissing("applicationRole", roles.application()),
                createIfMissing("adminRole", roles.admin()),
                isSubjectToPolicies("applicationRole", roles.application()),
                isSubjectToPolicies("adminRole", roles.admin()),
                isNoMember(roles.application(), roles.owner()),
                isNoMember(roles.application(), roles.admin()),
                isNoMember(roles.admin(), roles.owner()));
        return new PlpgsqlBlock("this_change bigint;", body).sql();
    }

    private String grantOnSchema() {
        String declarations = SQL.template("grant-declarations")
                .fragment("thisChange", RollbackLog.of(this).declareNewest())
                .fill();
        String body = lines(
                schemaGrants(),
                revokeDefaultPrivileges(),
                rememberBoundaryGrants(roles.owner()),
                rememberBoundaryGrants(roles.application()),
                rememberBoundaryGrants(roles.admin()));
        return new PlpgsqlBlock(declarations, body).sql();
    }

    private String toWorkers(String template) {
        return SQL.template(template).fragment("workers", workers()).fill();
    }

    private String workers() {
        return Quoting.identifiers(List.of(roles.application(), roles.admin()));
    }

    /** Creates a missing role if the migrating role may; if not, the error has the statement for an administrator. */
    private static String createIfMissing(String attribute, String role) {
        String create = SQL.template("create-role").identifier("role", role).fill();
        return SQL.template("create-if-missing")
                .literal("role", role)
                .literal("attribute", attribute)
                .literal("statement", create)
                .fragment("create", create)
                .literal("drop", "drop role " + Quoting.identifier(role))
                .fill();
    }

    private static String isSubjectToPolicies(String attribute, String role) {
        return SQL.template("is-subject-to-policies")
                .literal("role", role)
                .literal("attribute", attribute)
                .literal("quotedRole", Quoting.identifier(role))
                .fill();
    }

    private static String isNoMember(String member, String role) {
        return SQL.template("is-no-member")
                .literal("member", member)
                .literal("role", role)
                .literal("quotedRole", Quoting.identifier(role))
                .literal("quotedMember", Quoting.identifier(member))
                .fill();
    }

    /** Only the first of several applications (one for each schema) takes the grants on schema boundary back. */
    private static String rememberBoundaryGrants(String role) {
        return SQL.template("remember-boundary-grants")
                .literal("role", role)
                .literal("quotedRole", Quoting.identifier(role))
                .fill();
    }

    /** USAGE for the workers, CREATE for nobody but the owner. */
    private String schemaGrants() {
        String quoted = Quoting.identifier(schema);
        return SQL.template("grant-on-schema")
                .literal("schema", schema)
                .literal("application", roles.application())
                .literal("admin", roles.admin())
                .fragment("quotedSchema", quoted)
                .fragment("workers", workers())
                .literal("revokeAll", "revoke all on schema " + quoted + " from public, " + workers())
                .literal("revokeCreate", "revoke create on schema " + quoted + " from public")
                .fill();
    }

    /** A future table must not be open before it is protected. */
    private String revokeDefaultPrivileges() {
        return SQL.template("revoke-default-privileges")
                .literal("schema", schema)
                .literal("application", roles.application())
                .fill();
    }

    @Override
    public List<String> rollback() {
        return RollbackLog.of(this).restore();
    }

    @Override
    public String confirmation() {
        return "Roles " + roles.owner() + ", " + roles.application() + " and " + roles.admin()
                + " are there and kept apart";
    }
}
