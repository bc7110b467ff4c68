-- What a value of a type requires.

-- name: type
select pg_catalog.format_type(t.oid, ?), t.typname,
  case t.typtype when 'e' then 'ENUM' when 'd' then 'DOMAIN' when 'r' then 'RANGE' when 'm' then 'MULTIRANGE'
    when 'c' then 'COMPOSITE'
    else case when t.typcategory = 'A' and t.typlen = -1 and t.typelem <> 0 then 'ARRAY' else 'BASE' end end,
  t.typelem, t.typbasetype, t.typtypmod, t.typrelid,
  (select pg_catalog.array_agg(e.enumlabel::pg_catalog.text order by e.enumsortorder)
   from pg_catalog.pg_enum e where e.enumtypid = t.oid),
  (select pg_catalog.array_agg(pg_catalog.pg_get_expr(c.conbin, 0) order by c.conname)
   from pg_catalog.pg_constraint c where c.contypid = t.oid and c.contype = 'c'),
  (select r.rngsubtype from pg_catalog.pg_range r where t.oid in (r.rngtypid, r.rngmultitypid))
from pg_catalog.pg_type t
where t.oid = ?

-- name: fields
select attname, atttypid, atttypmod
from pg_catalog.pg_attribute
where attrelid = ? and attnum > 0 and not attisdropped
order by attnum
