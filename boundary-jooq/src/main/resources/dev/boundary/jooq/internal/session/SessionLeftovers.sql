-- What statements can leave on a session. Names are qualified, for the search path may be one of them.

-- name: settings
select coalesce(pg_catalog.json_object_agg(name, setting), '{}')::text
from pg_catalog.pg_settings
where source = 'session' and name not like 'transaction\_%'

-- name: value
select coalesce(pg_catalog.current_setting(${name}, true), '')

-- name: leftovers
-- Advisory locks of the session are only released: no one else sees them.
select 'the setting ' || s.name as what, s.name as setting
from pg_catalog.pg_settings s
left join pg_catalog.json_each_text(${settings}::json) known on known.key = s.name
where s.source = 'session' and s.name not like 'transaction\_%'
    and s.setting is distinct from known.value and s.setting is distinct from s.reset_val
union all
select 'the setting ' || name, name
from rows from (pg_catalog.unnest(${names}), pg_catalog.unnest(${values})) as named (name, value)
where coalesce(pg_catalog.current_setting(name, true), '') <> value
union all
select 'the temporary ' || case relkind when 'v' then 'view ' when 'S' then 'sequence ' else 'table ' end || relname, null
from pg_catalog.pg_class
where pg_catalog.pg_my_temp_schema() <> 0 and relnamespace = pg_catalog.pg_my_temp_schema() and relkind not in ('i', 'I')
union all
select 'the temporary function ' || proname, null
from pg_catalog.pg_proc
where pg_catalog.pg_my_temp_schema() <> 0 and pronamespace = pg_catalog.pg_my_temp_schema()
union all
select 'the temporary type ' || typname, null
from pg_catalog.pg_type
where pg_catalog.pg_my_temp_schema() <> 0 and typnamespace = pg_catalog.pg_my_temp_schema() and typtype in ('d', 'e', 'r')
union all
select 'the cursor ' || name, null
from pg_catalog.pg_cursors
where is_holdable
union all
select 'the prepared statement ' || name, null
from pg_catalog.pg_prepared_statements
where from_sql
union all
select 'LISTEN ' || channel, null
from pg_catalog.pg_listening_channels() channel
union all
select 'the role ' || current_user, null
where current_user <> session_user
union all
select null, null
where pg_catalog.pg_advisory_unlock_all() is null

-- name: reset
close all;
unlisten *;
discard temp;
discard sequences;
reset session authorization;
reset role;
reset all

-- name: restore
select pg_catalog.count(pg_catalog.set_config(key, value, false)) from pg_catalog.json_each_text(${settings}::json)
