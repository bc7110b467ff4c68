-- What row-level security depends on, one query for each part of the catalog, however many objects there are. They run
-- with nothing but pg_catalog on the search path, so PostgreSQL prints every other name with its schema. A list of
-- grants has "grantee:privilege" for each; grantee 0 is PUBLIC.

-- name: server
-- Parameter: the session variable. The last column says whether Boundary is installed and the role can read how.
select current_setting('server_version_num')::int, current_setting('server_version'), current_database()::text,
  current_user::text, current_setting(?, true), (select count(*) from pg_largeobject_metadata),
  coalesce((select p.oid from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname = 'boundary' and p.proname = 'current_tenant_id' and p.pronargs = 0), 0),
  coalesce((select has_schema_privilege(n.oid, 'USAGE')
      and (select count(*) = 2 and bool_and(has_table_privilege(c.oid, 'SELECT')) from pg_class c
        where c.relnamespace = n.oid and c.relname in ('installation', 'protected_table'))
    from pg_namespace n where n.nspname = 'boundary'), false)

-- name: roles
select oid, rolname, quote_ident(rolname), rolsuper, rolbypassrls from pg_roles

-- name: memberships
select roleid, member from pg_auth_members

-- name: relations
-- Boundary's own schema is examined apart.
select c.oid, n.nspname, c.relname, quote_ident(n.nspname) || '.' || quote_ident(c.relname), c.relkind,
  c.relowner, c.relrowsecurity, c.relforcerowsecurity, c.relispartition,
  exists (select from pg_depend x where x.classid = 'pg_class'::regclass and x.objid = c.oid and x.deptype = 'e'),
  coalesce(array_to_string(c.reloptions, ','), ''),
  array(select a.grantee || ':' || a.privilege_type from aclexplode(c.relacl) a)
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'p', 'v', 'm', 'f', 'S') and c.relpersistence <> 't'
  and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'boundary')
order by n.nspname, c.relname

-- name: columns
-- A domain counts as its base type.
with recursive base(type, oid) as (
  select t.oid, t.oid from pg_type t
  union all
  select b.type, t.typbasetype from base b join pg_type t on t.oid = b.oid where t.typtype = 'd'),
bottom as (select b.type, b.oid from base b join pg_type t on t.oid = b.oid where t.typtype <> 'd'),
leakproof as (
  select o.oprleft as type from pg_operator o join pg_proc p on p.oid = o.oprcode
  where o.oprname = '=' and o.oprleft = o.oprright and p.proleakproof
    and o.oprnamespace = 'pg_catalog'::regnamespace)
select a.attrelid, a.attnum, a.attname, quote_ident(a.attname), format_type(a.atttypid, null),
  format_type(b.oid, null),
  (case when b.oid = 'varchar'::regtype then 'text'::regtype else b.oid end) in (select type from leakproof),
  coalesce((select l.collisdeterministic from pg_collation l where l.oid = a.attcollation), true),
  a.attnotnull,
  a.attidentity <> '' or coalesce(pg_get_expr(d.adbin, d.adrelid), '') like 'nextval(%',
  array(select g.grantee || ':' || g.privilege_type from aclexplode(a.attacl) g)
from pg_attribute a
join pg_class c on c.oid = a.attrelid
join pg_namespace n on n.oid = c.relnamespace
join bottom b on b.type = a.atttypid
left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
where a.attnum > 0 and not a.attisdropped and c.relkind in ('r', 'p', 'f', 'v', 'm')
  and c.relpersistence <> 't' and (not c.relispartition or a.attacl is not null)
  and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'boundary')
order by a.attrelid, a.attnum

-- name: policies
select p.polrelid, p.polname, quote_ident(p.polname), p.polcmd, p.polpermissive, p.polroles::text[],
  pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid),
  array(select distinct d.refobjid::text from pg_depend d where d.classid = 'pg_policy'::regclass
    and d.objid = p.oid and d.refclassid = 'pg_proc'::regclass),
  array(select distinct d.refobjid::text from pg_depend d where d.classid = 'pg_policy'::regclass
    and d.objid = p.oid and d.refclassid = 'pg_class'::regclass and d.refobjid <> p.polrelid)
from pg_policy p
order by p.polrelid, p.polname

-- name: indexes
with strong as (
  select distinct f.amopfamily from pg_amop f
  join pg_operator o on o.oid = f.amopopr join pg_proc p on p.oid = o.oprcode where p.proleakproof)
select i.indexrelid, i.indrelid, quote_ident(n.nspname) || '.' || quote_ident(c.relname), m.amname,
  i.indisunique, i.indisprimary, i.indisexclusion, i.indisvalid and i.indisready, i.indpred is not null,
  (i.indkey::int2[])[0:i.indnkeyatts - 1]::text[],
  array(select (k.position - 1)::text from unnest(i.indclass::oid[]) with ordinality k(class, position)
    join pg_opclass oc on oc.oid = k.class where oc.opcfamily not in (select amopfamily from strong)),
  array(select oc.opcname::text from unnest(i.indclass::oid[]) with ordinality k(class, position)
    join pg_opclass oc on oc.oid = k.class order by k.position),
  pg_get_indexdef(i.indexrelid),
  (select quote_ident(k.conname) from pg_constraint k
    where k.conindid = i.indexrelid and k.conrelid = i.indrelid and k.contype in ('p', 'u', 'x'))
from pg_index i
join pg_class c on c.oid = i.indexrelid
join pg_am m on m.oid = c.relam
join pg_class t on t.oid = i.indrelid
join pg_namespace n on n.oid = t.relnamespace
where t.relkind in ('r', 'p') and not t.relispartition and t.relpersistence <> 't'
  and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'boundary')
order by i.indrelid, c.relname

-- name: foreign-keys
-- Without the copies that partitions inherit.
select k.conrelid, k.confrelid, k.conname, quote_ident(k.conname), k.conkey::text[], k.confkey::text[],
  array(select case when s.nspname = 'pg_catalog' then o.oprname::text
      else 'OPERATOR(' || quote_ident(s.nspname) || '.' || o.oprname || ')' end
    from unnest(k.conpfeqop) with ordinality e(equal, position)
    join pg_operator o on o.oid = e.equal join pg_namespace s on s.oid = o.oprnamespace order by e.position),
  k.confdeltype, k.confupdtype, pg_get_constraintdef(k.oid)
from pg_constraint k where k.contype = 'f' and k.conparentid = 0
order by k.conrelid, k.conname

-- name: inheritance
select inhrelid, inhparent from pg_inherits order by 1, 2

-- name: readers
select distinct r.ev_class, d.refobjid
from pg_rewrite r
join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.objid = r.oid
where d.refclassid = 'pg_class'::regclass and d.refobjid <> r.ev_class and r.rulename = '_RETURN'
  and r.ev_class >= 16384 and d.refobjid >= 16384

-- name: routines
select p.oid, p.oid::regprocedure::text, p.proowner, p.prosecdef, p.proleakproof, p.prosqlbody is not null,
  case when p.prosqlbody is null then p.prosrc else pg_get_function_sqlbody(p.oid) end, l.lanname,
  p.provolatile, p.proparallel,
  exists (select from pg_depend x where x.classid = 'pg_proc'::regclass and x.objid = p.oid and x.deptype = 'e'),
  coalesce(p.proconfig, '{}'),
  array(select a.grantee || ':' || a.privilege_type
    from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a)
from pg_proc p
join pg_namespace n on n.oid = p.pronamespace
join pg_language l on l.oid = p.prolang
where n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and p.prokind <> 'a'
order by 2

-- name: triggers
select t.tgrelid, quote_ident(t.tgname), t.tgfoid, t.tgenabled, t.tgisinternal
from pg_trigger t
where (not t.tgisinternal or t.tgenabled = 'D') and t.tgparentid = 0
order by t.tgrelid, t.tgname

-- name: rewrite-rules
select r.ev_class, quote_ident(r.rulename), pg_get_ruledef(r.oid)
from pg_rewrite r where r.rulename <> '_RETURN' and r.ev_class >= 16384
order by r.ev_class, r.rulename

-- name: schemas
select n.nspname, quote_ident(n.nspname), n.nspowner,
  array(select a.grantee || ':' || a.privilege_type
    from aclexplode(coalesce(n.nspacl, acldefault('n', n.nspowner))) a)
from pg_namespace n where n.nspname !~ '^pg_' and n.nspname <> 'information_schema' order by 1

-- name: database-grants
select a.grantee || ':' || a.privilege_type
from pg_database d cross join aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a
where d.datname = current_database()

-- name: default-privileges
select d.defaclrole, quote_ident(n.nspname),
  array(select a.grantee || ':' || a.privilege_type from aclexplode(d.defaclacl) a)
from pg_default_acl d left join pg_namespace n on n.oid = d.defaclnamespace
where d.defaclobjtype = 'r' order by 1, 2

-- name: settings
select s.setrole, s.setdatabase = 0, split_part(c.entry, '=', 1), substr(c.entry, strpos(c.entry, '=') + 1)
from pg_db_role_setting s cross join unnest(s.setconfig) c(entry)
where s.setdatabase in (0, (select oid from pg_database where datname = current_database()))
order by 1, 2, 3

-- name: parameter-grants
-- From PostgreSQL 15 on.
select p.parname, a.grantee || ':' || a.privilege_type
from pg_parameter_acl p cross join aclexplode(p.paracl) a order by 1, 2

-- name: publications
select quote_ident(p.pubname), 0::oid, false, false from pg_publication p where p.puballtables
union all
select quote_ident(p.pubname), r.prrelid, r.prqual is not null, true
from pg_publication p join pg_publication_rel r on r.prpubid = p.oid
union all
select quote_ident(p.pubname), c.oid, false, false
from pg_publication p join pg_publication_namespace s on s.pnpubid = p.oid
join pg_class c on c.relnamespace = s.pnnspid and c.relkind in ('r', 'p')
order by 1, 2

-- name: publications-14
-- PostgreSQL 14 publishes neither schemas nor some rows only.
select quote_ident(p.pubname), 0::oid, false, false from pg_publication p where p.puballtables
union all
select quote_ident(p.pubname), r.prrelid, false, true
from pg_publication p join pg_publication_rel r on r.prpubid = p.oid
order by 1, 2
