-- name: pin-path
perform pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);

-- name: restore-path
perform pg_catalog.set_config('search_path', boundary_path, true);

-- name: block
declare
  boundary_path pg_catalog.text := pg_catalog.current_setting('search_path');
begin
  ${pinPath}
  ${body}
  ${restorePath}
end

-- name: nested
declare
  ${declarations}
begin
  ${body}
end;

-- name: retrying-locks
declare
  waiting text := pg_catalog.current_setting('lock_timeout');
  attempt int := 0;
begin
  loop
    begin
      perform pg_catalog.set_config('lock_timeout', '2s', true);
      ${body}
      perform pg_catalog.set_config('lock_timeout', waiting, true);
      exit;
    exception when lock_not_available then
      attempt := attempt + 1;
      if attempt >= 100 then
        raise;
      end if;
      perform pg_catalog.pg_sleep(0.5);
    end;
  end loop;
end;
