-- name: schema-is-there
if pg_catalog.to_regnamespace(${quotedSchema}) is null then
  raise exception using errcode = '55000',
    message = 'There is no schema ' || ${schema},
    hint = 'Create it in an earlier change set, or correct schemaName.';
end if;

-- name: create-role
create role ${role} login nosuperuser nobypassrls nocreatedb nocreaterole

-- name: create-if-missing
if not exists (select from pg_catalog.pg_roles where rolname = ${role}) then
  if not (select rolsuper or rolcreaterole from pg_catalog.pg_roles where rolname = current_user) then
    raise exception using errcode = '42501',
      message = 'There is no role "' || ${role} || '" (' || ${attribute} || '), and the migrating role may not create it',
      hint = 'Have it created by an administrator: ' || ${statement};
  end if;
  ${create};
  insert into boundary.undo_step (change_id, statement) values (this_change, ${drop});
end if;

-- name: is-subject-to-policies
if exists (select from pg_catalog.pg_roles where rolname = ${role} and (rolsuper or rolbypassrls)) then
  raise exception using errcode = '55000',
    message = 'Role "' || ${role} || '" (' || ${attribute} || ') is a superuser or has BYPASSRLS, so no policy applies to it',
    hint = 'Run: alter role ' || ${quotedRole} || ' nosuperuser nobypassrls';
end if;

-- name: is-no-member
if pg_catalog.pg_has_role(${member}, ${role}, 'MEMBER') then
  raise exception using errcode = '55000',
    message = 'Role "' || ${member} || '" is a member of "' || ${role} || '" and can do what only that role may',
    hint = 'Run: revoke ' || ${quotedRole} || ' from ' || ${quotedMember};
end if;

-- name: grant-declarations
${thisChange}
entry record;

-- name: remember-boundary-grants
if not pg_catalog.has_schema_privilege(${role}, 'boundary', 'USAGE') then
  insert into boundary.undo_step (change_id, statement) values
    (this_change, 'revoke all on schema boundary from ' || ${quotedRole}),
    (this_change, 'revoke all on all functions in schema boundary from ' || ${quotedRole}),
    (this_change, 'revoke all on all tables in schema boundary from ' || ${quotedRole});
end if;

-- name: grant-on-schema
insert into boundary.undo_step (change_id, statement)
select this_change, pg_catalog.format('grant %s on schema %I to %s%s', pg_catalog.string_agg(a.privilege_type, ', ' order by a.privilege_type),
  n.nspname, coalesce(pg_catalog.quote_ident(r.rolname), 'public'),
  case when a.is_grantable then ' with grant option' else '' end)
from pg_catalog.pg_namespace n cross join pg_catalog.aclexplode(n.nspacl) a
left join pg_catalog.pg_roles r on r.oid = a.grantee
where n.nspname = ${schema} and a.grantor = n.nspowner and (a.grantee = 0 or r.rolname in (${application}, ${admin}))
group by n.nspname, r.rolname, a.is_grantable;
insert into boundary.undo_step (change_id, statement) values
  (this_change, ${revokeAll});
grant usage on schema ${quotedSchema} to ${workers};
revoke create on schema ${quotedSchema} from public, ${workers};
for entry in select r from pg_catalog.unnest(array[${application}, ${admin}]::pg_catalog.text[]) r
    where not pg_catalog.has_schema_privilege(r, ${schema}, 'USAGE') loop
  raise warning using
    message = pg_catalog.format('Role "%s" has no USAGE on schema %s, and the migrating role cannot grant it', entry.r, ${schema}),
    hint = pg_catalog.format('Have the schema''s owner run: grant usage on schema %I to %I', ${schema}, entry.r);
end loop;
if pg_catalog.has_schema_privilege(${application}, ${schema}, 'CREATE') then
  raise warning using
    message = 'Role "' || ${application} || '" can create objects in schema ' || ${schema} || ', and the migrating role cannot take that away',
    hint = 'Have the schema''s owner run: ' || ${revokeCreate};
end if;

-- name: revoke-default-privileges
for entry in
    select pg_catalog.format('alter default privileges for role %I%s ', o.rolname,
        case when d.defaclnamespace = 0 then '' else pg_catalog.format(' in schema %I', n.nspname) end) as target,
      pg_catalog.string_agg(a.privilege_type, ', ' order by a.privilege_type) as privileges,
      coalesce(pg_catalog.quote_ident(g.rolname), 'public') as grantee, a.is_grantable,
      pg_catalog.pg_has_role(current_user, o.oid, 'USAGE') as may
    from pg_catalog.pg_default_acl d cross join pg_catalog.aclexplode(d.defaclacl) a
    join pg_catalog.pg_roles o on o.oid = d.defaclrole
    left join pg_catalog.pg_namespace n on n.oid = d.defaclnamespace
    left join pg_catalog.pg_roles g on g.oid = a.grantee
    where d.defaclobjtype = 'r' and (d.defaclnamespace = 0 or n.nspname = ${schema})
      and (a.grantee = 0 or g.rolname = ${application})
    group by o.rolname, o.oid, d.defaclnamespace, n.nspname, g.rolname, a.is_grantable
loop
  if not entry.may then
    raise warning using
      message = pg_catalog.format('Default privileges open future tables to %s: %s', entry.grantee, entry.privileges),
      hint = pg_catalog.format('Have it run by an administrator: %srevoke all on tables from %s', entry.target, entry.grantee);
    continue;
  end if;
  insert into boundary.undo_step (change_id, statement) values (this_change,
    pg_catalog.format('%sgrant %s on tables to %s%s', entry.target, entry.privileges, entry.grantee,
      case when entry.is_grantable then ' with grant option' else '' end));
  execute pg_catalog.format('%srevoke all on tables from %s', entry.target, entry.grantee);
end loop;

-- name: grant-usage
grant usage on schema boundary to ${workers}

-- name: grant-select
grant select on table boundary.installation, boundary.protected_table to ${workers}

-- name: grant-execute
grant execute on function boundary.current_tenant_id(), boundary.raise_tenant_not_set() to ${workers}

-- name: grant-to-owner
if not pg_catalog.pg_has_role(${role}, (select nspowner from pg_catalog.pg_namespace where nspname = 'boundary'), 'USAGE') then
  grant usage on schema boundary to ${owner};
  grant select, insert, update, delete on all tables in schema boundary to ${owner};
  grant execute on all functions in schema boundary to ${owner};
end if;
