package dev.boundary.rls;

/** Views. Without {@code security_invoker} a view reads as its owner, under the owner's policies or none. */
final class Views {

    private static final int FIRST_WITH_SECURITY_INVOKER = 150000;

    private Views() {}

    /** Needs {@code rel}. */
    static String guards(TableName view) {
        // What it reads directly; a view below it must have been protected first, and so on down.
        String reads = " from pg_catalog.pg_rewrite w join pg_catalog.pg_depend d on d.objid = w.oid"
                + " and d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass"
                + " and d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass"
                + " join pg_catalog.pg_class c on c.oid = d.refobjid where w.ev_class = rel and c.oid <> rel and ";
        return Guards.raise(
                        "pg_catalog.current_setting('server_version_num')::int < " + FIRST_WITH_SECURITY_INVOKER,
                        "A view cannot be protected before PostgreSQL 15, which brought security_invoker: below it a"
                                + " view reads with its owner's rights",
                        "Grant the application role nothing on " + view
                                + " and let it query the protected tables, or upgrade PostgreSQL.")
                + Guards.owned(view, "view")
                + Guards.raise(
                        "(select relkind from pg_catalog.pg_class where oid = rel) = 'm'",
                        view + " is a materialized view, which holds the rows of all tenants and cannot have"
                                + " row-level security",
                        "Grant the application role nothing on it; let the admin role read it, or put the rows into a"
                                + " protected table.")
                + Guards.raise(Guards.relkind("v"), view + " is not a view", "Use protectTenantTable for a table.")
                + Guards.raise(
                        "exists (select from pg_catalog.pg_rewrite where ev_class = rel and rulename <> '_RETURN')",
                        "View " + view + " has rules, which run with its owner's rights",
                        "Use INSTEAD OF triggers in their place.")
                + Guards.raise(
                        "exists (select" + reads + "c.relkind = 'v' and not coalesce((select option_value::bool from"
                                + " pg_catalog.pg_options_to_table(c.reloptions) where option_name ="
                                + " 'security_invoker'), false) and c.relnamespace <>"
                                + " 'pg_catalog'::pg_catalog.regnamespace)",
                        "View " + view + " reads another view that is not protected",
                        "Protect that view first.")
                + Guards.raise(
                        "exists (select" + reads + "c.relkind in ('m', 'f'))",
                        "View " + view + " reads a materialized view or a foreign table, which hold the rows of all"
                                + " tenants",
                        "Take it out of the view.");
    }

    static Part securityInvoker(TableName view) {
        String remember = """
                insert into boundary.undo_step (change_id, statement)
                select this_change, coalesce(
                  (select pg_catalog.format('alter view %s set (security_invoker = %s)', rel, o.option_value)
                   from pg_catalog.pg_options_to_table(c.reloptions) o where o.option_name = 'security_invoker'),
                  pg_catalog.format('alter view %s reset (security_invoker)', rel))
                from pg_catalog.pg_class c where c.oid = rel;
                """;
        return Part.of("", remember, "alter view " + view.quoted() + " set (security_invoker = true)");
    }
}
