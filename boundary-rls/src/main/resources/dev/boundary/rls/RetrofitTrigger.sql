-- name: source-is-expression
source := ${expression};

-- name: source-is-parent
select pg_catalog.format('(select boundary_parent.%I from %s as boundary_parent where %s)', ${parentTenantColumn},
    k.confrelid::pg_catalog.regclass,
    (select pg_catalog.string_agg(pg_catalog.format('boundary_parent.%I operator(%I.%s) %s.%I', p.attname, n.nspname, o.oprname,
       ${rowName}, c.attname), ' and ')
     from unnest(k.conkey, k.confkey, k.conpfeqop) as u(child, parent, equal)
     join pg_catalog.pg_operator o on o.oid = u.equal join pg_catalog.pg_namespace n on n.oid = o.oprnamespace
     join pg_catalog.pg_attribute c on c.attrelid = k.conrelid and c.attnum = u.child
     join pg_catalog.pg_attribute p on p.attrelid = k.confrelid and p.attnum = u.parent))
into source from pg_catalog.pg_constraint k
where k.contype = 'f' and k.conparentid = 0 and k.conrelid = rel and pg_catalog.cardinality(k.conkey) = ${size}
  and not exists (select from pg_catalog.pg_attribute a where a.attrelid = rel and a.attnum = any (k.conkey)
    and a.attname <> all (${columns}));
if source is null then
  raise exception using errcode = '55000',
    message = 'Table ' || ${table} || ' has no foreign key on (' || ${names} || ')',
    hint = 'Name the columns of a foreign key in foreignKeyColumns, or give an expression.';
end if;

-- name: create-if-missing
if not exists (select from pg_catalog.pg_trigger where tgrelid = rel and tgname = 'boundary_retrofit') then
  ${source}
  ${create}
end if;

-- name: create
${path}
execute pg_catalog.format('create function boundary.%I() returns trigger language plpgsql set search_path from current as %L',
  ${function}, pg_catalog.format('begin new.%I := (select %s from (select new.*) as %s); return new; end', ${tenantColumn}, source, ${rowName}));
${pinPath}
execute pg_catalog.format('create trigger boundary_retrofit before insert or update on %s for each row when (new.%I is null) execute function boundary.%I()',
  rel, ${tenantColumn}, ${function});

-- name: drop-function
drop function if exists boundary.${function}

-- name: drop-if-exists
drop trigger if exists boundary_retrofit on ${table}

-- name: exists
if not exists (select from pg_catalog.pg_trigger where tgrelid = rel and tgname = 'boundary_retrofit') then
  raise exception using errcode = '55000',
    message = 'Table ' || ${table} || ' has no trigger of retrofitTenantColumn',
    hint = 'It was dropped already, or the table was not retrofitted.';
end if;

-- name: remember
insert into boundary.undo_step (change_id, statement)
select this_change, pg_catalog.pg_get_triggerdef(oid) from pg_catalog.pg_trigger where tgrelid = rel and tgname = 'boundary_retrofit';
insert into boundary.undo_step (change_id, statement)
select this_change, pg_catalog.pg_get_functiondef(tgfoid) from pg_catalog.pg_trigger where tgrelid = rel and tgname = 'boundary_retrofit';

-- name: drop-declarations
rel pg_catalog.regclass := ${table};
filling pg_catalog.regprocedure := (select tgfoid from pg_catalog.pg_trigger where tgrelid = rel and tgname = 'boundary_retrofit');

-- name: drop
drop trigger boundary_retrofit on ${table};
execute pg_catalog.format('drop function %s', filling);
