-- What lets the connected role see more than one tenant's rows.

-- name: open-tables
-- Protected tables on which nothing restricts the role: no row-level security, or a policy that shows it every row.
select pg_catalog.quote_ident(t.schema_name) || '.' || pg_catalog.quote_ident(t.table_name), c.relrowsecurity
from boundary.protected_table t
join pg_catalog.pg_namespace n on n.nspname = t.schema_name
join pg_catalog.pg_class c on c.relnamespace = n.oid and c.relname = t.table_name
where pg_catalog.has_table_privilege(c.oid, 'SELECT')
  and (not c.relrowsecurity
    or exists (select from pg_catalog.pg_policy p
        where p.polrelid = c.oid and p.polpermissive
          and pg_catalog.pg_get_expr(p.polqual, p.polrelid) = 'true'
          and exists (select from pg_catalog.unnest(p.polroles) r
            where r = 0 or pg_catalog.pg_has_role(current_user, r, 'MEMBER')))
      and not exists (select from pg_catalog.pg_policy f
        where f.polrelid = c.oid and not f.polpermissive
          and exists (select from pg_catalog.unnest(f.polroles) r
            where r = 0 or pg_catalog.pg_has_role(current_user, r, 'USAGE'))))
order by 1
