-- The registry's tables, functions, triggers and grants. PL/pgSQL with only the catalog on the search path.
--
-- What a slug and a domain are is what dev.boundary.core.registry.Slug and the resolution of requests take; no pattern has a
-- backslash, which standard_conforming_strings could change.
-- guard_tenant: no writer can bring a tenant back whose rows are being erased, or are gone.
-- audit_tenant: as the owner, because the admin role may not write the record of what it did.
-- notify_tenant: three lines: the slugs that the tenant has and had, its domains, its key (which may itself have line
-- feeds). Empty if that is more than the 7,999 bytes that a notification can hold: then every entry is evicted.

-- name: declarations
this_change bigint;
key_type pg_catalog.regtype;
grantee pg_catalog.regrole;

-- name: registry-is-new
if pg_catalog.to_regclass('boundary.tenant') is not null then
  raise exception using errcode = '55000',
    message = 'There is a registry of tenants in this database already',
    hint = 'One for each database is enough; boundary.applied_change says who made it, and when.';
end if;

-- name: role-uses-schema
if not pg_catalog.has_schema_privilege(${role}, 'boundary', 'USAGE') then
  raise exception using errcode = '55000',
    message = 'Role "' || ${role} || '" (' || ${attribute} || ') may not use schema boundary',
    hint = 'Run createBoundaryRoles with these roles first.';
end if;

-- name: select-key-type
select tenant_key_type::pg_catalog.regtype into strict key_type from boundary.installation;

-- name: create
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

-- name: grant
revoke all on function boundary.guard_tenant(), boundary.audit_tenant(), boundary.notify_tenant(), boundary.refuse_tenant_change() from public;
revoke all on boundary.tenant, boundary.tenant_domain, boundary.tenant_erasure, boundary.tenant_change from public, ${application}, ${admin};
grant select on boundary.tenant, boundary.tenant_domain to ${application}, ${admin};
grant select on boundary.tenant_erasure, boundary.tenant_change to ${admin};
grant insert (tenant_key, slug, name, region, state, attributes), update (slug, name, region, state, attributes) on boundary.tenant to ${admin};
grant insert (tenant_key, domain), delete on boundary.tenant_domain to ${admin};
grant insert (tenant_key, archive, archive_sha256), update (ended_at) on boundary.tenant_erasure to ${admin};
-- Whoever may write Boundary's other tables may write these too.
for grantee in select distinct a.grantee from pg_class c cross join aclexplode(c.relacl) a
    where c.oid = 'boundary.undo_step'::regclass and a.privilege_type = 'INSERT' and a.grantee <> c.relowner loop
  execute format('grant select on boundary.tenant_change to %s', grantee);
  execute format('grant select, insert, update, delete on boundary.tenant, boundary.tenant_domain, boundary.tenant_erasure to %s', grantee);
end loop;

-- name: drop-functions
drop function boundary.guard_tenant(), boundary.audit_tenant(), boundary.notify_tenant(), boundary.refuse_tenant_change()

-- name: drop-tables
drop table boundary.tenant_erasure, boundary.tenant_domain, boundary.tenant_change, boundary.tenant

-- name: registry-is-empty
if pg_catalog.to_regclass('boundary.tenant') is not null then
  lock table boundary.tenant, boundary.tenant_change in access exclusive mode;
  if exists (select from boundary.tenant) or exists (select from boundary.tenant_change) then
    raise exception using errcode = '55000',
      message = 'The registry has tenants, or changes of tenants, that would be lost',
      hint = 'Keep a copy of boundary.tenant, boundary.tenant_domain, boundary.tenant_erasure and boundary.tenant_change. '
        'Then, as their owner: alter table boundary.tenant_change disable trigger user; delete from boundary.tenant; '
        'delete from boundary.tenant_change.';
  end if;
end if;
