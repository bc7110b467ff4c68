insert into currency values ('EUR', 'euro'), ('JPY', 'yen');
insert into template (tenant_id, name) values (null, 'shared one'), (null, 'shared two');
