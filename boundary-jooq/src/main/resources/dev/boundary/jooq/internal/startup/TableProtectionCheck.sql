-- How the database protects one table, view or function for the connected role.

-- name: table
-- For each command the role needs a restrictive policy (the floor): permissive ones alone can be widened by one more.
-- polroles holds 0 for PUBLIC.
select c.oid is not null, c.relrowsecurity, c.relforcerowsecurity,
  (select pg_catalog.string_agg(command.name, ', ' order by command.name)
   from (values ('r', 'SELECT'), ('a', 'INSERT'), ('w', 'UPDATE'), ('d', 'DELETE')) command (code, name)
   where not exists (
     select from pg_catalog.pg_policy p
     where p.polrelid = c.oid and not p.polpermissive and p.polcmd::text in ('*', command.code)
       and exists (select from pg_catalog.unnest(p.polroles) r
                   where r = 0 or pg_catalog.pg_has_role(r, 'USAGE'))))
from (select pg_catalog.to_regclass(?) as oid) t
left join pg_catalog.pg_class c on c.oid = t.oid

-- name: not-deterministic
-- Columns whose collation takes different texts for equal; a domain may have given it to them.
select pg_catalog.string_agg(pg_catalog.quote_ident(a.attname), ', ' order by a.attnum)
from pg_catalog.pg_attribute a join pg_catalog.pg_collation c on c.oid = a.attcollation
where a.attrelid = pg_catalog.to_regclass(?) and not c.collisdeterministic
  and a.attname::pg_catalog.text = any (?::pg_catalog.text[])

-- name: is-view
select relkind = 'v' from pg_catalog.pg_class where oid = pg_catalog.to_regclass(?)

-- name: view
-- A view is as safe as the tables below it, if it reads them with the rights of whoever queries it.
with recursive below (oid) as (
  select pg_catalog.to_regclass(?)::oid
  union
  select d.refobjid from below b
  join pg_catalog.pg_rewrite w on w.ev_class = b.oid
  join pg_catalog.pg_depend d on d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass and d.objid = w.oid
    and d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass and d.refobjid <> b.oid)
select
  coalesce(bool_or(c.relkind = 'v' and not exists (
    select from pg_catalog.unnest(c.reloptions) option
    where option ~* '^security_invoker=(on|true|yes|1)$')), true),
  coalesce(bool_or(c.relrowsecurity and c.relforcerowsecurity), false)
from below b join pg_catalog.pg_class c on c.oid = b.oid

-- name: function
select pg_catalog.count(*), pg_catalog.bool_or(p.prosecdef)
from pg_catalog.pg_proc p
where p.proname = ?
  and coalesce(p.pronamespace = pg_catalog.to_regnamespace(?)::oid, pg_catalog.pg_function_is_visible(p.oid))
