do $fill$
declare
  tenant constant uuid := 'TENANT';
  c1 bigint; c2 bigint; b1 bigint; b2 bigint; b3 bigint; t1 int; n1 bigint; n2 bigint;
begin
  insert into template (tenant_id, name) values (tenant, 'own ' || tenant) returning id into t1;
  insert into customer (tenant_id, name) values (tenant, 'Ann "the" \ ' || tenant) returning id into c1;
  insert into customer (tenant_id, name) values (tenant, E'Bob\n\t\r\u2028 ☃ 💰' || tenant) returning id into c2;
  insert into booking (tenant_id, customer_id, template_id, currency, total) values (tenant, c1, 1, 'EUR', 10.50) returning id into b1;
  insert into booking (tenant_id, customer_id, template_id, parent_id, currency, total) values (tenant, c2, t1, b1, 'JPY', 0) returning id into b2;
  insert into booking (tenant_id, customer_id, template_id, parent_id, currency, total) values (tenant, c2, null, b2, 'JPY', -1) returning id into b3;
  update booking set parent_id = b3 where id = b1;
  update customer set last_booking_id = b2 where id = c2;
  insert into booking_line values (b1, 1, 12345678901234567890.123456789012345678900), (b1, 2, 'NaN'), (b2, 1, null);
  insert into line_note values (gen_random_uuid(), b1, 2, 'null'), (gen_random_uuid(), b2, 1, null), (gen_random_uuid(), b2, 1, '');
  insert into log values (tenant, 'infinity', 'last' || tenant), (tenant, '-infinity', tenant::text), (tenant, null, tenant::text), (tenant, null, tenant::text);
  insert into measure values (tenant, '2024-02-29', 1, 1e-300), (tenant, '4714-11-24 BC', 1, 'NaN'), (tenant, 'infinity', 2, '-Infinity');
  insert into project (tenant_id, id, name) values (tenant, gen_random_uuid(), 'straße ' || tenant);
  insert into task select tenant, n, (select id from project where tenant_id = tenant), null, 'task ' || n from generate_series(1, 5) n;
  update task set next_task = 6 - id where tenant_id = tenant;
  insert into subtask select tenant, n, 1, n % 2 = 0 from generate_series(1, 5) n;
  n1 := nextval('node_id_seq');
  n2 := nextval('node_id_seq');
  insert into node values (n1, tenant, n1, 'root'), (n2, tenant, n1, 'leaf'), (nextval('node_id_seq'), tenant, n2, 'deep ' || tenant);
  insert into "Odd Schema"."Weird ""Table"" ☃" values (
    tenant, 9223372036854775807, 7, -32768, '1.1', 0.1, '-12345678901234567890123456789012345678901234567890.000100', 1.5, true,
    E'quote " back \\ slash \\n line\nfeed tab\t cr\r e\u0301 \U0001F4B0 {"a": 1} \\. ' || chr(127) || chr(1), 'null', 'ab', 'x', 'a name',
    '2024-02-29', '24:00:00', '23:59:59.999999-15:59:59', '0044-03-15 12:00:00 BC', '2024-02-29 12:00:00.123456+00',
    '-1 year 2 mons -3 days 04:05:06.789', '\x00ff5c0a', E'{ "a" : 1,\n "a": "\\u2028" }', '{"b": [1, null, "\u00e9"], "n": 1.10}', '<a b="c">d</a>text',
    '-1234567.89', b'101', b'1', '192.168.0.1/24', '10.0.0.0/8', '08:00:2b:01:02:03', $$'fat':2A 'c\at' '''q':1$$, $$'fat' & !'rat'$$, '(1.5,-2)',
    '(3,4),(1,2)', 'public.currency', '16/B374D848', 4294967295, '$.a[*] ? (@ > 1)', '{{1,NULL},{3,4}}', E'{NULL,"NULL","a,b","q\\"","\\\\","","\n"}',
    array['null'::jsonb, '{"a":"b"}', null], '[1,10)', '(,"2024-01-01 00:00:00+00"]', '{[1,3),[7,9)}', 'it''s, "fine"',
    array['ça va', null]::"Odd Schema"."Mood ""x"""[], row(1, 'a "b", \c'), array[row(null, null)::"Odd Schema".pair, null, row(2, '')::"Odd Schema".pair], 1.0, 'short');
  insert into "Odd Schema"."Weird ""Table"" ☃" ("Tenant ""Id""", "select", r4, r8, num, txt, ch, js, jb, pair, iv, d, ts, tstz, num52, one, ip)
    values (tenant, -9223372036854775808, 'NaN', '-Infinity', 'NaN', '', '', 'null', 'null', row(null, null), '178000000 years', '-infinity', 'infinity', '-infinity', -999.99, '', '::1');
  insert into "Odd Schema"."Weird ""Table"" ☃" ("Tenant ""Id""", "select", r8, r4, num, ip) values (tenant, 0, '-0', 3.4028235e38, 1e-200, '1.2.3.4');
end
$fill$;
