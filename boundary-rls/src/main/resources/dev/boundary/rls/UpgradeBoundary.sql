-- name: declarations
this_change bigint;
installed text;

-- name: version-is-known
select version into strict installed from boundary.installation;
if installed not in ('1', ${version}) then
  raise exception using errcode = '55000',
    message = pg_catalog.format('Version %s of Boundary is installed, which this library (version %s) does not know', installed, ${version}),
    hint = 'Use the library that installed it, or a later one.';
end if;

-- name: upgrade
${begin}
if installed = '1' then
  ${restoreVersion}
  ${dropProgress}
  ${createProgress}
  update boundary.installation set version = '2';
  -- Whoever may write the other tables of the schema may write the new one.
  declare
    grantee pg_catalog.regrole;
  begin
    for grantee in select distinct a.grantee from pg_catalog.pg_class c cross join pg_catalog.aclexplode(c.relacl) a
        where c.oid = 'boundary.undo_step'::pg_catalog.regclass and a.privilege_type = 'INSERT' and a.grantee <> c.relowner loop
      execute pg_catalog.format('grant select, insert, update, delete on boundary.retrofit_progress to %s', grantee);
    end loop;
  end;
end if;

-- name: restore-version-1
update boundary.installation set version = '1'

-- name: drop-progress
drop table boundary.retrofit_progress

-- name: create-retrofit-progress
create table boundary.retrofit_progress (
  schema_name text not null,
  table_name text not null,
  source text not null,
  pages_done bigint not null default 0,
  pages_total bigint not null,
  rows_filled bigint not null default 0,
  updated_at timestamptz not null default pg_catalog.now(),
  primary key (schema_name, table_name))
