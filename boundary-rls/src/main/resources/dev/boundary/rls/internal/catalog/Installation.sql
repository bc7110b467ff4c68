-- What was installed, and whether the connected role can read it. The columns are the components of Installation.

-- name: access
select pg_catalog.current_database()::text, current_user::text,
  pg_catalog.to_regnamespace('boundary') is not null,
  coalesce(pg_catalog.has_schema_privilege(pg_catalog.to_regnamespace('boundary'), 'USAGE'), false)
    and exists (select from pg_catalog.pg_class c
      where c.relnamespace = pg_catalog.to_regnamespace('boundary') and c.relname = 'installation'
        and pg_catalog.has_table_privilege(c.oid, 'SELECT'))

-- name: installation
select version, session_variable, tenant_key_type, missing, predicate, leakproof from boundary.installation
