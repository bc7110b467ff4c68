-- The doctor generates the same predicates in Java (ExpectedPredicate), and ExpectedPolicyTest compares them: change both.

-- name: list-by-tenant-column
insert into boundary.protected_table (schema_name, table_name, classification, tenant_column) values (${schemaName}, ${tableName}, ${kind}, ${tenantColumn})

-- name: matching-foreign-key
from (
  select k.conrelid, k.confrelid, n.nspname as parent_schema, p.relname as parent_table,
    array(select a.attname::text from pg_catalog.unnest(k.conkey) with ordinality as c(number, position)
      join pg_catalog.pg_attribute a on a.attrelid = k.conrelid and a.attnum = c.number
      order by c.position) as child_columns,
    array(select a.attname::text from pg_catalog.unnest(k.confkey) with ordinality as c(number, position)
      join pg_catalog.pg_attribute a on a.attrelid = k.confrelid and a.attnum = c.number
      order by c.position) as parent_columns
  from pg_catalog.pg_constraint k join pg_catalog.pg_class p on p.oid = k.confrelid
  join pg_catalog.pg_namespace n on n.oid = p.relnamespace
  where k.contype = 'f' and k.conparentid = 0 and k.conrelid = ${table}::pg_catalog.regclass and k.confrelid <> k.conrelid
) k where k.child_columns operator(pg_catalog.@>) ${columns} and k.child_columns operator(pg_catalog.<@) ${columns}

-- name: parent-is-protected
if (
    select pg_catalog.count(*)
    ${matching}
    ) <> 1 then
  raise exception using errcode = '55000',
    message = 'Table ' || ${table} || ' has not exactly one foreign key on (' || ${columns} || ') to another table',
    hint = 'A child reaches its tenant through one foreign key; add it, or name its columns in foreignKeyColumns.';
end if;
if not exists (
    select
    ${matching}
    and (k.parent_schema, k.parent_table) in (select schema_name, table_name from boundary.protected_table)) then
  raise exception using errcode = '55000',
    message = 'The table that ' || ${table} || ' refers to by (' || ${columns} || ') is not protected',
    hint = 'Protect the parent before its children.';
end if;

-- name: list-child
insert into boundary.protected_table (schema_name, table_name, classification, child_columns, parent_schema, parent_table, parent_columns)
select ${schemaName}, ${tableName}, 'CHILD', k.child_columns, k.parent_schema, k.parent_table, k.parent_columns
${matching};

-- name: unlist
delete from boundary.protected_table where schema_name = ${schemaName} and table_name = ${tableName}

-- name: policies-are-absent
if exists (select from pg_catalog.pg_policy where polrelid = rel and polname = any (${policies})) then
  raise exception using errcode = '55000',
    message = 'Table ' || ${table} || ' already has a policy with one of the names ' || ${names},
    hint = 'Drop or rename it: Boundary replaces no policy that it did not make.';
end if;

-- name: create-tenant-policies
declare
  tenant_key text := (
    select case predicate when 'pinned' then '(select boundary.current_tenant_id())'
      else 'boundary.current_tenant_id()' end from boundary.installation);
  node record;
  row_name text := ${rowName};
  level int := 0;
  opening text := '';
  closing text := '';
  readable text;
  writable text;
begin
  select * into strict node from boundary.protected_table where schema_name = ${schemaName} and table_name = ${tableName};
  while node.classification = 'CHILD' loop
    level := level + 1;
    opening := opening || pg_catalog.format('exists (select 1 from %I.%I as ${parentAlias}%s where %s and ',
      node.parent_schema, node.parent_table, level,
      (select pg_catalog.string_agg(pg_catalog.format('${parentAlias}%s.%I %s %s.%I', level, k.parent,
         -- The equality of the foreign key, which for a type of an extension is not the catalog's.
         coalesce((select pg_catalog.format('operator(%I.%s)', s.nspname, o.oprname)
           from pg_catalog.pg_constraint f cross join unnest(f.conkey, f.confkey, f.conpfeqop) as u(child, parent, equal)
           join pg_catalog.pg_attribute c on c.attrelid = f.conrelid and c.attnum = u.child and c.attname = k.child
           join pg_catalog.pg_attribute p on p.attrelid = f.confrelid and p.attnum = u.parent and p.attname = k.parent
           join pg_catalog.pg_operator o on o.oid = u.equal join pg_catalog.pg_namespace s on s.oid = o.oprnamespace
           where f.contype = 'f' and f.conparentid = 0
             and f.conrelid = pg_catalog.to_regclass(pg_catalog.format('%I.%I', node.schema_name, node.table_name))
             and f.confrelid = pg_catalog.to_regclass(pg_catalog.format('%I.%I', node.parent_schema, node.parent_table))
           limit 1), '='), row_name, k.child), ' and ')
       from unnest(node.parent_columns, node.child_columns) as k(parent, child)));
    closing := closing || ')';
    row_name := '${parentAlias}' || level;
    select * into strict node from boundary.protected_table
    where schema_name = node.parent_schema and table_name = node.parent_table;
  end loop;
  writable := opening || pg_catalog.format('%s.%I = %s', row_name, node.tenant_column, tenant_key) || closing;
  readable := writable;
  if node.classification = 'MIXED' then
    readable := opening || pg_catalog.format('(%s.%I is null or %s.%I = %s)',
      row_name, node.tenant_column, row_name, node.tenant_column, tenant_key) || closing;
  end if;
  execute pg_catalog.format('create policy ${tenant} on %s as permissive for all to %s using (%s) with check (%s)',
    ${target}, ${role}, readable, writable);
  execute pg_catalog.format('create policy ${floor} on %s as restrictive for all to %s using (%s) with check (%s)',
    ${target}, ${role}, readable, writable);
  if readable <> writable then
    execute pg_catalog.format('create policy ${floorUpdate} on %s as restrictive for update to %s using (%s) with check (%s)',
      ${target}, ${role}, writable, writable);
    execute pg_catalog.format('create policy ${floorDelete} on %s as restrictive for delete to %s using (%s)',
      ${target}, ${role}, writable);
  end if;
end;

-- name: create-admin-policy
create policy ${policy} on ${target} as permissive for all to ${role} using (true) with check (true)

-- name: tenant-policies-may-go
if not exists (select from boundary.protected_table where schema_name = ${schemaName} and table_name = ${tableName}) then
  raise exception using errcode = '55000',
    message = 'Table ' || ${table} || ' has no tenant policies of Boundary''s',
    hint = 'boundary.protected_table lists the tables that have.';
end if;
if exists (select from boundary.protected_table where parent_schema = ${schemaName} and parent_table = ${tableName}) then
  raise exception using errcode = '55000',
    message = 'Table ' || ${table} || ' has protected children, whose policies reach their tenant through it',
    hint = 'Drop the children''s policies first.';
end if;

-- name: remember-listing
insert into boundary.undo_step (change_id, statement)
select this_change, pg_catalog.format('insert into boundary.protected_table values (%L, %L, %L, %L, %L, %L, %L, %L)',
  schema_name, table_name, classification, tenant_column, child_columns, parent_schema, parent_table, parent_columns)
from boundary.protected_table where schema_name = ${schemaName} and table_name = ${tableName};

-- name: admin-policy-is-there
if not exists (select from pg_catalog.pg_policy where polrelid = rel and polname = ${policy}) then
  raise exception using errcode = '55000',
    message = 'Table ' || ${table} || ' has no policy ' || ${policy},
    hint = 'It was dropped already, or never made.';
end if;

-- name: remember-policies
insert into boundary.undo_step (change_id, statement)
select this_change, pg_catalog.format('create policy %I on %I.%I as %s for %s to %s%s%s', p.policyname,
  p.schemaname, p.tablename, p.permissive, p.cmd,
  (select pg_catalog.string_agg(case when r = 'public' then 'public' else pg_catalog.quote_ident(r) end, ', ')
   from pg_catalog.unnest(p.roles) as r),
  ' using (' || p.qual || ')', ' with check (' || p.with_check || ')')
from pg_catalog.pg_policies p
join pg_catalog.pg_class c on c.oid = rel and c.relname = p.tablename
join pg_catalog.pg_namespace n on n.oid = c.relnamespace and n.nspname = p.schemaname
where p.policyname = any (${policies});
