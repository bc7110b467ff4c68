package dev.boundary.rls;

import dev.boundary.rls.internal.sql.Quoting;
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
 */
public record CreateBoundaryRoles(RoleNames roles, String schema) implements RlsChange {

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
        String guards = Guards.installed()
                + Guards.raise(
                        "pg_catalog.to_regnamespace(" + Quoting.literal(Quoting.identifier(schema)) + ") is null",
                        "There is no schema " + schema,
                        "Create it in an earlier change set, or correct schemaName.");
        return List.of(
                PlpgsqlBlock.of(
                        "this_change bigint;",
                        guards
                                + Undo.begin(this)
                                + create("ownerRole", roles.owner())
                                + create("applicationRole", roles.application())
                                + create("adminRole", roles.admin())
                                + harmless("applicationRole", roles.application())
                                + harmless("adminRole", roles.admin())
                                + noMember(roles.application(), roles.owner())
                                + noMember(roles.application(), roles.admin())
                                + noMember(roles.admin(), roles.owner())),
                PlpgsqlBlock.of(
                        """
                        this_change bigint := (select max(id) from boundary.applied_change where change = %s and object = %s);
                        entry record;
                        """.formatted(Quoting.literal(name()), Quoting.literal(object())),
                        schemaGrants()
                                + defaultPrivileges()
                                + rememberBoundaryGrants(roles.owner())
                                + rememberBoundaryGrants(roles.application())
                                + rememberBoundaryGrants(roles.admin())),
                "grant usage on schema boundary to " + workers(),
                "grant select on table boundary.installation, boundary.protected_table to " + workers(),
                "grant execute on function boundary.current_tenant_id(), boundary.raise_tenant_not_set() to "
                        + workers(),
                PlpgsqlBlock.of("", """
                        if not pg_catalog.pg_has_role(%1$s, (select nspowner from pg_catalog.pg_namespace where nspname = 'boundary'), 'USAGE') then
                          grant usage on schema boundary to %2$s;
                          grant select, insert, update, delete on all tables in schema boundary to %2$s;
                          grant execute on all functions in schema boundary to %2$s;
                        end if;
                        """.formatted(Quoting.literal(roles.owner()), Quoting.identifier(roles.owner()))));
    }

    private String workers() {
        return Quoting.identifier(roles.application()) + ", " + Quoting.identifier(roles.admin());
    }

    /** Missing and may create it: do. Missing and may not: say which statement someone else must run. */
    private static String create(String what, String role) {
        String name = Quoting.identifier(role);
        String statement = "create role " + name + " login nosuperuser nobypassrls nocreatedb nocreaterole";
        return """
                if not exists (select from pg_catalog.pg_roles where rolname = %1$s) then
                  if not (select rolsuper or rolcreaterole from pg_catalog.pg_roles where rolname = current_user) then
                    raise exception using errcode = '42501',
                      message = %2$s,
                      hint = %3$s;
                  end if;
                  %4$s;
                  insert into boundary.undo_step (change_id, statement) values (this_change, %5$s);
                end if;
                """.formatted(
                        Quoting.literal(role),
                        Quoting.literal("There is no role \"" + role + "\" (" + what
                                + "), and the migrating role may not create it"),
                        Quoting.literal("Have it created by an administrator: " + statement),
                        statement,
                        Quoting.literal("drop role " + name));
    }

    private static String harmless(String what, String role) {
        return Guards.raise(
                "exists (select from pg_catalog.pg_roles where rolname = " + Quoting.literal(role)
                        + " and (rolsuper or rolbypassrls))",
                "Role \"" + role + "\" (" + what + ") is a superuser or has BYPASSRLS, so no policy applies to it",
                "Run: alter role " + Quoting.identifier(role) + " nosuperuser nobypassrls");
    }

    private static String noMember(String member, String role) {
        return Guards.raise(
                "pg_catalog.pg_has_role(" + Quoting.literal(member) + ", " + Quoting.literal(role) + ", 'MEMBER')",
                "Role \"" + member + "\" is a member of \"" + role + "\" and can do what only that role may",
                "Run: revoke " + Quoting.identifier(role) + " from " + Quoting.identifier(member));
    }

    /** Only the first of several applications (one for each schema) takes the grants on schema boundary back. */
    private static String rememberBoundaryGrants(String role) {
        String name = Quoting.identifier(role);
        return """
                if not pg_catalog.has_schema_privilege(%1$s, 'boundary', 'USAGE') then
                  insert into boundary.undo_step (change_id, statement) values (this_change, %2$s), (this_change, %3$s),
                    (this_change, %4$s);
                end if;
                """.formatted(
                        Quoting.literal(role),
                        Quoting.literal("revoke all on schema boundary from " + name),
                        Quoting.literal("revoke all on all functions in schema boundary from " + name),
                        Quoting.literal("revoke all on all tables in schema boundary from " + name));
    }

    /** USAGE for the workers, CREATE for nobody but the owner. */
    private String schemaGrants() {
        return """
                insert into boundary.undo_step (change_id, statement)
                select this_change, pg_catalog.format('grant %%s on schema %%I to %%s%%s', pg_catalog.string_agg(a.privilege_type, ', ' order by a.privilege_type),
                  n.nspname, coalesce(pg_catalog.quote_ident(r.rolname), 'public'),
                  case when a.is_grantable then ' with grant option' else '' end)
                from pg_catalog.pg_namespace n cross join pg_catalog.aclexplode(n.nspacl) a
                left join pg_catalog.pg_roles r on r.oid = a.grantee
                where n.nspname = %1$s and a.grantor = n.nspowner and (a.grantee = 0 or r.rolname in (%2$s, %3$s))
                group by n.nspname, r.rolname, a.is_grantable;
                insert into boundary.undo_step (change_id, statement) values
                  (this_change, %6$s);
                grant usage on schema %4$s to %5$s;
                revoke create on schema %4$s from public, %5$s;
                for entry in select r from pg_catalog.unnest(array[%2$s, %3$s]::pg_catalog.text[]) r
                    where not pg_catalog.has_schema_privilege(r, %1$s, 'USAGE') loop
                  raise warning using
                    message = pg_catalog.format('Role "%%s" has no USAGE on schema %%s, and the migrating role cannot grant it', entry.r, %1$s),
                    hint = pg_catalog.format('Have the schema''s owner run: grant usage on schema %%I to %%I', %1$s, entry.r);
                end loop;
                if pg_catalog.has_schema_privilege(%2$s, %1$s, 'CREATE') then
                  raise warning using message = %7$s, hint = %8$s;
                end if;
                """.formatted(
                Quoting.literal(schema),
                Quoting.literal(roles.application()),
                Quoting.literal(roles.admin()),
                Quoting.identifier(schema),
                workers(),
                Quoting.literal("revoke all on schema " + Quoting.identifier(schema) + " from public, " + workers()),
                Quoting.literal("Role \"" + roles.application() + "\" can create objects in schema " + schema
                        + ", and the migrating role cannot take that away"),
                Quoting.literal("Have the schema's owner run: revoke create on schema " + Quoting.identifier(schema)
                        + " from public"));
    }

    /** A future table must not be open before it is protected. */
    private String defaultPrivileges() {
        return """
                for entry in
                    select pg_catalog.format('alter default privileges for role %%I%%s ', o.rolname,
                        case when d.defaclnamespace = 0 then '' else pg_catalog.format(' in schema %%I', n.nspname) end) as target,
                      pg_catalog.string_agg(a.privilege_type, ', ' order by a.privilege_type) as privileges,
                      coalesce(pg_catalog.quote_ident(g.rolname), 'public') as grantee, a.is_grantable,
                      pg_catalog.pg_has_role(current_user, o.oid, 'USAGE') as may
                    from pg_catalog.pg_default_acl d cross join pg_catalog.aclexplode(d.defaclacl) a
                    join pg_catalog.pg_roles o on o.oid = d.defaclrole
                    left join pg_catalog.pg_namespace n on n.oid = d.defaclnamespace
                    left join pg_catalog.pg_roles g on g.oid = a.grantee
                    where d.defaclobjtype = 'r' and (d.defaclnamespace = 0 or n.nspname = %1$s)
                      and (a.grantee = 0 or g.rolname = %2$s)
                    group by o.rolname, o.oid, d.defaclnamespace, n.nspname, g.rolname, a.is_grantable
                loop
                  if not entry.may then
                    raise warning using
                      message = pg_catalog.format('Default privileges open future tables to %%s: %%s', entry.grantee, entry.privileges),
                      hint = pg_catalog.format('Have it run by an administrator: %%srevoke all on tables from %%s', entry.target, entry.grantee);
                    continue;
                  end if;
                  insert into boundary.undo_step (change_id, statement) values (this_change,
                    pg_catalog.format('%%sgrant %%s on tables to %%s%%s', entry.target, entry.privileges, entry.grantee,
                      case when entry.is_grantable then ' with grant option' else '' end));
                  execute pg_catalog.format('%%srevoke all on tables from %%s', entry.target, entry.grantee);
                end loop;
                """.formatted(Quoting.literal(schema), Quoting.literal(roles.application()));
    }

    @Override
    public List<String> rollback() {
        return Undo.restore(this);
    }

    @Override
    public String confirmation() {
        return "Roles " + roles.owner() + ", " + roles.application() + " and " + roles.admin()
                + " are there and kept apart";
    }
}
