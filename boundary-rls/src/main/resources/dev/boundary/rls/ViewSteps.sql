-- Only what a view reads directly is checked: a view below it must have been protected first, and so on down.

-- name: server-has-security-invoker
if pg_catalog.current_setting('server_version_num')::int < 150000 then
  raise exception using errcode = '55000',
    message = 'A view cannot be protected before PostgreSQL 15, which brought security_invoker: below it a view reads with its owner''s rights',
    hint = 'Grant the application role nothing on ' || ${view} || ' and let it query the protected tables, or upgrade PostgreSQL.';
end if;

-- name: can-be-protected
if (select relkind from pg_catalog.pg_class where oid = rel) = 'm' then
  raise exception using errcode = '55000',
    message = ${view} || ' is a materialized view, which holds the rows of all tenants and cannot have row-level security',
    hint = 'Grant the application role nothing on it; let the admin role read it, or put the rows into a protected table.';
end if;
if (select relkind from pg_catalog.pg_class where oid = rel) <> 'v' then
  raise exception using errcode = '55000',
    message = ${view} || ' is not a view',
    hint = 'Use protectTenantTable for a table.';
end if;
if exists (select from pg_catalog.pg_rewrite where ev_class = rel and rulename <> '_RETURN') then
  raise exception using errcode = '55000',
    message = 'View ' || ${view} || ' has rules, which run with its owner''s rights',
    hint = 'Use INSTEAD OF triggers in their place.';
end if;
if exists (
    select from pg_catalog.pg_rewrite w
    join pg_catalog.pg_depend d on d.objid = w.oid and d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass
      and d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
    join pg_catalog.pg_class c on c.oid = d.refobjid
    where w.ev_class = rel and c.oid <> rel and c.relkind = 'v'
      and not coalesce((select option_value::bool from pg_catalog.pg_options_to_table(c.reloptions)
        where option_name = 'security_invoker'), false)
      and c.relnamespace <> 'pg_catalog'::pg_catalog.regnamespace) then
  raise exception using errcode = '55000',
    message = 'View ' || ${view} || ' reads another view that is not protected',
    hint = 'Protect that view first.';
end if;
if exists (
    select from pg_catalog.pg_rewrite w
    join pg_catalog.pg_depend d on d.objid = w.oid and d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass
      and d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
    join pg_catalog.pg_class c on c.oid = d.refobjid
    where w.ev_class = rel and c.oid <> rel and c.relkind in ('m', 'f')) then
  raise exception using errcode = '55000',
    message = 'View ' || ${view} || ' reads a materialized view or a foreign table, which hold the rows of all tenants',
    hint = 'Take it out of the view.';
end if;

-- name: remember-security-invoker
insert into boundary.undo_step (change_id, statement)
select this_change, coalesce(
  (select pg_catalog.format('alter view %s set (security_invoker = %s)', rel, o.option_value)
   from pg_catalog.pg_options_to_table(c.reloptions) o where o.option_name = 'security_invoker'),
  pg_catalog.format('alter view %s reset (security_invoker)', rel))
from pg_catalog.pg_class c where c.oid = rel;
