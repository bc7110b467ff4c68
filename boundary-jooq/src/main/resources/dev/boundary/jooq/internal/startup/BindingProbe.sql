-- Which tenant the policies see.

-- name: tenant
select boundary.current_tenant_id()::text

-- name: setting
select pg_catalog.current_setting(?, true)
