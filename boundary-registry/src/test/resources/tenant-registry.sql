begin;

do $boundary$
begin
  if (select s from pg_catalog.unnest(pg_catalog.current_schemas(true)) s
      where not pg_catalog.starts_with(s::pg_catalog.text, 'pg_temp') limit 1) operator(pg_catalog.<>) 'pg_catalog' then
    raise exception using errcode = '55000',
      message = 'The search_path puts a schema before pg_catalog, where other operators may have the names of the catalog''s',
      hint = 'Leave pg_catalog out of the search_path, so that it comes first, or name it first.';
  end if;
end
$boundary$;

do $boundary$
declare
  boundary_path pg_catalog.text := pg_catalog.current_setting('search_path');
begin
  perform pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);
  if (pg_catalog.to_regnamespace('boundary') is not null) then
    raise exception using errcode = '55000',
      message = 'There is a schema boundary in this database already',
      hint = 'Boundary is installed once for each database. If it is not Boundary''s, rename it.';
  end if;
  perform pg_catalog.set_config('search_path', boundary_path, true);
end
$boundary$;

create schema boundary;

revoke all on schema boundary from public;

create table boundary.installation (
  only_row boolean primary key default true check (only_row),
  version text not null,
  session_variable text not null,
  tenant_key_type text not null,
  missing text not null check (missing in ('error', 'empty')),
  predicate text not null check (predicate in ('pinned', 'inline')),
  leakproof boolean not null,
  installed_at timestamptz not null default pg_catalog.now(),
  installed_by text not null default current_user);

create table boundary.protected_table (
  schema_name text not null,
  table_name text not null,
  classification text not null check (classification in ('TENANT', 'CHILD', 'MIXED')),
  tenant_column text,
  child_columns text[],
  parent_schema text,
  parent_table text,
  parent_columns text[],
  primary key (schema_name, table_name),
  foreign key (parent_schema, parent_table) references boundary.protected_table,
  check (case classification when 'CHILD' then tenant_column is null and parent_table is not null
    and pg_catalog.cardinality(child_columns) = pg_catalog.cardinality(parent_columns)
    else tenant_column is not null and parent_table is null end));

create table boundary.applied_change (
  id bigint generated always as identity primary key,
  change text not null,
  object text not null,
  version text not null,
  applied_at timestamptz not null default pg_catalog.now(),
  applied_by text not null default current_user);

create table boundary.undo_step (
  id bigint generated always as identity primary key,
  change_id bigint not null references boundary.applied_change on delete cascade,
  statement text not null);

create table boundary.retrofit_progress (
  schema_name text not null,
  table_name text not null,
  source text not null,
  pages_done bigint not null default 0,
  pages_total bigint not null,
  rows_filled bigint not null default 0,
  updated_at timestamptz not null default pg_catalog.now(),
  primary key (schema_name, table_name));

create function boundary.raise_tenant_not_set() returns pg_catalog.text
language plpgsql stable parallel safe
as $function$
begin
  raise exception using errcode = '42501',
    message = 'tenant context is not set',
    hint = 'Run the statement in a tenant scope, or as the admin role.';
end
$function$;

create function boundary.current_tenant_id() returns pg_catalog.int8
language sql stable parallel safe
begin atomic
  select (coalesce(nullif(pg_catalog.current_setting('app.current_tenant_id', true), ''), boundary.raise_tenant_not_set()))::pg_catalog.int8;
end;

revoke all on all functions in schema boundary from public;

select 'boundary.current_tenant_id() is not declared LEAKPROOF, as asked for' as notice;

insert into boundary.installation (version, session_variable, tenant_key_type, missing, predicate, leakproof)
select '2', 'app.current_tenant_id', 'bigint', 'error', 'pinned', proleakproof from pg_catalog.pg_proc where oid operator(pg_catalog.=) 'boundary.current_tenant_id()'::pg_catalog.regprocedure;

do $boundary$
declare
  boundary_path pg_catalog.text := pg_catalog.current_setting('search_path');
begin
  perform pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);
  declare
    this_change bigint;
  begin
    if (pg_catalog.to_regclass('boundary.undo_step') is null) then
      raise exception using errcode = '55000',
        message = 'Boundary is not installed in this database',
        hint = 'Run installBoundary first, then createBoundaryRoles.';
    end if;
    if (pg_catalog.to_regnamespace('"public"') is null) then
      raise exception using errcode = '55000',
        message = 'There is no schema public',
        hint = 'Create it in an earlier change set, or correct schemaName.';
    end if;
    insert into boundary.applied_change (change, object, version)
    values ('createBoundaryRoles', 'public: boundary_owner, boundary_app, boundary_admin', '2') returning id into this_change;
    if not exists (select from pg_catalog.pg_roles where rolname = 'boundary_owner') then
      if not (select rolsuper or rolcreaterole from pg_catalog.pg_roles where rolname = current_user) then
        raise exception using errcode = '42501',
          message = 'There is no role "boundary_owner" (ownerRole), and the migrating role may not create it',
          hint = 'Have it created by an administrator: create role "boundary_owner" login nosuperuser nobypassrls nocreatedb nocreaterole';
      end if;
      create role "boundary_owner" login nosuperuser nobypassrls nocreatedb nocreaterole;
      insert into boundary.undo_step (change_id, statement) values (this_change, 'drop role "boundary_owner"');
    end if;
    if not exists (select from pg_catalog.pg_roles where rolname = 'boundary_app') then
      if not (select rolsuper or rolcreaterole from pg_catalog.pg_roles where rolname = current_user) then
        raise exception using errcode = '42501',
          message = 'There is no role "boundary_app" (applicationRole), and the migrating role may not create it',
          hint = 'Have it created by an administrator: create role "boundary_app" login nosuperuser nobypassrls nocreatedb nocreaterole';
      end if;
      create role "boundary_app" login nosuperuser nobypassrls nocreatedb nocreaterole;
      insert into boundary.undo_step (change_id, statement) values (this_change, 'drop role "boundary_app"');
    end if;
    if not exists (select from pg_catalog.pg_roles where rolname = 'boundary_admin') then
      if not (select rolsuper or rolcreaterole from pg_catalog.pg_roles where rolname = current_user) then
        raise exception using errcode = '42501',
          message = 'There is no role "boundary_admin" (adminRole), and the migrating role may not create it',
          hint = 'Have it created by an administrator: create role "boundary_admin" login nosuperuser nobypassrls nocreatedb nocreaterole';
      end if;
      create role "boundary_admin" login nosuperuser nobypassrls nocreatedb nocreaterole;
      insert into boundary.undo_step (change_id, statement) values (this_change, 'drop role "boundary_admin"');
    end if;
    if (exists (select from pg_catalog.pg_roles where rolname = 'boundary_app' and (rolsuper or rolbypassrls))) then
      raise exception using errcode = '55000',
        message = 'Role "boundary_app" (applicationRole) is a superuser or has BYPASSRLS, so no policy applies to it',
        hint = 'Run: alter role "boundary_app" nosuperuser nobypassrls';
    end if;
    if (exists (select from pg_catalog.pg_roles where rolname = 'boundary_admin' and (rolsuper or rolbypassrls))) then
      raise exception using errcode = '55000',
        message = 'Role "boundary_admin" (adminRole) is a superuser or has BYPASSRLS, so no policy applies to it',
        hint = 'Run: alter role "boundary_admin" nosuperuser nobypassrls';
    end if;
    if (pg_catalog.pg_has_role('boundary_app', 'boundary_owner', 'MEMBER')) then
      raise exception using errcode = '55000',
        message = 'Role "boundary_app" is a member of "boundary_owner" and can do what only that role may',
        hint = 'Run: revoke "boundary_owner" from "boundary_app"';
    end if;
    if (pg_catalog.pg_has_role('boundary_app', 'boundary_admin', 'MEMBER')) then
      raise exception using errcode = '55000',
        message = 'Role "boundary_app" is a member of "boundary_admin" and can do what only that role may',
        hint = 'Run: revoke "boundary_admin" from "boundary_app"';
    end if;
    if (pg_catalog.pg_has_role('boundary_admin', 'boundary_owner', 'MEMBER')) then
      raise exception using errcode = '55000',
        message = 'Role "boundary_admin" is a member of "boundary_owner" and can do what only that role may',
        hint = 'Run: revoke "boundary_owner" from "boundary_admin"';
    end if;
  end;
  perform pg_catalog.set_config('search_path', boundary_path, true);
end
$boundary$;

do $boundary$
declare
  boundary_path pg_catalog.text := pg_catalog.current_setting('search_path');
begin
  perform pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);
  declare
    this_change bigint := (select max(id) from boundary.applied_change where change = 'createBoundaryRoles' and object = 'public: boundary_owner, boundary_app, boundary_admin');
    entry record;
  begin
    insert into boundary.undo_step (change_id, statement)
    select this_change, pg_catalog.format('grant %s on schema %I to %s%s', pg_catalog.string_agg(a.privilege_type, ', ' order by a.privilege_type),
      n.nspname, coalesce(pg_catalog.quote_ident(r.rolname), 'public'),
      case when a.is_grantable then ' with grant option' else '' end)
    from pg_catalog.pg_namespace n cross join pg_catalog.aclexplode(n.nspacl) a
    left join pg_catalog.pg_roles r on r.oid = a.grantee
    where n.nspname = 'public' and a.grantor = n.nspowner and (a.grantee = 0 or r.rolname in ('boundary_app', 'boundary_admin'))
    group by n.nspname, r.rolname, a.is_grantable;
    insert into boundary.undo_step (change_id, statement) values
      (this_change, 'revoke all on schema "public" from public, "boundary_app", "boundary_admin"');
    grant usage on schema "public" to "boundary_app", "boundary_admin";
    revoke create on schema "public" from public, "boundary_app", "boundary_admin";
    for entry in select r from pg_catalog.unnest(array['boundary_app', 'boundary_admin']::pg_catalog.text[]) r
        where not pg_catalog.has_schema_privilege(r, 'public', 'USAGE') loop
      raise warning using
        message = pg_catalog.format('Role "%s" has no USAGE on schema %s, and the migrating role cannot grant it', entry.r, 'public'),
        hint = pg_catalog.format('Have the schema''s owner run: grant usage on schema %I to %I', 'public', entry.r);
    end loop;
    if pg_catalog.has_schema_privilege('boundary_app', 'public', 'CREATE') then
      raise warning using message = 'Role "boundary_app" can create objects in schema public, and the migrating role cannot take that away', hint = 'Have the schema''s owner run: revoke create on schema "public" from public';
    end if;
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
        where d.defaclobjtype = 'r' and (d.defaclnamespace = 0 or n.nspname = 'public')
          and (a.grantee = 0 or g.rolname = 'boundary_app')
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
    if not pg_catalog.has_schema_privilege('boundary_owner', 'boundary', 'USAGE') then
      insert into boundary.undo_step (change_id, statement) values (this_change, 'revoke all on schema boundary from "boundary_owner"'), (this_change, 'revoke all on all functions in schema boundary from "boundary_owner"'),
        (this_change, 'revoke all on all tables in schema boundary from "boundary_owner"');
    end if;
    if not pg_catalog.has_schema_privilege('boundary_app', 'boundary', 'USAGE') then
      insert into boundary.undo_step (change_id, statement) values (this_change, 'revoke all on schema boundary from "boundary_app"'), (this_change, 'revoke all on all functions in schema boundary from "boundary_app"'),
        (this_change, 'revoke all on all tables in schema boundary from "boundary_app"');
    end if;
    if not pg_catalog.has_schema_privilege('boundary_admin', 'boundary', 'USAGE') then
      insert into boundary.undo_step (change_id, statement) values (this_change, 'revoke all on schema boundary from "boundary_admin"'), (this_change, 'revoke all on all functions in schema boundary from "boundary_admin"'),
        (this_change, 'revoke all on all tables in schema boundary from "boundary_admin"');
    end if;
  end;
  perform pg_catalog.set_config('search_path', boundary_path, true);
end
$boundary$;

grant usage on schema boundary to "boundary_app", "boundary_admin";

grant select on table boundary.installation, boundary.protected_table to "boundary_app", "boundary_admin";

grant execute on function boundary.current_tenant_id(), boundary.raise_tenant_not_set() to "boundary_app", "boundary_admin";

do $boundary$
declare
  boundary_path pg_catalog.text := pg_catalog.current_setting('search_path');
begin
  perform pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);
  if not pg_catalog.pg_has_role('boundary_owner', (select nspowner from pg_catalog.pg_namespace where nspname = 'boundary'), 'USAGE') then
    grant usage on schema boundary to "boundary_owner";
    grant select, insert, update, delete on all tables in schema boundary to "boundary_owner";
    grant execute on all functions in schema boundary to "boundary_owner";
  end if;
  perform pg_catalog.set_config('search_path', boundary_path, true);
end
$boundary$;

do $boundary$
declare
  boundary_path pg_catalog.text := pg_catalog.current_setting('search_path');
begin
  perform pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);
  declare
    this_change bigint;
    key_type pg_catalog.regtype;
    grantee pg_catalog.regrole;
  begin
    if (pg_catalog.to_regclass('boundary.undo_step') is null) then
      raise exception using errcode = '55000',
        message = 'Boundary is not installed in this database',
        hint = 'Run installBoundary first, then createBoundaryRoles.';
    end if;
    if (pg_catalog.to_regclass('boundary.tenant') is not null) then
      raise exception using errcode = '55000',
        message = 'There is a registry of tenants in this database already',
        hint = 'One for each database is enough; boundary.applied_change says who made it, and when.';
    end if;
    if (not exists (select from pg_catalog.pg_roles where rolname = 'boundary_app')) then
      raise exception using errcode = '55000',
        message = 'There is no role "boundary_app" (applicationRole)',
        hint = 'Run createBoundaryRoles first, or name the role you use.';
    end if;
    if (not pg_catalog.has_schema_privilege('boundary_app', 'boundary', 'USAGE')) then
      raise exception using errcode = '55000',
        message = 'Role "boundary_app" (applicationRole) may not use schema boundary',
        hint = 'Run createBoundaryRoles with these roles first.';
    end if;
    if (not exists (select from pg_catalog.pg_roles where rolname = 'boundary_admin')) then
      raise exception using errcode = '55000',
        message = 'There is no role "boundary_admin" (adminRole)',
        hint = 'Run createBoundaryRoles first, or name the role you use.';
    end if;
    if (not pg_catalog.has_schema_privilege('boundary_admin', 'boundary', 'USAGE')) then
      raise exception using errcode = '55000',
        message = 'Role "boundary_admin" (adminRole) may not use schema boundary',
        hint = 'Run createBoundaryRoles with these roles first.';
    end if;
    select tenant_key_type::pg_catalog.regtype into strict key_type from boundary.installation;
    insert into boundary.applied_change (change, object, version)
    values ('createTenantRegistry', 'boundary.tenant', '2') returning id into this_change;
    insert into boundary.undo_step (change_id, statement) values (this_change, 'drop function boundary.guard_tenant(), boundary.audit_tenant(), boundary.notify_tenant(), boundary.refuse_tenant_change()');
    insert into boundary.undo_step (change_id, statement) values (this_change, 'drop table boundary.tenant_erasure, boundary.tenant_domain, boundary.tenant_change, boundary.tenant');
    execute pg_catalog.format($tables$
      create table boundary.tenant (
        tenant_key %1$s primary key check (tenant_key::text <> ''),
        slug text collate "C" not null unique
          check (slug ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$' and slug not like '__--%%'),
        name text not null check (name ~ '[^[:space:]]'),
        region text check (region ~ '[^[:space:]]'),
        state text not null default 'ACTIVE' check (state in ('ACTIVE', 'SUSPENDED', 'DELETING', 'DELETED')),
        attributes jsonb not null default '{}' check (jsonb_typeof(attributes) = 'object'
          and not jsonb_path_exists(attributes, 'strict $.* ? (@.type() != "string")', '{}', true)),
        created_at timestamptz not null default now(),
        changed_at timestamptz not null default now());
      create table boundary.tenant_domain (
        domain text collate "C" primary key check (octet_length(domain) <= 253
          and domain ~ '^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?[.])*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'
          and domain !~ '(^|[.])([0-9]+|0x[0-9a-f]*)$'),
        tenant_key %1$s not null references boundary.tenant on delete cascade);
      create index on boundary.tenant_domain (tenant_key);
      create table boundary.tenant_erasure (
        tenant_key %1$s primary key references boundary.tenant on delete cascade,
        archive text,
        archive_sha256 text,
        begun_at timestamptz not null default clock_timestamp(),
        ended_at timestamptz);
      create table boundary.tenant_change (
        id bigint generated always as identity primary key,
        tenant_key %1$s not null,
        what text not null,
        old_values jsonb,
        new_values jsonb,
        actor text not null,
        reason text,
        login_role text not null,
        changed_at timestamptz not null);
      create index on boundary.tenant_change (tenant_key, id)
    $tables$, key_type);
    create function boundary.guard_tenant() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $function$
    begin
      if new.tenant_key <> old.tenant_key then
        raise exception using errcode = '55000',
          message = pg_catalog.format('The key of tenant %s cannot be changed', old.tenant_key),
          hint = 'Its rows have it too. Import an export of the tenant under the new key.';
      end if;
      if new.state not in ('DELETING', 'DELETED')
          and exists (select from boundary.tenant_erasure e where e.tenant_key = new.tenant_key) then
        raise exception using errcode = '55000',
          message = pg_catalog.format('Tenant %s cannot become %s: its rows are being erased, or are gone', new.tenant_key, new.state),
          hint = 'Import its archive, which boundary.tenant_erasure names, as a new tenant.';
      end if;
      if new.state not in ('DELETING', 'DELETED') and old.state in ('DELETING', 'DELETED')
          and current_setting('transaction_isolation') <> 'read committed' then
        raise exception using errcode = '55000',
          message = pg_catalog.format('Tenant %s cannot become %s in a transaction at isolation level %s', new.tenant_key, new.state,
            current_setting('transaction_isolation')),
          hint = 'It may not see that the erasure of its rows has begun. Do it at READ COMMITTED.';
      end if;
      new.created_at := old.created_at;
      new.changed_at := clock_timestamp();
      return new;
    end
    $function$;
    create trigger guard before update on boundary.tenant for each row execute function boundary.guard_tenant();
    create function boundary.audit_tenant() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $function$
    declare
      before jsonb := to_jsonb(old);
      after jsonb := to_jsonb(new);
      key boundary.tenant.tenant_key%type := case tg_op when 'DELETE' then old.tenant_key else new.tenant_key end;
    begin
      insert into boundary.tenant_change (tenant_key, what, old_values, new_values, actor, reason, login_role, changed_at)
      values (
        key,
        case tg_table_name
          when 'tenant_domain' then case tg_op when 'INSERT' then 'DOMAIN_ADDED' when 'UPDATE' then 'DOMAIN_MOVED' else 'DOMAIN_REMOVED' end
          when 'tenant_erasure' then case tg_op when 'INSERT' then 'ERASURE_BEGUN' when 'UPDATE' then 'ERASURE_ENDED' else 'ERASURE_REMOVED' end
          else case when tg_op = 'INSERT' then 'CREATED' when tg_op = 'DELETE' then 'REMOVED'
            when before ->> 'state' <> after ->> 'state' then 'STATE_CHANGED' else 'CHANGED' end
        end,
        before,
        after,
        coalesce(nullif(current_setting('boundary.actor', true), ''), session_user),
        nullif(current_setting('boundary.reason', true), ''),
        session_user,
        clock_timestamp());
      return null;
    end
    $function$;
    create trigger audit after insert or update or delete on boundary.tenant
      for each row execute function boundary.audit_tenant();
    create trigger audit after insert or update or delete on boundary.tenant_domain
      for each row execute function boundary.audit_tenant();
    create trigger audit after insert or update or delete on boundary.tenant_erasure
      for each row execute function boundary.audit_tenant();
    create function boundary.notify_tenant() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $function$
    declare
      versions jsonb[] := array[to_jsonb(old), to_jsonb(new)];
      key boundary.tenant.tenant_key%type := case tg_op when 'DELETE' then old.tenant_key else new.tenant_key end;
      slugs text;
      domains text;
      payload text;
    begin
      select string_agg(known.slug, ' ' order by known.slug) into slugs from (
        select v ->> 'slug' from unnest(versions) v
        union select t.slug from boundary.tenant t where t.tenant_key = key) known(slug);
      select string_agg(known.domain, ' ' order by known.domain) into domains from (
        select v ->> 'domain' from unnest(versions) v
        union select d.domain from boundary.tenant_domain d where d.tenant_key = key) known(domain);
      payload := format(e'%s\n%s\n%s', slugs, domains, key);
      perform pg_notify('boundary_tenant', case when octet_length(payload) < 8000 then payload else '' end);
      return null;
    end
    $function$;
    create trigger notify after insert or update or delete on boundary.tenant
      for each row execute function boundary.notify_tenant();
    create trigger notify after insert or update or delete on boundary.tenant_domain
      for each row execute function boundary.notify_tenant();
    create function boundary.refuse_tenant_change() returns trigger
    language plpgsql set search_path = pg_catalog, pg_temp
    as $function$
    begin
      raise exception using errcode = '55000',
        message = format('%s of boundary.%s is refused', tg_op, tg_table_name),
        hint = case tg_table_name when 'tenant_change' then 'What happened is not changed afterwards.'
          else 'Use DELETE, which is written down in boundary.tenant_change.' end;
    end
    $function$;
    create trigger append_only before update or delete on boundary.tenant_change
      for each row execute function boundary.refuse_tenant_change();
    create trigger append_only_truncate before truncate on boundary.tenant_change
      for each statement execute function boundary.refuse_tenant_change();
    create trigger no_truncate before truncate on boundary.tenant
      for each statement execute function boundary.refuse_tenant_change();
    create trigger no_truncate before truncate on boundary.tenant_domain
      for each statement execute function boundary.refuse_tenant_change();
    create trigger no_truncate before truncate on boundary.tenant_erasure
      for each statement execute function boundary.refuse_tenant_change();
    revoke all on function boundary.guard_tenant(), boundary.audit_tenant(), boundary.notify_tenant(), boundary.refuse_tenant_change() from public;
    revoke all on boundary.tenant, boundary.tenant_domain, boundary.tenant_erasure, boundary.tenant_change from public, "boundary_app", "boundary_admin";
    grant select on boundary.tenant, boundary.tenant_domain to "boundary_app", "boundary_admin";
    grant select on boundary.tenant_erasure, boundary.tenant_change to "boundary_admin";
    grant insert (tenant_key, slug, name, region, state, attributes), update (slug, name, region, state, attributes) on boundary.tenant to "boundary_admin";
    grant insert (tenant_key, domain), delete on boundary.tenant_domain to "boundary_admin";
    grant insert (tenant_key, archive, archive_sha256), update (ended_at) on boundary.tenant_erasure to "boundary_admin";
    for grantee in select distinct a.grantee from pg_class c cross join aclexplode(c.relacl) a
        where c.oid = 'boundary.undo_step'::regclass and a.privilege_type = 'INSERT' and a.grantee <> c.relowner loop
      execute format('grant select on boundary.tenant_change to %s', grantee);
      execute format('grant select, insert, update, delete on boundary.tenant, boundary.tenant_domain, boundary.tenant_erasure to %s', grantee);
    end loop;
  end;
  perform pg_catalog.set_config('search_path', boundary_path, true);
end
$boundary$;

commit;
