-- name: declarations
rel pg_catalog.regclass := pg_catalog.to_regclass(${table});
this_change bigint;
