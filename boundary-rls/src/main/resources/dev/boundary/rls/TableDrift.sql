-- name: declarations
rel pg_catalog.regclass := pg_catalog.to_regclass(${quotedTable});
entry record;
found text[] := '{}';
expected text[];

-- name: check
select * into entry from boundary.protected_table where schema_name = ${schemaName} and table_name = ${tableName};
if entry.table_name is null then
  found := found || ('Table ' || ${table} || ' is not protected by Boundary')::text;
elsif rel is null then
  found := found || ('Table ' || ${table} || ' is registered as protected and is not there')::text;
else
  ${checkCatalog}
  ${checkPolicies}
end if;
perform pg_catalog.set_config('boundary.findings', pg_catalog.array_to_string(found, e'\n'), false);

-- name: check-catalog
found := found || array(select x.finding from (
  select 'Row-level security is off' as finding, not relrowsecurity as wrong from pg_catalog.pg_class where oid = rel
  union all
  select 'Row-level security is not forced, so the owner is not subject to it', not relforcerowsecurity
  from pg_catalog.pg_class where oid = rel
  union all
  select pg_catalog.format('Role %s may %s, to which no policy applies', ${application}::text, p),
    pg_catalog.has_table_privilege(${application}, rel, p)
  from pg_catalog.unnest(array['TRUNCATE', 'TRIGGER', 'REFERENCES']
    || case when pg_catalog.current_setting('server_version_num')::int >= 170000 then array['MAINTAIN'] else array[]::text[] end) p
  union all
  select pg_catalog.format('Role %s may update the tenant column', ${application}::text), pg_catalog.has_column_privilege(${application}, rel, attnum, 'UPDATE')
  from pg_catalog.pg_attribute where attrelid = rel and attname = entry.tenant_column
  union all
  select pg_catalog.format('Column %s may be null', attname), not attnotnull
  from pg_catalog.pg_attribute where attrelid = rel and entry.classification <> 'MIXED'
    and attname = any (coalesce(entry.child_columns, array[entry.tenant_column]))
  union all
  select pg_catalog.format('Column %s is gone', c), not exists (
    select from pg_catalog.pg_attribute where attrelid = rel and attname = c and not attisdropped)
  from pg_catalog.unnest(coalesce(entry.child_columns, array[entry.tenant_column])) c
  union all
  select 'The tenant column does not default to the current tenant', not exists (
    select from pg_catalog.pg_attrdef d join pg_catalog.pg_attribute a on a.attrelid = d.adrelid and a.attnum = d.adnum
    where d.adrelid = rel and a.attname = entry.tenant_column
      and pg_catalog.pg_get_expr(d.adbin, d.adrelid) = 'boundary.current_tenant_id()')
  where entry.tenant_column is not null
  union all
  select 'No index is led by the tenant', not exists (
    select from pg_catalog.pg_index i where i.indrelid = rel and i.indisvalid and i.indpred is null
      and (i.indkey::int2[])[0:pg_catalog.cardinality(coalesce(entry.child_columns, array[entry.tenant_column])) - 1]
        operator(pg_catalog.@>) array(select a.attnum from pg_catalog.pg_attribute a where a.attrelid = rel
          and a.attname = any (coalesce(entry.child_columns, array[entry.tenant_column]))))
  union all
  select pg_catalog.format('Row-level security is off or not forced on partition %s', t.relid), not (c.relrowsecurity and c.relforcerowsecurity)
  from pg_catalog.pg_partition_tree(rel) t join pg_catalog.pg_class c on c.oid = t.relid where t.relid <> rel
) x where x.wrong);

-- name: check-policies
begin
  create temporary table ${temporary} (like ${quotedTable});
  ${createTenantPolicies}
  execute ${createAdminPolicy};
  expected := found || array(
    select case when a.polname is null then pg_catalog.format('Policy %s is missing', e.polname)
      else pg_catalog.format('Policy %s is not what Boundary would create: using (%s) with check (%s)', a.polname, a.using_text, a.check_text) end
    from (${expected}) e left join (${actual}) a on a.polname = e.polname
    where (a.polpermissive, a.polcmd, a.polroles, a.using_text, a.check_text)
      is distinct from (e.polpermissive, e.polcmd, e.polroles, e.using_text, e.check_text)
    order by e.polname);
  -- An error takes the temporary table away again.
  raise exception using errcode = 'BND01';
exception
  when sqlstate 'BND01' then
    found := expected;
  when undefined_column or undefined_table then
    found := found || array['The policies cannot be created again: ' || sqlerrm];
end;

-- name: policies-of
select polname, polpermissive, polcmd, polroles, pg_catalog.pg_get_expr(polqual, polrelid) as using_text, pg_catalog.pg_get_expr(polwithcheck, polrelid) as check_text from pg_catalog.pg_policy where polrelid = ${rel}

-- name: result
select pg_catalog.current_setting('boundary.findings')
