package dev.boundary.rls;

import dev.boundary.rls.internal.sql.Quoting;
import java.util.List;
import java.util.stream.Collectors;

/** PL/pgSQL that stops a change before it has changed anything, with a message that says what to do. */
final class Guards {

    private Guards() {}

    static String raise(String condition, String message, String hint) {
        return """
                if (%s) then
                  raise exception using errcode = '55000',
                    message = %s,
                    hint = %s;
                end if;
                """.formatted(condition, Quoting.literal(message), Quoting.literal(hint));
    }

    static String installed() {
        return raise(
                "pg_catalog.to_regclass('boundary.undo_step') is null",
                "Boundary is not installed in this database",
                "Run installBoundary first, then createBoundaryRoles.");
    }

    /** Needs {@code rel pg_catalog.regclass}. */
    static String ordinaryTable(TableName table) {
        return owned(table, "table")
                + raise(
                        relkind("r"),
                        table + " is not an ordinary table",
                        "Use the change for what it is: protectPartitionedTable for a partitioned table, protectView for"
                                + " a view.")
                + raise(
                        "exists (select from pg_catalog.pg_inherits where inhrelid = rel or inhparent = rel)",
                        table + " inherits from another table or another table inherits from it",
                        "A child can be read past its parent's policies. Protect the partitioned table with"
                                + " protectPartitionedTable, and use partitioning in place of inheritance.");
    }

    /** Needs {@code rel}. */
    static String partitionedTable(TableName table) {
        return owned(table, "table")
                + raise(relkind("p"), table + " is not a partitioned table", "Use protectTenantTable.")
                + raise(
                        "(select relispartition from pg_catalog.pg_class where oid = rel)",
                        table + " is itself a partition",
                        "Protect the table that it is a partition of; its partitions are closed with it.")
                + raise(
                        "exists (select from pg_catalog.pg_partition_tree(rel) t join pg_catalog.pg_class c on c.oid ="
                                + " t.relid where c.relkind = 'f')",
                        table + " has a foreign table as a partition, which cannot have row-level security",
                        "Detach it, or keep it out of reach of the application role yourself.");
    }

    /** It is there and belongs to the migrating role. Needs {@code rel}. */
    static String owned(TableName table, String what) {
        return raise(
                        "rel is null",
                        "There is no " + what + " " + table,
                        "Create it in an earlier change set, or correct the name and schemaName.")
                + raise(
                        "not pg_catalog.pg_has_role(current_user, (select relowner from pg_catalog.pg_class where oid ="
                                + " rel), 'USAGE')",
                        "The migrating role does not own " + table,
                        "Run the migration as its owner: only an owner may do this.");
    }

    static String relkind(String wanted) {
        return "(select relkind from pg_catalog.pg_class where oid = rel) <> '" + wanted + "'";
    }

    static String role(String what, String role) {
        return raise(
                "not exists (select from pg_catalog.pg_roles where rolname = " + Quoting.literal(role) + ")",
                "There is no role \"" + role + "\" (" + what + ")",
                "Run createBoundaryRoles first, or name the role you use.");
    }

    /** Needs {@code rel}. */
    static String roles(RoleNames roles) {
        return harmlessApplication(roles.application()) + role("adminRole", roles.admin());
    }

    /** An application role that bypasses policies would make them void. Needs {@code rel}. */
    static String harmlessApplication(String role) {
        String name = Quoting.literal(role);
        return role("applicationRole", role)
                + raise(
                        "exists (select from pg_catalog.pg_roles where rolname = " + name
                                + " and (rolsuper or rolbypassrls))",
                        "Role \"" + role + "\" is a superuser or has BYPASSRLS, so no policy applies to it",
                        "Let the service connect as a role without them: ALTER ROLE ... NOSUPERUSER NOBYPASSRLS.")
                + raise(
                        "pg_catalog.pg_has_role(" + name
                                + ", (select relowner from pg_catalog.pg_class where oid = rel), 'MEMBER')",
                        "Role \"" + role + "\" owns the table or is a member of its owner, so it can drop the policies",
                        "Let another role own the table, and revoke the membership.");
    }

    /** Needs {@code rel}. */
    static String column(TableName table, String column) {
        return raise(
                "not exists (select from pg_catalog.pg_attribute where attrelid = rel and attname = "
                        + Quoting.literal(column) + " and attnum > 0 and not attisdropped)",
                "Table " + table + " has no column \"" + column + "\"",
                "Add it in an earlier change set, or correct the name of the column.");
    }

    /** The tenant column's type, seen through domains, is that of the installed function. Needs {@code rel}. */
    static String tenantColumn(TableName table, String column) {
        return column(table, column)
                + """
                declare
                  column_type pg_catalog.oid := (
                    with recursive base(oid, typtype, typbasetype) as (
                      select t.oid, t.typtype, t.typbasetype from pg_catalog.pg_type t
                      join pg_catalog.pg_attribute a on a.atttypid = t.oid
                      where a.attrelid = rel and a.attname = %1$s
                      union all
                      select t.oid, t.typtype, t.typbasetype from pg_catalog.pg_type t join base b on t.oid = b.typbasetype
                      where b.typtype = 'd')
                    select oid from base where typtype <> 'd');
                  key_type text := (select tenant_key_type from boundary.installation);
                begin
                  if column_type <> key_type::pg_catalog.regtype
                      and not (key_type = 'text' and column_type = 'pg_catalog.varchar'::pg_catalog.regtype) then
                    raise exception using errcode = '42804',
                      message = pg_catalog.format(%2$s, pg_catalog.format_type(column_type, null), key_type),
                      hint = 'Give the column the type of the tenant key. Only uuid, bigint, integer and text have an equality '
                        'operator that is leakproof, without which no index is used under row-level security.';
                  end if;
                end;
                """.formatted(
                                Quoting.literal(column),
                                Quoting.literal(("Column \"" + column + "\" of " + table).replace("%", "%%")
                                        + " is of type %s, and Boundary is installed for tenant keys of type %s"));
    }

    static String noRowWithoutTenant(TableName table, String column) {
        return raise(
                "case when (select attnotnull from pg_catalog.pg_attribute where attrelid = rel and attname = "
                        + Quoting.literal(column) + ") then false else exists (select from " + table.quoted()
                        + " where "
                        + Quoting.identifier(column) + " is null) end",
                "Table " + table + " has rows without a tenant: \"" + column + "\" is null",
                "Fill them in first, or use protectMixedTable if such rows are shared by all tenants.");
    }

    static String foreignKeyColumns(TableName table, List<String> columns) {
        return columns.stream()
                .map(column -> column(table, column) + noRowWithoutTenant(table, column))
                .collect(Collectors.joining());
    }

    /** Needs {@code rel}. */
    static String nullable(TableName table, String column) {
        return raise(
                "(select attnotnull from pg_catalog.pg_attribute where attrelid = rel and attname = "
                        + Quoting.literal(column) + ")",
                "Column \"" + column + "\" of " + table + " is NOT NULL, so no row can be shared",
                "Use protectTenantTable, or drop the constraint.");
    }

    static String unprotected(TableName table) {
        return raise(
                "exists (select from boundary.protected_table where schema_name = " + Quoting.literal(table.schema())
                        + " and table_name = " + Quoting.literal(table.table()) + ")",
                "Table " + table + " is protected already",
                "Roll the earlier change back first; boundary.applied_change lists it.");
    }
}
