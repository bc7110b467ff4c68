-- Each needs the variable rel pg_catalog.regclass.

-- name: owned
if rel is null then
  raise exception using errcode = '55000',
    message = 'There is no ' || ${what} || ' ' || ${table},
    hint = 'Create it in an earlier change set, or correct the name and schemaName.';
end if;
if not pg_catalog.pg_has_role(current_user, (select relowner from pg_catalog.pg_class where oid = rel), 'USAGE') then
  raise exception using errcode = '55000',
    message = 'The migrating role does not own ' || ${table},
    hint = 'Run the migration as its owner: only an owner may do this.';
end if;

-- name: ordinary
if (select relkind from pg_catalog.pg_class where oid = rel) <> 'r' then
  raise exception using errcode = '55000',
    message = ${table} || ' is not an ordinary table',
    hint = 'Use the change for what it is: protectPartitionedTable for a partitioned table, protectView for a view.';
end if;
if exists (select from pg_catalog.pg_inherits where inhrelid = rel or inhparent = rel) then
  raise exception using errcode = '55000',
    message = ${table} || ' inherits from another table or another table inherits from it',
    hint = 'A child can be read past its parent''s policies. Protect the partitioned table with protectPartitionedTable, and use partitioning in place of inheritance.';
end if;

-- name: partitioned
if (select relkind from pg_catalog.pg_class where oid = rel) <> 'p' then
  raise exception using errcode = '55000',
    message = ${table} || ' is not a partitioned table',
    hint = 'Use protectTenantTable.';
end if;
if (select relispartition from pg_catalog.pg_class where oid = rel) then
  raise exception using errcode = '55000',
    message = ${table} || ' is itself a partition',
    hint = 'Protect the table that it is a partition of; its partitions are closed with it.';
end if;
if exists (select from pg_catalog.pg_partition_tree(rel) t join pg_catalog.pg_class c on c.oid = t.relid where c.relkind = 'f') then
  raise exception using errcode = '55000',
    message = ${table} || ' has a foreign table as a partition, which cannot have row-level security',
    hint = 'Detach it, or keep it out of reach of the application role yourself.';
end if;

-- name: application-role
if exists (select from pg_catalog.pg_roles where rolname = ${role} and (rolsuper or rolbypassrls)) then
  raise exception using errcode = '55000',
    message = 'Role "' || ${role} || '" is a superuser or has BYPASSRLS, so no policy applies to it',
    hint = 'Let the service connect as a role without them: ALTER ROLE ... NOSUPERUSER NOBYPASSRLS.';
end if;
if pg_catalog.pg_has_role(${role}, (select relowner from pg_catalog.pg_class where oid = rel), 'MEMBER') then
  raise exception using errcode = '55000',
    message = 'Role "' || ${role} || '" owns the table or is a member of its owner, so it can drop the policies',
    hint = 'Let another role own the table, and revoke the membership.';
end if;

-- name: column
if not exists (select from pg_catalog.pg_attribute where attrelid = rel and attname = ${column} and attnum > 0 and not attisdropped) then
  raise exception using errcode = '55000',
    message = 'Table ' || ${table} || ' has no column "' || ${column} || '"',
    hint = 'Add it in an earlier change set, or correct the name of the column.';
end if;

-- name: tenant-column
declare
  column_type pg_catalog.oid := (
    with recursive base(oid, typtype, typbasetype) as (
      select t.oid, t.typtype, t.typbasetype from pg_catalog.pg_type t
      join pg_catalog.pg_attribute a on a.atttypid = t.oid
      where a.attrelid = rel and a.attname = ${column}
      union all
      select t.oid, t.typtype, t.typbasetype from pg_catalog.pg_type t join base b on t.oid = b.typbasetype
      where b.typtype = 'd')
    select oid from base where typtype <> 'd');
  key_type text := (select tenant_key_type from boundary.installation);
begin
  if column_type <> key_type::pg_catalog.regtype
      and not (key_type = 'text' and column_type = 'pg_catalog.varchar'::pg_catalog.regtype) then
    raise exception using errcode = '42804',
      message = ${title} || pg_catalog.format(' is of type %s, and Boundary is installed for tenant keys of type %s',
        pg_catalog.format_type(column_type, null), key_type),
      hint = 'Give the column the type of the tenant key. Only uuid, bigint, integer and text have an equality '
        'operator that is leakproof, without which no index is used under row-level security.';
  end if;
end;

-- name: deterministic
-- A domain has given the column its collation. The database's own is deterministic.
if exists (select from pg_catalog.pg_attribute a join pg_catalog.pg_collation c on c.oid = a.attcollation
    where a.attrelid = rel and a.attname = ${column} and not c.collisdeterministic) then
  raise exception using errcode = '42P21',
    message = 'Column "' || ${column} || '" of ' || ${table} || ' has a collation that is not deterministic, which takes different tenants for one',
    hint = 'Give it another: ALTER COLUMN ... TYPE text COLLATE "C".';
end if;

-- name: deterministic-keys
if exists (select from pg_catalog.pg_constraint k
    join pg_catalog.pg_attribute a on a.attrelid = k.confrelid and a.attnum = any (k.confkey)
    join pg_catalog.pg_collation c on c.oid = a.attcollation
    where k.contype = 'f' and k.conrelid = rel and not c.collisdeterministic
      and not exists (select from pg_catalog.pg_attribute b where b.attrelid = rel and b.attnum = any (k.conkey)
        and b.attname <> all (${columns}))) then
  raise exception using errcode = '42P21',
    message = 'A column that the foreign key of ' || ${table} || ' refers to has a collation that is not deterministic, which takes parents of different tenants for one',
    hint = 'Give it another: ALTER COLUMN ... TYPE text COLLATE "C".';
end if;

-- name: no-row-without-tenant
if (case when (select attnotnull from pg_catalog.pg_attribute where attrelid = rel and attname = ${column}) then false
    else exists (select from ${quotedTable} where ${quotedColumn} is null) end) then
  raise exception using errcode = '55000',
    message = 'Table ' || ${table} || ' has rows without a tenant: "' || ${column} || '" is null',
    hint = 'Fill them in first, or use protectMixedTable if such rows are shared by all tenants.';
end if;

-- name: nullable
if (select attnotnull from pg_catalog.pg_attribute where attrelid = rel and attname = ${column}) then
  raise exception using errcode = '55000',
    message = 'Column "' || ${column} || '" of ' || ${table} || ' is NOT NULL, so no row can be shared',
    hint = 'Use protectTenantTable, or drop the constraint.';
end if;

-- name: unprotected
if exists (select from boundary.protected_table where schema_name = ${schemaName} and table_name = ${tableName}) then
  raise exception using errcode = '55000',
    message = 'Table ' || ${table} || ' is protected already',
    hint = 'Roll the earlier change back first; boundary.applied_change lists it.';
end if;
