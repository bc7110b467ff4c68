-- What roles may do with the table rel. The sequences are those behind serial and identity columns: inserting needs no
-- grant on the latter, but taking keys beforehand does.

-- name: owned-sequences
select c.oid, pg_catalog.format('%I.%I', n.nspname, c.relname) as name from pg_catalog.pg_depend d
join pg_catalog.pg_class c on c.oid = d.objid and c.relkind = 'S'
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where d.refobjid = rel and d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
  and d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass and d.deptype in ('a', 'i')

-- name: remember
insert into boundary.undo_step (change_id, statement)
select this_change, pg_catalog.format('grant %s on table %s to %s%s',
  pg_catalog.string_agg(a.privilege_type, ', ' order by a.privilege_type), rel,
  coalesce(pg_catalog.quote_ident(r.rolname), 'public'),
  case when a.is_grantable then ' with grant option' else '' end)
from pg_catalog.pg_class c cross join pg_catalog.aclexplode(c.relacl) a
left join pg_catalog.pg_roles r on r.oid = a.grantee
where c.oid = rel and a.grantor = c.relowner and (a.grantee = 0 or r.rolname = any (${roles}))
group by r.rolname, a.is_grantable;
insert into boundary.undo_step (change_id, statement)
select this_change, pg_catalog.format('grant %s (%I) on table %s to %s%s',
  a.privilege_type, t.attname, rel, coalesce(pg_catalog.quote_ident(r.rolname), 'public'),
  case when a.is_grantable then ' with grant option' else '' end)
from pg_catalog.pg_class c join pg_catalog.pg_attribute t on t.attrelid = c.oid
cross join pg_catalog.aclexplode(t.attacl) a
left join pg_catalog.pg_roles r on r.oid = a.grantee
where c.oid = rel and a.grantor = c.relowner and (a.grantee = 0 or r.rolname = any (${roles}));
insert into boundary.undo_step (change_id, statement)
select this_change, pg_catalog.format('grant %s on sequence %s to %s%s',
  pg_catalog.string_agg(a.privilege_type, ', ' order by a.privilege_type), s.name, coalesce(pg_catalog.quote_ident(r.rolname), 'public'),
  case when a.is_grantable then ' with grant option' else '' end)
from (
  ${ownedSequences}
) s join pg_catalog.pg_class c on c.oid = s.oid cross join pg_catalog.aclexplode(c.relacl) a
left join pg_catalog.pg_roles r on r.oid = a.grantee
where a.grantor = c.relowner and (a.grantee = 0 or r.rolname = any (${roles}))
group by s.name, r.rolname, a.is_grantable;
insert into boundary.undo_step (change_id, statement)
select this_change, pg_catalog.format('revoke all on sequence %s from public, %s', s.name, ${grantees})
from (
  ${ownedSequences}
) s;
insert into boundary.undo_step (change_id, statement)
values (this_change, pg_catalog.format('revoke all on table %s from public, %s', rel, ${grantees}));

-- name: revoke
revoke all on table ${table} from public, ${application}, ${admin}

-- name: grant
grant ${privileges} on table ${table} to ${role}

-- name: declarations
rel pg_catalog.regclass := ${table};
owned record;
updatable text := (
  select pg_catalog.string_agg(pg_catalog.quote_ident(attname), ', ' order by attnum)
  from pg_catalog.pg_attribute
  where attrelid = rel and attnum > 0 and not attisdropped and attname <> all (${fixedColumns}));

-- name: revoke-sequences
for owned in
  ${ownedSequences}
loop
  execute pg_catalog.format('revoke all on sequence %s from public, %s, %s', owned.name, ${application}, ${admin});
end loop;

-- name: grant-update
if updatable is not null then
  execute pg_catalog.format('grant update (%s) on table %s to %s', updatable, ${table}, ${application});
end if;

-- name: grant-sequences
for owned in
  ${ownedSequences}
loop
  execute pg_catalog.format('grant usage on sequence %s to %s, %s', owned.name, ${application}, ${admin});
end loop;
