-- name: begin
insert into boundary.applied_change (change, object, version)
values (${change}, ${object}, ${version}) returning id into this_change;

-- name: step
insert into boundary.undo_step (change_id, statement) values (this_change, ${statement});

-- name: declare-newest
this_change bigint := (select max(id) from boundary.applied_change where change = ${change} and object = ${object});

-- name: restore-declarations
this_change bigint;
step record;

-- name: newest
select max(id) into this_change from boundary.applied_change where change = ${change} and object = ${object};

-- name: restore
${newest}
if this_change is null then
  raise exception using errcode = '55000',
    message = 'There is nothing to roll back: ' || ${title} || ' in this database',
    hint = 'boundary.applied_change lists what was. Was it rolled back already?';
end if;
for step in select statement from boundary.undo_step where change_id = this_change order by id desc loop
  execute step.statement;
end loop;
delete from boundary.applied_change where id = this_change;
