-- name: installed
if pg_catalog.to_regclass('boundary.undo_step') is null then
  raise exception using errcode = '55000',
    message = 'Boundary is not installed in this database',
    hint = 'Run installBoundary first, then createBoundaryRoles.';
end if;

-- name: role
if not exists (select from pg_catalog.pg_roles where rolname = ${role}) then
  raise exception using errcode = '55000',
    message = 'There is no role "' || ${role} || '" (' || ${attribute} || ')',
    hint = 'Run createBoundaryRoles first, or name the role you use.';
end if;
