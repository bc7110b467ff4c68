-- select one table
select app.booking.tenant_id, app.booking.id, app.booking.court_id, app.booking.member_id, app.booking.status, app.booking.price, app.booking.note from app.booking where app.booking.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001]

-- select with condition and OR
select app.booking.tenant_id, app.booking.id, app.booking.court_id, app.booking.member_id, app.booking.status, app.booking.price, app.booking.note from app.booking where ((app.booking.price > ? or app.booking.id = ?) and app.booking.tenant_id = cast(? as uuid)) -- [20, 1, 00000000-0000-0000-0000-000000000001]

-- alias
select b.id, b.note from app.booking as b where (b.status = ? and b.tenant_id = cast(? as uuid)) -- [open, 00000000-0000-0000-0000-000000000001]

-- alias with a list of columns
select t.a, t.b, t.court_id, t.member_id, t.status, t.price, t.note from app.booking as t (a, b) where t.a = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001]

-- select no column
select 1 as one from app.booking where app.booking.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001]

-- select *
select * from app.booking where app.booking.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001]

-- select table.*
select b.* from app.booking as b where b.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001]

-- table with condition
select app.booking.id from (app.booking join (select) as booking_app_tenant on booking.tenant_id = cast(? as uuid)) where app.booking.price > ? -- [00000000-0000-0000-0000-000000000001, 10]

-- limit and offset
select app.booking.tenant_id, app.booking.id, app.booking.court_id, app.booking.member_id, app.booking.status, app.booking.price, app.booking.note from app.booking where app.booking.tenant_id = cast(? as uuid) order by app.booking.id offset ? rows fetch next ? rows only -- [00000000-0000-0000-0000-000000000001, 1, 3]

-- distinct
select distinct app.booking.status from app.booking where app.booking.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001]

-- distinct on
select distinct on (app.booking.status) app.booking.status, app.booking.id from app.booking where app.booking.tenant_id = cast(? as uuid) order by app.booking.status, app.booking.id -- [00000000-0000-0000-0000-000000000001]

-- limit with ties
select app.booking.status from app.booking where app.booking.tenant_id = cast(? as uuid) order by app.booking.status fetch next ? rows with ties -- [00000000-0000-0000-0000-000000000001, 1]

-- seek
select app.booking.tenant_id, app.booking.id, app.booking.court_id, app.booking.member_id, app.booking.status, app.booking.price, app.booking.note from app.booking where (app.booking.tenant_id = cast(? as uuid) and (app.booking.price, app.booking.id) > (?, ?)) order by app.booking.price, app.booking.id fetch next ? rows only -- [00000000-0000-0000-0000-000000000001, 15, 3, 4]

-- for update
select app.booking.tenant_id, app.booking.id, app.booking.court_id, app.booking.member_id, app.booking.status, app.booking.price, app.booking.note from app.booking where app.booking.tenant_id = cast(? as uuid) for update skip locked -- [00000000-0000-0000-0000-000000000001]

-- for update, waiting
set local lock_timeout = 3000; select app.booking.tenant_id, app.booking.id, app.booking.court_id, app.booking.member_id, app.booking.status, app.booking.price, app.booking.note from app.booking where app.booking.tenant_id = cast(? as uuid) for update -- [00000000-0000-0000-0000-000000000001]

-- for no key update, derived table
select * from (select app.booking.tenant_id, app.booking.id, app.booking.court_id, app.booking.member_id, app.booking.status, app.booking.price, app.booking.note from app.booking where app.booking.tenant_id = cast(? as uuid)) as q for no key update -- [00000000-0000-0000-0000-000000000001]

-- for share of
select b.id from app.booking as b join app.court as c on b.court_id = c.id where (b.tenant_id = cast(? as uuid) and c.tenant_id = cast(? as uuid)) for share of b -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- group by and having
select b.status, count(*), sum(b.price) from app.booking as b where b.tenant_id = cast(? as uuid) group by b.status having count(*) > ? -- [00000000-0000-0000-0000-000000000001, 1]

-- count
select count(*) from app.booking where app.booking.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001]

-- group by the primary key
select c.id, c.name, c.rate, count(b.id) from app.court as c left outer join app.booking as b on (b.court_id = c.id and b.tenant_id = cast(? as uuid)) where c.tenant_id = cast(? as uuid) group by c.id -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- rollup
select b.status, (b.court_id - b.court_id), count(*), grouping(b.status) from app.booking as b where b.tenant_id = cast(? as uuid) group by rollup (b.status, b.court_id) -- [00000000-0000-0000-0000-000000000001]

-- aggregate with FILTER
select count(*) filter (where b.price > ?), count(distinct b.member_id), min(b.price), max(b.price) from app.booking as b where b.tenant_id = cast(? as uuid) -- [20, 00000000-0000-0000-0000-000000000001]

-- ordered aggregates
select string_agg(b.status, ',' order by b.id), percentile_cont(cast(? as double precision)) within group (order by b.price), array_agg(b.id order by b.id) from app.booking as b where b.tenant_id = cast(? as uuid) -- [0.5, 00000000-0000-0000-0000-000000000001]

-- window functions
select b.id, row_number() over (order by b.id), sum(b.price) over (partition by b.status order by b.id), dense_rank() over (order by b.status) from app.booking as b where b.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001]

-- window clause
select b.id, count(*) over w from app.booking as b where b.tenant_id = cast(? as uuid) window w as (order by b.id) -- [00000000-0000-0000-0000-000000000001]

-- empty table of a tenant
select coalesce(max(b.price), ?) from app.booking as b where (b.price > ? and b.tenant_id = cast(? as uuid)) -- [0, 1000, 00000000-0000-0000-0000-000000000001]

-- values
select v.x, v.y from (values (?, ?), (?, ?)) as v (x, y) -- [1, a, 2, b]

-- no table
select 1 as one -- []

-- json table
select * from (select cast((jsonb_path_query_first(j, cast(? as jsonpath))->>0) as int) as a, cast((jsonb_path_query_first(j, cast('$.b' as jsonpath))->>0) as varchar(3)) as b, o as n from jsonb_path_query(cast(? as jsonb), cast(? as jsonpath)) with ordinality as t(j, o)) -- [$.a, [{a: 1, b: x}, {a: 2}], $[*]]

-- xml table
select * from xmltable(? passing cast(? as xml) columns a int path 'a', n for ordinality) -- [//row, <r><row><a>1</a></row><row><a>2</a></row></r>]

-- with ordinality
select * from unnest(array[?, ?]) with ordinality as u (v, n) -- [a, b]

-- rows from
select * from rows from (generate_series(?, ?), generate_series(?, ?)) -- [1, 3, 5, 6]

-- series
select count(*) from app.booking, generate_series(?, ?) where app.booking.tenant_id = cast(? as uuid) -- [1, 3, 00000000-0000-0000-0000-000000000001]

-- unnest
select b.id from app.booking as b join unnest(array[?, ?]) as u (n) on b.id = u.n where b.tenant_id = cast(? as uuid) -- [1, 2, 00000000-0000-0000-0000-000000000001]

-- json table of columns
select b.id, j.v from app.booking as b, lateral (select cast((jsonb_path_query_first(j, cast(? as jsonpath))->>0) as int) as v from jsonb_path_query((select jsonb_agg(c.rate) from app.court as c where (c.id = b.court_id and c.tenant_id = cast(? as uuid))), cast(? as jsonpath)) as t(j)) as j where b.tenant_id = cast(? as uuid) -- [$, 00000000-0000-0000-0000-000000000001, $[*], 00000000-0000-0000-0000-000000000001]

-- xml table of columns
select b.id, x.v from app.booking as b, lateral xmltable(? passing xmlelement(name r, xmlelement(name v, b.price)) columns v int path '.') as x where b.tenant_id = cast(? as uuid) -- [//v, 00000000-0000-0000-0000-000000000001]

-- relational division
select * from (select distinct dividend.status from app.booking as dividend where (not exists (select 1 from (app.court as c join (select) as c_tenant on c.tenant_id = cast(? as uuid)) where (not exists (select 1 from app.booking where (dividend.status = app.booking.status and app.booking.court_id = c.id and app.booking.tenant_id = cast(? as uuid))) and c.rate < ?)) and dividend.tenant_id = cast(? as uuid))) as alias_121552824 -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001, 20, 00000000-0000-0000-0000-000000000001]

-- catalog
select count(*) from information_schema.tables where table_schema = ? -- [none]

-- inner join
select b.id, m.name from app.booking as b join app.member as m on b.member_id = m.id where (b.tenant_id = cast(? as uuid) and m.tenant_id = cast(? as uuid)) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- cross join
select c.id, m.id from app.court as c cross join app.member as m where (c.tenant_id = cast(? as uuid) and m.tenant_id = cast(? as uuid)) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- comma list
select c.name, m.name from app.court as c, app.member as m where (c.tenant_id = cast(? as uuid) and m.tenant_id = cast(? as uuid)) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- self join
select m.name, r.name from app.member as m join app.member as r on m.referrer_id = r.id where (m.tenant_id = cast(? as uuid) and r.tenant_id = cast(? as uuid)) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- join using
select app.booking.id, app.member.name from app.booking join app.member using (id) where (app.booking.tenant_id = cast(? as uuid) and app.member.tenant_id = cast(? as uuid)) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- natural join
select app.booking.price, app.member.name from app.booking natural join app.member where (app.booking.tenant_id = cast(? as uuid) and app.member.tenant_id = cast(? as uuid)) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- join on true
select c.id, m.id from app.court as c join app.member as m on true where (c.tenant_id = cast(? as uuid) and m.tenant_id = cast(? as uuid)) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- left join
select b.id, m.name from app.booking as b left outer join app.member as m on (b.member_id = m.id and m.tenant_id = cast(? as uuid)) where b.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- left join, IS NULL on the right
select m.id from app.member as m left outer join app.booking as b on (b.member_id = m.id and b.status = ? and b.tenant_id = cast(? as uuid)) where (b.id is null and m.tenant_id = cast(? as uuid)) -- [paid, 00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- right join
select b.id, m.name from app.booking as b right outer join app.member as m on (b.member_id = m.id and b.tenant_id = cast(? as uuid)) where m.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- left join of a table with condition
select c.id, b.id from app.court as c left outer join (select b.tenant_id, b.id, b.court_id, b.member_id, b.status, b.price, b.note from (app.booking as b join (select) as b_tenant on b.tenant_id = cast(? as uuid)) where (b.price > ? and b.price > ?)) as b on b.court_id = c.id where c.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001, 10, 10, 00000000-0000-0000-0000-000000000001]

-- full join
select b.id, m.name from (app.booking as b join (select) as b_tenant on b.tenant_id = cast(? as uuid)) full outer join (app.member as m join (select) as m_tenant on m.tenant_id = cast(? as uuid)) on b.member_id = m.id -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- full join, no alias
select app.booking.id, app.member.name from (app.booking join (select) as booking_app_tenant on app.booking.tenant_id = cast(? as uuid)) full outer join (app.member join (select) as member_app_tenant on app.member.tenant_id = cast(? as uuid)) on app.booking.member_id = app.member.id -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- left join using
select app.booking.id, app.member.name from app.booking left outer join (app.member join (select) as member_app_tenant on app.member.tenant_id = cast(? as uuid)) using (id) where app.booking.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- full join using
select app.booking.price, app.member.name from (app.booking join (select) as booking_app_tenant on app.booking.tenant_id = cast(? as uuid)) full outer join (app.member join (select) as member_app_tenant on app.member.tenant_id = cast(? as uuid)) using (id) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- natural left join
select app.booking.price, app.member.name from app.booking natural left outer join (app.member join (select) as member_app_tenant on app.member.tenant_id = cast(? as uuid)) where app.booking.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- natural right join
select app.booking.price, app.member.name from (app.booking join (select) as booking_app_tenant on app.booking.tenant_id = cast(? as uuid)) natural right outer join app.member where app.member.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- natural full join
select app.booking.price, app.member.name from (app.booking join (select) as booking_app_tenant on app.booking.tenant_id = cast(? as uuid)) natural full outer join (app.member join (select) as member_app_tenant on app.member.tenant_id = cast(? as uuid)) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- outer apply of a table
select c.id, app.booking.id from app.court as c left outer join (app.booking join (select) as booking_app_tenant on app.booking.tenant_id = cast(? as uuid)) on true where c.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- left join of left join
select c.id, b.id, m.id from app.court as c left outer join (app.booking as b left outer join app.member as m on (b.member_id = m.id and m.tenant_id = cast(? as uuid))) on (b.court_id = c.id and b.tenant_id = cast(? as uuid)) where c.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- full join of joins
select b.id, c.id, m.id, r.id from (app.booking as b join (select) as b_tenant on b.tenant_id = cast(? as uuid)) join (app.court as c join (select) as c_tenant on c.tenant_id = cast(? as uuid)) on b.court_id = c.id full outer join ((app.member as m join (select) as m_tenant on m.tenant_id = cast(? as uuid)) left outer join (app.member as r join (select) as r_tenant on r.tenant_id = cast(? as uuid)) on m.referrer_id = r.id) on b.member_id = m.id -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- left join of inner join
select c.id, b.id, m.id from app.court as c left outer join (app.booking as b join app.member as m on b.member_id = m.id) on (b.court_id = c.id and b.tenant_id = cast(? as uuid) and m.tenant_id = cast(? as uuid)) where c.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- right join of left join
select c.id, b.id, m.id from app.court as c left outer join app.booking as b on (b.court_id = c.id and b.tenant_id = cast(? as uuid)) right outer join app.member as m on (b.member_id = m.id and c.tenant_id = cast(? as uuid)) where m.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- left join then inner join
select c.id, b.id, m.id from app.court as c left outer join app.booking as b on (b.court_id = c.id and b.tenant_id = cast(? as uuid)) join app.member as m on m.id = ? where (c.tenant_id = cast(? as uuid) and m.tenant_id = cast(? as uuid)) -- [00000000-0000-0000-0000-000000000001, 1, 00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- anti join
select m.id from app.member as m where (not exists (select 1 from app.booking as b where (b.member_id = m.id and b.tenant_id = cast(? as uuid))) and m.tenant_id = cast(? as uuid)) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- semi join
select c.id from app.court as c where (exists (select 1 from app.booking as b where (b.court_id = c.id and b.tenant_id = cast(? as uuid))) and c.tenant_id = cast(? as uuid)) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- cross apply
select c.id, q.id from app.court as c cross join lateral (select b.id from app.booking as b where (b.court_id = c.id and b.tenant_id = cast(? as uuid))) as q where c.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- outer apply
select m.id, q.id from app.member as m left outer join lateral (select b.id from app.booking as b where (b.member_id = m.id and b.tenant_id = cast(? as uuid))) as q on true where m.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- lateral
select c.id, q.n from app.court as c, lateral (select count(*) as n from app.booking as b where (b.court_id = c.id and b.tenant_id = cast(? as uuid))) as q where c.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- not in
select m.id from app.member as m where (m.id not in (select b.member_id from app.booking as b where (b.member_id is not null and b.tenant_id = cast(? as uuid))) and m.tenant_id = cast(? as uuid)) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- derived table
select * from (select app.booking.id, app.booking.price from app.booking where app.booking.tenant_id = cast(? as uuid)) as q -- [00000000-0000-0000-0000-000000000001]

-- derived table, left joined
select m.id, q.id from app.member as m left outer join (select b.id, b.member_id from app.booking as b where b.tenant_id = cast(? as uuid)) as q on q.member_id = m.id where m.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- scalar subquery
select c.id, (select count(*) from app.booking as b where (b.court_id = c.id and b.tenant_id = cast(? as uuid))) from app.court as c where c.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- scalar subquery in ORDER BY
select c.id from app.court as c where c.tenant_id = cast(? as uuid) order by (select count(*) from app.booking as b where (b.price > c.rate and b.tenant_id = cast(? as uuid))) desc, c.id fetch next ? rows only -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001, 2]

-- exists
select m.id from app.member as m where (exists (select 1 as one from app.booking as b where (b.member_id = m.id and b.tenant_id = cast(? as uuid))) and m.tenant_id = cast(? as uuid)) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- not exists
select m.id from app.member as m where (not exists (select 1 as one from app.booking as b where (b.member_id = m.id and b.tenant_id = cast(? as uuid))) and m.tenant_id = cast(? as uuid)) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- exists in SELECT
select m.id, exists (select 1 as one from app.booking as b where (b.member_id = m.id and b.tenant_id = cast(? as uuid))) from app.member as m where m.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- in
select m.id from app.member as m where (m.id in (select b.member_id from app.booking as b where b.tenant_id = cast(? as uuid)) and m.tenant_id = cast(? as uuid)) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- row in
select m.id from app.member as m where ((m.id, m.name) in (select r.referrer_id, r.name from app.member as r where r.tenant_id = cast(? as uuid)) and m.tenant_id = cast(? as uuid)) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- any and all
select b.id from app.booking as b where (b.price > any (select c.rate from app.court as c where c.tenant_id = cast(? as uuid)) and b.price <= all (select (c.rate + ?) from app.court as c where c.tenant_id = cast(? as uuid)) and b.tenant_id = cast(? as uuid)) -- [00000000-0000-0000-0000-000000000001, 20, 00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- quantified like
select c.id from app.court as c where (c.name like any (select b.note from app.booking as b where b.tenant_id = cast(? as uuid)) and c.tenant_id = cast(? as uuid)) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- case with subquery
select case when exists (select 1 as one from app.booking as b where (b.price > ? and b.tenant_id = cast(? as uuid))) then ? else ? end -- [70, 00000000-0000-0000-0000-000000000001, 1, 0]

-- same alias at several levels
select b.id from app.booking as b where (b.id in (select b.id from app.member as b where b.tenant_id = cast(? as uuid)) and b.tenant_id = cast(? as uuid)) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- alias that is another table's name
select member.id from app.booking as member join app.member as booking on member.member_id = booking.id where (member.tenant_id = cast(? as uuid) and booking.tenant_id = cast(? as uuid)) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- union
select app.booking.id from app.booking where app.booking.tenant_id = cast(? as uuid) union select app.court.rate from app.court where app.court.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- union all, ordered and limited
select app.booking.id as n from app.booking where app.booking.tenant_id = cast(? as uuid) union all select app.court.rate from app.court where app.court.tenant_id = cast(? as uuid) order by 1 fetch next ? rows only -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001, 7]

-- intersect and except
((select m.id from app.member as m where m.tenant_id = cast(? as uuid)) intersect (select b.member_id from app.booking as b where b.tenant_id = cast(? as uuid))) except (select r.referrer_id from app.member as r where r.tenant_id = cast(? as uuid)) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- nested union
(select m.id from app.member as m where m.tenant_id = cast(? as uuid)) union (select b.id from app.booking as b where b.tenant_id = cast(? as uuid) except all select r.id from app.member as r where r.tenant_id = cast(? as uuid)) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- union in a derived table
select count(*) from (select m.id from app.member as m where m.tenant_id = cast(? as uuid) union all select b.id from app.booking as b where b.tenant_id = cast(? as uuid)) as u -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- cte with the name of a table
with booking as (select app.booking.id from app.booking where (app.booking.price > ? and app.booking.tenant_id = cast(? as uuid))) select * from booking -- [10, 00000000-0000-0000-0000-000000000001]

-- cte
with q as (select b.id, b.price from app.booking as b where b.tenant_id = cast(? as uuid)) select * from q -- [00000000-0000-0000-0000-000000000001]

-- cte whose body reads the table of its name
with booking as (select id from booking where booking.tenant_id = cast(? as uuid)) select * from booking -- [00000000-0000-0000-0000-000000000001]

-- two ctes, the second reads the first
with p as (select b.id from app.booking as b where b.tenant_id = cast(? as uuid)), q as (select p.id as i, c.id from p, app.court as c where c.tenant_id = cast(? as uuid)) select * from q -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- materialized cte joined
with q as materialized (select b.id, b.member_id from app.booking as b where b.tenant_id = cast(? as uuid)) select m.name, q.id from app.member as m left outer join q on m.id = q.member_id where m.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- recursive cte
with recursive t(id, depth) as (select m.id, 0 from app.member as m where (m.referrer_id is null and m.tenant_id = cast(? as uuid)) union all select r.id, (t.depth + ?) from app.member as r join t on r.referrer_id = t.id where r.tenant_id = cast(? as uuid)) select * from t -- [00000000-0000-0000-0000-000000000001, 1, 00000000-0000-0000-0000-000000000001]

-- cte in a subquery
select (with q as (select b.id from app.booking as b where b.tenant_id = cast(? as uuid)) select count(*) from q) -- [00000000-0000-0000-0000-000000000001]

-- data-modifying cte
with gone as (delete from app.booking where (app.booking.status = ? and app.booking.tenant_id = cast(? as uuid)) returning app.booking.id) select * from gone -- [paid, 00000000-0000-0000-0000-000000000001]

-- updating cte
with done as (update app.booking set price = (app.booking.price + ?) where app.booking.tenant_id = cast(? as uuid) returning app.booking.id, app.booking.price) select * from done -- [1, 00000000-0000-0000-0000-000000000001]

-- inserting cte
with made as (insert into app.booking (id, court_id, tenant_id) values (?, ?, cast(? as uuid)) returning app.booking.id) select * from made -- [900, 11, 00000000-0000-0000-0000-000000000001]

-- final table of an update
with booking as (update app.booking set price = ? where (app.booking.status = ? and app.booking.tenant_id = cast(? as uuid)) returning app.booking.tenant_id, app.booking.id, app.booking.court_id, app.booking.member_id, app.booking.status, app.booking.price, app.booking.note) select * from booking as booking -- [3, paid, 00000000-0000-0000-0000-000000000001]

-- final table of an insert
with booking as (insert into app.booking (id, court_id, tenant_id) values (?, ?, cast(? as uuid)) returning app.booking.tenant_id, app.booking.id, app.booking.court_id, app.booking.member_id, app.booking.status, app.booking.price, app.booking.note) select * from booking as booking -- [900, 11, 00000000-0000-0000-0000-000000000001]

-- old table of a delete, under an alias
with x as (delete from app.booking where (app.booking.price > ? and app.booking.tenant_id = cast(? as uuid)) returning app.booking.tenant_id, app.booking.id, app.booking.court_id, app.booking.member_id, app.booking.status, app.booking.price, app.booking.note) select * from x as x -- [10, 00000000-0000-0000-0000-000000000001]

-- new table of a merge
with booking as (merge into app.booking using (app.member as m join (select) as m_tenant on m.tenant_id = cast(? as uuid)) on (app.booking.id = m.id and app.booking.tenant_id = cast(? as uuid)) when matched and app.booking.tenant_id = cast(? as uuid) then update set note = m.name returning app.booking.tenant_id, app.booking.id, app.booking.court_id, app.booking.member_id, app.booking.status, app.booking.price, app.booking.note) select * from booking as booking -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- final table of a child
with maintenance as (update app.maintenance set cost = ? where exists (select 1 from app.court as maintenance_parent where (maintenance_parent.id = app.maintenance.court_id and maintenance_parent.tenant_id = cast(? as uuid))) returning app.maintenance.id, app.maintenance.court_id, app.maintenance.label, app.maintenance.cost) select * from maintenance as maintenance -- [3, 00000000-0000-0000-0000-000000000001]

-- final table, joined, in another's statement
with y as (update app.court set rate = (app.court.rate + ?) where app.court.tenant_id = cast(? as uuid) returning app.court.id, app.court.tenant_id, app.court.name, app.court.surface, app.court.rate), x as (update app.booking set price = y.rate from y as y where (app.booking.court_id = y.id and app.booking.tenant_id = cast(? as uuid)) returning app.booking.tenant_id, app.booking.id, app.booking.court_id, app.booking.member_id, app.booking.status, app.booking.price, app.booking.note) select c.name, x.id from app.court as c join x as x on x.court_id = c.id where c.tenant_id = cast(? as uuid) -- [1, 00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- final table in a subquery, with a CTE
with x as (update app.booking set price = ? where app.booking.tenant_id = cast(? as uuid) returning app.booking.tenant_id, app.booking.id, app.booking.court_id, app.booking.member_id, app.booking.status, app.booking.price, app.booking.note), q as (select m.id from app.member as m where m.tenant_id = cast(? as uuid)) select c.name from app.court as c where (c.id in (select x.court_id from x as x where x.member_id in (select q.id from q)) and c.tenant_id = cast(? as uuid)) -- [3, 00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- multiset
select c.id, (select coalesce(jsonb_agg(jsonb_build_array(t.v0, t.v1)), jsonb_build_array()) from (select b.id as v0, b.note as v1 from app.booking as b where (b.court_id = c.id and b.tenant_id = cast(? as uuid)) order by b.id) as t) from app.court as c where c.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- nested multiset
select c.id, (select coalesce(jsonb_agg(jsonb_build_array(t.v0, t.v1)), jsonb_build_array()) from (select b.id as v0, (select coalesce(jsonb_agg(jsonb_build_array(t.v0)), jsonb_build_array()) from (select m.name as v0 from app.member as m where (m.id = b.member_id and m.tenant_id = cast(? as uuid))) as t) as v1 from app.booking as b where (b.court_id = c.id and b.tenant_id = cast(? as uuid)) order by b.id) as t) from app.court as c where c.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- multisetAgg
select b.status, jsonb_agg(jsonb_build_array(b.id) order by b.id) from app.booking as b where b.tenant_id = cast(? as uuid) group by b.status -- [00000000-0000-0000-0000-000000000001]

-- nested records
select b.id, row (c.name, c.rate) as nested from app.booking as b join app.court as c on b.court_id = c.id where (b.tenant_id = cast(? as uuid) and c.tenant_id = cast(? as uuid)) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- a table as a column
select row (c.id, c.tenant_id, c.name, c.surface, c.rate) as c from app.court as c where c.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001]

-- implicit join to one
select app.booking.id, alias_23907856.name from (app.booking join app.court as alias_23907856 on (app.booking.court_id = alias_23907856.id and alias_23907856.tenant_id = cast('00000000-0000-0000-0000-000000000001' as uuid))) where app.booking.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001]

-- implicit join to one, nullable
select app.booking.id, alias_72012233.name from (app.booking left outer join app.member as alias_72012233 on (app.booking.tenant_id = alias_72012233.tenant_id and app.booking.member_id = alias_72012233.id and alias_72012233.tenant_id = cast('00000000-0000-0000-0000-000000000001' as uuid))) where app.booking.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001]

-- implicit joins, two steps
select app.booking.id, alias_71658245.name from (app.booking left outer join (app.member as alias_72012233 left outer join app.member as alias_71658245 on (alias_72012233.tenant_id = alias_71658245.tenant_id and alias_72012233.referrer_id = alias_71658245.id and alias_71658245.tenant_id = cast('00000000-0000-0000-0000-000000000001' as uuid))) on (app.booking.tenant_id = alias_72012233.tenant_id and app.booking.member_id = alias_72012233.id and alias_72012233.tenant_id = cast('00000000-0000-0000-0000-000000000001' as uuid))) where app.booking.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001]

-- implicit join on an alias
select b.id, alias_67917785.name from (app.booking as b join app.court as alias_67917785 on (b.court_id = alias_67917785.id and alias_67917785.tenant_id = cast('00000000-0000-0000-0000-000000000001' as uuid)) left outer join app.member as alias_94142752 on (b.tenant_id = alias_94142752.tenant_id and b.member_id = alias_94142752.id and alias_94142752.tenant_id = cast('00000000-0000-0000-0000-000000000001' as uuid))) where (alias_94142752.name like ? and b.tenant_id = cast(? as uuid)) -- [%2, 00000000-0000-0000-0000-000000000001]

-- implicit join in ORDER BY
select b.id from (app.booking as b join app.court as alias_67917785 on (b.court_id = alias_67917785.id and alias_67917785.tenant_id = cast('00000000-0000-0000-0000-000000000001' as uuid))) where b.tenant_id = cast(? as uuid) order by alias_67917785.rate desc, b.id fetch next ? rows only -- [00000000-0000-0000-0000-000000000001, 4]

-- implicit join in a subquery
select c.id from app.court as c where (c.id in (select alias_67917785.id from (app.booking as b join app.court as alias_67917785 on (b.court_id = alias_67917785.id and alias_67917785.tenant_id = cast('00000000-0000-0000-0000-000000000001' as uuid)) left outer join app.member as alias_94142752 on (b.tenant_id = alias_94142752.tenant_id and b.member_id = alias_94142752.id and alias_94142752.tenant_id = cast('00000000-0000-0000-0000-000000000001' as uuid))) where (alias_94142752.city is not null and b.tenant_id = cast(? as uuid))) and c.tenant_id = cast(? as uuid)) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- implicit joins in several subqueries, with bind values
select c.id from app.court as c where (c.id in (select alias_67917785.id from (app.booking as b join app.court as alias_67917785 on (b.court_id = alias_67917785.id and alias_67917785.tenant_id = cast('00000000-0000-0000-0000-000000000001' as uuid))) where (b.price > ? and b.tenant_id = cast(? as uuid))) and c.id in (select alias_67917785.id from (app.booking as b join app.court as alias_67917785 on (b.court_id = alias_67917785.id and alias_67917785.tenant_id = cast('00000000-0000-0000-0000-000000000001' as uuid))) where (b.price > ? and b.tenant_id = cast(? as uuid))) and c.rate not in (select alias_94142752.id from (app.booking as b left outer join app.member as alias_94142752 on (b.tenant_id = alias_94142752.tenant_id and b.member_id = alias_94142752.id and alias_94142752.tenant_id = cast('00000000-0000-0000-0000-000000000001' as uuid))) where (b.price > ? and alias_94142752.id is not null and b.tenant_id = cast(? as uuid))) and c.tenant_id = cast(? as uuid)) -- [5, 00000000-0000-0000-0000-000000000001, 10, 00000000-0000-0000-0000-000000000001, 15, 00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- implicit join beside a left join
select m.id, alias_67917785.name from app.member as m left outer join (app.booking as b join app.court as alias_67917785 on (b.court_id = alias_67917785.id and alias_67917785.tenant_id = cast('00000000-0000-0000-0000-000000000001' as uuid))) on (b.member_id = m.id and b.tenant_id = cast(? as uuid)) where m.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- implicit self join
select app.member.id, alias_13726932.name from (app.member left outer join app.member as alias_13726932 on (app.member.tenant_id = alias_13726932.tenant_id and app.member.referrer_id = alias_13726932.id and alias_13726932.tenant_id = cast('00000000-0000-0000-0000-000000000001' as uuid))) where app.member.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001]

-- path from a child
select app.part.name, alias_89602615.name from (app.part join (app.maintenance as alias_8408306 join app.court as alias_89602615 on alias_8408306.court_id = alias_89602615.id) on (app.part.maintenance_id = alias_8408306.id and exists (select 1 from app.court as alias_8408306_parent where (alias_8408306_parent.id = alias_8408306.court_id and alias_8408306_parent.tenant_id = cast('00000000-0000-0000-0000-000000000001' as uuid))) and alias_89602615.tenant_id = cast('00000000-0000-0000-0000-000000000001' as uuid))) where exists (select 1 from app.maintenance as part_parent where (part_parent.id = app.part.maintenance_id and exists (select 1 from app.court as part_parent_parent where (part_parent_parent.id = part_parent.court_id and part_parent_parent.tenant_id = cast(? as uuid))))) -- [00000000-0000-0000-0000-000000000001]

-- implicit join in UPDATE
update app.booking set note = (select alias_23907856.name from app.court as alias_23907856 where (app.booking.court_id = alias_23907856.id and alias_23907856.tenant_id = cast(? as uuid))) where ((select alias_72012233.name from app.member as alias_72012233 where (app.booking.tenant_id = alias_72012233.tenant_id and app.booking.member_id = alias_72012233.id and alias_72012233.tenant_id = cast(? as uuid))) = ? and app.booking.tenant_id = cast(? as uuid)) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001, Member 2, 00000000-0000-0000-0000-000000000001]

-- implicit join in DELETE
delete from app.booking where ((select alias_23907856.name from app.court as alias_23907856 where (app.booking.court_id = alias_23907856.id and alias_23907856.tenant_id = cast(? as uuid))) = ? and app.booking.tenant_id = cast(? as uuid)) -- [00000000-0000-0000-0000-000000000001, Court 2, 00000000-0000-0000-0000-000000000001]

-- explicit path join
select app.booking.id, alias_72012233.name from app.booking left outer join (app.member as alias_72012233 join (select) as alias_72012233_tenant on alias_72012233.tenant_id = cast(? as uuid)) on (app.booking.tenant_id = alias_72012233.tenant_id and app.booking.member_id = alias_72012233.id) where app.booking.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- path to many in EXISTS
select app.court.id from app.court where (exists (select 1 as one from app.booking as alias_55822645 where (alias_55822645.tenant_id = cast(? as uuid) and alias_55822645.court_id = app.court.id)) and app.court.tenant_id = cast(? as uuid)) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- path to many in MULTISET
select app.court.id, (select coalesce(jsonb_agg(jsonb_build_array(t.v0)), jsonb_build_array()) from (select alias_55822645.id as v0 from app.booking as alias_55822645 where (alias_55822645.tenant_id = cast(? as uuid) and alias_55822645.court_id = app.court.id) order by alias_55822645.id) as t) from app.court where app.court.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- explicit path join to many
select app.court.id, alias_55822645.id from app.court left outer join (app.booking as alias_55822645 join (select) as alias_55822645_tenant on alias_55822645.tenant_id = cast(? as uuid)) on alias_55822645.court_id = app.court.id where app.court.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- explicit path join with a skipped step
select app.booking.id, alias_71658245.name from app.booking join (app.member as alias_72012233 join (select) as alias_72012233_tenant on alias_72012233.tenant_id = cast(? as uuid)) on (app.booking.tenant_id = alias_72012233.tenant_id and app.booking.member_id = alias_72012233.id) join app.member as alias_71658245 on (alias_72012233.tenant_id = alias_71658245.tenant_id and alias_72012233.referrer_id = alias_71658245.id) where (app.booking.tenant_id = cast(? as uuid) and alias_71658245.tenant_id = cast(? as uuid)) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- path join to a child
select app.court.id, alias_24170741.label from app.court left outer join (app.maintenance as alias_24170741 join (select) as alias_24170741_tenant on exists (select 1 from app.court as alias_24170741_parent where (alias_24170741_parent.id = alias_24170741.court_id and alias_24170741_parent.tenant_id = cast(? as uuid)))) on alias_24170741.court_id = app.court.id where app.court.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- path join with a condition on its table
select app.booking.id, alias_72012233.name from (app.booking left outer join app.member as alias_72012233 on (app.booking.tenant_id = alias_72012233.tenant_id and app.booking.member_id = alias_72012233.id and alias_72012233.tenant_id = cast('00000000-0000-0000-0000-000000000001' as uuid))) where app.booking.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001]

-- path join with a condition on its table, and ON
select app.booking.id, alias_72012233.name from app.booking left outer join (select alias_72012233.tenant_id, alias_72012233.id, alias_72012233.name, alias_72012233.city, alias_72012233.referrer_id from app.member as alias_72012233 where alias_72012233.tenant_id = cast(? as uuid)) as alias_72012233 on (app.booking.tenant_id = alias_72012233.tenant_id and app.booking.member_id = alias_72012233.id) where app.booking.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- path to many with a condition on its table
select app.court.id from app.court where (exists (select 1 as one from (app.booking as alias_55822645 join (select) as alias_55822645_tenant on alias_55822645.tenant_id = cast(? as uuid)) where (alias_55822645.court_id = app.court.id and alias_55822645.price > ?)) and app.court.tenant_id = cast(? as uuid)) -- [00000000-0000-0000-0000-000000000001, 20, 00000000-0000-0000-0000-000000000001]

-- left join with a skipped step
select app.part.name from app.part left outer join (app.maintenance as alias_8408306 join (select) as alias_8408306_tenant on exists (select 1 from app.court as alias_8408306_parent where (alias_8408306_parent.id = alias_8408306.court_id and alias_8408306_parent.tenant_id = cast(? as uuid)))) on app.part.maintenance_id = alias_8408306.id left outer join (app.court as alias_89602615 join (select) as alias_89602615_tenant on alias_89602615.tenant_id = cast(? as uuid)) on alias_8408306.court_id = alias_89602615.id where exists (select 1 from app.maintenance as part_parent where (part_parent.id = app.part.maintenance_id and exists (select 1 from app.court as part_parent_parent where (part_parent_parent.id = part_parent.court_id and part_parent_parent.tenant_id = cast(? as uuid))))) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- left join with a skipped step, selected
select app.part.name, alias_89602615.name from app.part left outer join (app.maintenance as alias_8408306 join (select) as alias_8408306_tenant on exists (select 1 from app.court as alias_8408306_parent where (alias_8408306_parent.id = alias_8408306.court_id and alias_8408306_parent.tenant_id = cast(? as uuid)))) on app.part.maintenance_id = alias_8408306.id left outer join (app.court as alias_89602615 join (select) as alias_89602615_tenant on alias_89602615.tenant_id = cast(? as uuid)) on alias_8408306.court_id = alias_89602615.id where exists (select 1 from app.maintenance as part_parent where (part_parent.id = app.part.maintenance_id and exists (select 1 from app.court as part_parent_parent where (part_parent_parent.id = part_parent.court_id and part_parent_parent.tenant_id = cast(? as uuid))))) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- left join with a skipped step to many
select app.maintenance.id from app.maintenance left outer join (app.court as alias_132583556 join (select) as alias_132583556_tenant on alias_132583556.tenant_id = cast(? as uuid)) on app.maintenance.court_id = alias_132583556.id left outer join (app.booking as alias_66561521 join (select) as alias_66561521_tenant on alias_66561521.tenant_id = cast(? as uuid)) on alias_66561521.court_id = alias_132583556.id where exists (select 1 from app.court as maintenance_parent where (maintenance_parent.id = app.maintenance.court_id and maintenance_parent.tenant_id = cast(? as uuid))) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- left join with two skipped steps
select app.part.name from app.part left outer join (app.maintenance as alias_8408306 join (select) as alias_8408306_tenant on exists (select 1 from app.court as alias_8408306_parent where (alias_8408306_parent.id = alias_8408306.court_id and alias_8408306_parent.tenant_id = cast(? as uuid)))) on app.part.maintenance_id = alias_8408306.id left outer join (app.court as alias_89602615 join (select) as alias_89602615_tenant on alias_89602615.tenant_id = cast(? as uuid)) on alias_8408306.court_id = alias_89602615.id left outer join (app.booking as alias_83362656 join (select) as alias_83362656_tenant on alias_83362656.tenant_id = cast(? as uuid)) on alias_83362656.court_id = alias_89602615.id where exists (select 1 from app.maintenance as part_parent where (part_parent.id = app.part.maintenance_id and exists (select 1 from app.court as part_parent_parent where (part_parent_parent.id = part_parent.court_id and part_parent_parent.tenant_id = cast(? as uuid))))) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- right join with a skipped step
select app.part.name from (app.part join (select) as part_app_tenant on exists (select 1 from app.maintenance as part_parent where (part_parent.id = app.part.maintenance_id and exists (select 1 from app.court as part_parent_parent where (part_parent_parent.id = part_parent.court_id and part_parent_parent.tenant_id = cast(? as uuid)))))) right outer join (app.maintenance as alias_8408306 join (select) as alias_8408306_tenant on exists (select 1 from app.court as alias_8408306_parent where (alias_8408306_parent.id = alias_8408306.court_id and alias_8408306_parent.tenant_id = cast(? as uuid)))) on app.part.maintenance_id = alias_8408306.id right outer join app.court as alias_89602615 on alias_8408306.court_id = alias_89602615.id where alias_89602615.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- right join of members with a skipped step
select app.booking.id, alias_71658245.name from (app.booking join (select) as booking_app_tenant on app.booking.tenant_id = cast(? as uuid)) right outer join (app.member as alias_72012233 join (select) as alias_72012233_tenant on alias_72012233.tenant_id = cast(? as uuid)) on (app.booking.tenant_id = alias_72012233.tenant_id and app.booking.member_id = alias_72012233.id) right outer join app.member as alias_71658245 on (alias_72012233.tenant_id = alias_71658245.tenant_id and alias_72012233.referrer_id = alias_71658245.id) where alias_71658245.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- full join with a skipped step
select app.booking.id from (app.booking join (select) as booking_app_tenant on app.booking.tenant_id = cast(? as uuid)) full outer join (app.member as alias_72012233 join (select) as alias_72012233_tenant on alias_72012233.tenant_id = cast(? as uuid)) on (app.booking.tenant_id = alias_72012233.tenant_id and app.booking.member_id = alias_72012233.id) full outer join (app.member as alias_71658245 join (select) as alias_71658245_tenant on alias_71658245.tenant_id = cast(? as uuid)) on (alias_72012233.tenant_id = alias_71658245.tenant_id and alias_72012233.referrer_id = alias_71658245.id) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- left join with a skipped step and a condition
select b.id from app.booking as b left outer join (app.member as alias_94142752 join (select) as alias_94142752_tenant on alias_94142752.tenant_id = cast(? as uuid)) on ((b.tenant_id = alias_94142752.tenant_id and b.member_id = alias_94142752.id) and b.price > ?) left outer join (app.member as alias_19628393 join (select) as alias_19628393_tenant on alias_19628393.tenant_id = cast(? as uuid)) on ((alias_94142752.tenant_id = alias_19628393.tenant_id and alias_94142752.referrer_id = alias_19628393.id) and b.price > ?) where b.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001, 10, 00000000-0000-0000-0000-000000000001, 10, 00000000-0000-0000-0000-000000000001]

-- child under a long alias
select ääääääääääääääääääääääääääääääääääääääää.id from app.maintenance as ääääääääääääääääääääääääääääääääääääääää where exists (select 1 from app.court as t3b094bc9_parent where (t3b094bc9_parent.id = ääääääääääääääääääääääääääääääääääääääää.court_id and t3b094bc9_parent.tenant_id = cast(? as uuid))) -- [00000000-0000-0000-0000-000000000001]

-- child under a long alias in DELETE
delete from app.part as ääääääääääääääääääääääääääääääääääääääää where (ääääääääääääääääääääääääääääääääääääääää.id > ? and exists (select 1 from app.maintenance as t3b094bc9_parent where (t3b094bc9_parent.id = ääääääääääääääääääääääääääääääääääääääää.maintenance_id and exists (select 1 from app.court as t3b094bc9_parent_parent where (t3b094bc9_parent_parent.id = t3b094bc9_parent.court_id and t3b094bc9_parent_parent.tenant_id = cast(? as uuid)))))) -- [0, 00000000-0000-0000-0000-000000000001]

-- long alias in a full join
select ääääääääääääääääääääääääääääääääääääääää.id, m.id from (app.booking as ääääääääääääääääääääääääääääääääääääääää join (select) as t42132bc9_tenant on ääääääääääääääääääääääääääääääääääääääää.tenant_id = cast(? as uuid)) full outer join (app.member as m join (select) as m_tenant on m.tenant_id = cast(? as uuid)) on ääääääääääääääääääääääääääääääääääääääää.member_id = m.id -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- alias named like a guard
select b.id, b_tenant.id from (app.booking as b join (select) as b_tenant_2 on b.tenant_id = cast(? as uuid)) full outer join (app.member as m join (select) as m_tenant on m.tenant_id = cast(? as uuid)) on b.member_id = m.id join app.court as b_tenant on b_tenant.id = b.court_id where b_tenant.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- alias named like a parent
select x.id, x_parent.id from app.maintenance as x join app.court as x_parent on x_parent.id = x.court_id where (exists (select 1 from app.court as x_parent where (x_parent.id = x.court_id and x_parent.tenant_id = cast(? as uuid))) and x_parent.tenant_id = cast(? as uuid)) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- custom condition in ON of a left join
select b.id, m.name from app.booking as b left outer join app.member as m on ((b.member_id = m.id or m.id = ?) and m.tenant_id = cast(? as uuid)) where b.tenant_id = cast(? as uuid) -- [1, 00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- custom boolean field in ON of a left join
select b.id, m.name from app.booking as b left outer join app.member as m on ((b.member_id = m.id or m.id = ?) and m.tenant_id = cast(? as uuid)) where b.tenant_id = cast(? as uuid) -- [1, 00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- custom condition in ON of a right join
select b.id, m.name from app.booking as b right outer join app.member as m on ((b.member_id = m.id or m.id = ?) and b.tenant_id = cast(? as uuid)) where m.tenant_id = cast(? as uuid) -- [1, 00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- custom condition in UPDATE
update app.booking as b set note = ? where ((b.id = ? or b.id = ?) and b.tenant_id = cast(? as uuid)) -- [x, 1, 2, 00000000-0000-0000-0000-000000000001]

-- custom boolean field compared
select c.id from app.court as c where ((c.rate > ? or false = ?) and c.tenant_id = cast(? as uuid)) -- [0, true, 00000000-0000-0000-0000-000000000001]

-- custom boolean field that is not null
select c.id from app.court as c where ((c.rate > ? or false is not null) and c.tenant_id = cast(? as uuid)) -- [0, 00000000-0000-0000-0000-000000000001]

-- custom boolean field in a list, in DELETE
delete from app.booking as b where ((b.id = ? or false in (?, ?)) and b.tenant_id = cast(? as uuid)) -- [1, true, false, 00000000-0000-0000-0000-000000000001]

-- function by name
select b.id, pg_catalog.upper(b.status) from app.booking as b where b.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001]

-- function by quoted name
select b.id, pg_catalog.upper(b.status) from app.booking as b where b.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001]

-- function of the grammar by name
select b.id, coalesce(b.note, b.status) from app.booking as b where b.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001]

-- aggregate by name
select pg_catalog.max(b.price) filter (where b.id > ?) from app.booking as b where b.tenant_id = cast(? as uuid) -- [1, 00000000-0000-0000-0000-000000000001]

-- column by name
select b.id from app.booking as b where b.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001]

-- system column by name
select count(*) from app.booking as b where (b.ctid is not null and b.tenant_id = cast(? as uuid)) -- [00000000-0000-0000-0000-000000000001]

-- column by unquoted name
select B.ID from app.booking as b where b.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001]

-- column of a derived table by name
select d.n from (select b.id as n from app.booking as b where b.tenant_id = cast(? as uuid)) as d -- [00000000-0000-0000-0000-000000000001]

-- a function written as a column
-- StatementRefusedException: Refused: select that reads booking.all_texts. Table booking has no column all_texts, and PostgreSQL would call a function of that name with the row. Name a column of the table, or generate jOOQ's classes again if it is new.

-- a function written as a column of an alias
-- StatementRefusedException: Refused: select that reads b.all_texts. Table b has no column all_texts, and PostgreSQL would call a function of that name with the row. Name a column of the table, or generate jOOQ's classes again if it is new.

-- a function written as a column, in RETURNING
-- StatementRefusedException: Refused: delete that reads b.all_texts. Table b has no column all_texts, and PostgreSQL would call a function of that name with the row. Name a column of the table, or generate jOOQ's classes again if it is new.

-- a function written as a column, from inside a subquery
-- StatementRefusedException: Refused: select that reads b.all_texts. Table b has no column all_texts, and PostgreSQL would call a function of that name with the row. Name a column of the table, or generate jOOQ's classes again if it is new.

-- a user's function with a name of jOOQ
-- StatementRefusedException: Refused: a statement that calls product. A function can read and change rows of every tenant, and this one is not known to be harmless. If it is, declare it: allowFunctions(product). If row-level security may decide alone, run it on boundary.rlsOnly(dsl, the reason).

-- a user's aggregate with a name of jOOQ
-- StatementRefusedException: Refused: a statement that calls median. A function can read and change rows of every tenant, and this one is not known to be harmless. If it is, declare it: allowFunctions(median). If row-level security may decide alone, run it on boundary.rlsOnly(dsl, the reason).

-- a user's function with a quoted name of the grammar
-- StatementRefusedException: Refused: a statement that calls coalesce. A function can read and change rows of every tenant, and this one is not known to be harmless. If it is, declare it: allowFunctions(coalesce). If row-level security may decide alone, run it on boundary.rlsOnly(dsl, the reason).

-- table by qualified name
select * from app.booking where app.booking.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001]

-- table by name under an alias
select q.id from app.booking as q where q.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001]

-- table by name, left joined
select c.id, q.id from app.court as c left outer join app.booking as q on (q.court_id = c.id and q.tenant_id = cast(? as uuid)) where c.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- delete by name
delete from app.booking where (price > ? and app.booking.tenant_id = cast(? as uuid)) -- [20, 00000000-0000-0000-0000-000000000001]

-- update by name
update app.booking set price = ? where app.booking.tenant_id = cast(? as uuid) -- [1, 00000000-0000-0000-0000-000000000001]

-- insert by name
insert into app.booking (id, court_id, tenant_id) values (?, ?, cast(? as uuid)) -- [901, 11, 00000000-0000-0000-0000-000000000001]

-- child
select app.maintenance.id, app.maintenance.court_id, app.maintenance.label, app.maintenance.cost from app.maintenance where exists (select 1 from app.court as maintenance_parent where (maintenance_parent.id = app.maintenance.court_id and maintenance_parent.tenant_id = cast(? as uuid))) -- [00000000-0000-0000-0000-000000000001]

-- grandchild
select app.part.id, app.part.maintenance_id, app.part.name from app.part where exists (select 1 from app.maintenance as part_parent where (part_parent.id = app.part.maintenance_id and exists (select 1 from app.court as part_parent_parent where (part_parent_parent.id = part_parent.court_id and part_parent_parent.tenant_id = cast(? as uuid))))) -- [00000000-0000-0000-0000-000000000001]

-- child, left joined
select c.id, x.label from app.court as c left outer join app.maintenance as x on (x.cost = c.rate and exists (select 1 from app.court as x_parent where (x_parent.id = x.court_id and x_parent.tenant_id = cast(? as uuid)))) where c.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- child, full joined
select c.name, x.label from (app.court as c join (select) as c_tenant on c.tenant_id = cast(? as uuid)) full outer join (app.maintenance as x join (select) as x_tenant on exists (select 1 from app.court as x_parent where (x_parent.id = x.court_id and x_parent.tenant_id = cast(? as uuid)))) on x.cost = c.rate -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- child by name
select * from app.part where exists (select 1 from app.maintenance as part_parent where (part_parent.id = app.part.maintenance_id and exists (select 1 from app.court as part_parent_parent where (part_parent_parent.id = part_parent.court_id and part_parent_parent.tenant_id = cast(? as uuid))))) -- [00000000-0000-0000-0000-000000000001]

-- update child
update app.maintenance set cost = (app.maintenance.cost + ?) where exists (select 1 from app.court as maintenance_parent where (maintenance_parent.id = app.maintenance.court_id and maintenance_parent.tenant_id = cast(? as uuid))) -- [1, 00000000-0000-0000-0000-000000000001]

-- delete grandchild
delete from app.part where exists (select 1 from app.maintenance as part_parent where (part_parent.id = app.part.maintenance_id and exists (select 1 from app.court as part_parent_parent where (part_parent_parent.id = part_parent.court_id and part_parent_parent.tenant_id = cast(? as uuid))))) -- [00000000-0000-0000-0000-000000000001]

-- insert child
insert into app.maintenance (id, court_id, label, cost) values (?, (select maintenance_parent.id from app.court as maintenance_parent where (maintenance_parent.id = ? and maintenance_parent.tenant_id = cast(? as uuid))), ?, ?) -- [900, 11, 00000000-0000-0000-0000-000000000001, new, 3]

-- insert grandchild
insert into app.part (id, maintenance_id, name) values (?, (select part_parent.id from app.maintenance as part_parent where (part_parent.id = ? and exists (select 1 from app.court as part_parent_parent where (part_parent_parent.id = part_parent.court_id and part_parent_parent.tenant_id = cast(? as uuid))))), ?) returning app.part.id -- [900, 101, 00000000-0000-0000-0000-000000000001, new]

-- insert children from SELECT
insert into app.maintenance (id, court_id, label, cost) select boundary_source.c1, (select maintenance_parent.id from app.court as maintenance_parent where (maintenance_parent.id = (boundary_source.c2) and maintenance_parent.tenant_id = cast(? as uuid))), boundary_source.c3, boundary_source.c4 from (select (c.id + ?), c.id, c.name, c.rate from app.court as c where c.tenant_id = cast(? as uuid)) as boundary_source (c1, c2, c3, c4) -- [00000000-0000-0000-0000-000000000001, 9000, 00000000-0000-0000-0000-000000000001]

-- update of a child's foreign key from a subquery
update app.maintenance set (court_id, label) = (select (select maintenance_parent.id from app.court as maintenance_parent where (maintenance_parent.id = (boundary_source.c1) and maintenance_parent.tenant_id = cast(? as uuid))), boundary_source.c2 from (select c.id, c.name from app.court as c where (c.rate >= app.maintenance.cost and c.tenant_id = cast(? as uuid)) order by c.id fetch next ? rows only) as boundary_source (c1, c2)) where exists (select 1 from app.court as maintenance_parent where (maintenance_parent.id = app.maintenance.court_id and maintenance_parent.tenant_id = cast(? as uuid))) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001, 1, 00000000-0000-0000-0000-000000000001]

-- merge into a child
merge into app.maintenance using (app.court as c join (select) as c_tenant on c.tenant_id = cast(? as uuid)) on (app.maintenance.court_id = c.id and app.maintenance.cost = ? and exists (select 1 from app.court as maintenance_parent where (maintenance_parent.id = app.maintenance.court_id and maintenance_parent.tenant_id = cast(? as uuid)))) when matched and exists (select 1 from app.court as maintenance_parent where (maintenance_parent.id = app.maintenance.court_id and maintenance_parent.tenant_id = cast(? as uuid))) then update set cost = c.rate when not matched then insert (id, court_id, label, cost) values ((c.id + ?), (select maintenance_parent.id from app.court as maintenance_parent where (maintenance_parent.id = (c.id) and maintenance_parent.tenant_id = cast(? as uuid))), c.name, c.rate) -- [00000000-0000-0000-0000-000000000001, 10, 00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001, 900, 00000000-0000-0000-0000-000000000001]

-- mixed
select app.template.id, app.template.tenant_id, app.template.name, app.template.body from app.template where (app.template.tenant_id is null or app.template.tenant_id = cast(? as uuid)) -- [00000000-0000-0000-0000-000000000001]

-- mixed with OR
select app.template.id, app.template.tenant_id, app.template.name, app.template.body from app.template where ((app.template.id = ? or app.template.name = ?) and (app.template.tenant_id is null or app.template.tenant_id = cast(? as uuid))) -- [1, Welcome, 00000000-0000-0000-0000-000000000001]

-- mixed, left joined
select c.id, app.template.body from app.court as c left outer join app.template on (app.template.name = c.name and (app.template.tenant_id is null or app.template.tenant_id = cast(? as uuid))) where c.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- update mixed
update app.template set body = ? where app.template.tenant_id = cast(? as uuid) -- [changed, 00000000-0000-0000-0000-000000000001]

-- delete mixed
delete from app.template where app.template.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001]

-- insert mixed
insert into app.template (id, name, tenant_id) values (?, ?, cast(? as uuid)) -- [901, new, 00000000-0000-0000-0000-000000000001]

-- merge that matches shared rows
merge into app.template using (select 1 as one) as dummy_30260683(one) on (app.template.name = ? and (app.template.tenant_id is null or app.template.tenant_id = cast(? as uuid))) when matched and app.template.tenant_id = cast(? as uuid) then update set body = ? -- [Welcome, 00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001, changed]

-- global and exempt
select app.currency.name, app.setting.value, app.counter.value from app.currency, app.setting, app.counter -- []

-- writing a global table
update app.counter set value = (select count(*) from app.booking where app.booking.tenant_id = cast(? as uuid)) -- [00000000-0000-0000-0000-000000000001]

-- insert from SELECT *
insert into app.counter (name, value) select c.name, c.rate from app.court as c where c.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001]

-- update a global table from a tenant's
update app.counter set value = c.rate from app.court as c where (c.name = ? and c.tenant_id = cast(? as uuid)) -- [Court 3, 00000000-0000-0000-0000-000000000001]

-- merge into a global table
merge into app.counter using (app.court as c join (select) as c_tenant on c.tenant_id = cast(? as uuid)) on app.counter.name = c.name when not matched then insert (name, value) values (c.name, c.rate) -- [00000000-0000-0000-0000-000000000001]

-- partitioned table
select * from app.visit where app.visit.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001]

-- partitioned table, alias and join
select v.guest, b.id from app.visit as v left outer join app.booking as b on (v.id = b.id and b.tenant_id = cast(? as uuid)) where v.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- insert into a partitioned table
insert into app.visit (id, day, tenant_id) values (?, ?, cast(? as uuid)), (?, ?, cast(? as uuid)) -- [900, 4, 00000000-0000-0000-0000-000000000001, 901, 40, 00000000-0000-0000-0000-000000000001]

-- update of a partitioned table, from one partition to another
update app.visit set day = ? where (day = ? and app.visit.tenant_id = cast(? as uuid)) -- [50, 3, 00000000-0000-0000-0000-000000000001]

-- delete from a partitioned table
delete from app.visit where (day > ? and app.visit.tenant_id = cast(? as uuid)) -- [5, 00000000-0000-0000-0000-000000000001]

-- table of another schema
select * from archive.court where archive.court.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001]

-- tables of one name in two schemas
select app.court.name, archive.court.id from (app.court join (select) as court_app_tenant on app.court.tenant_id = cast(? as uuid)) full outer join (archive.court join (select) as court_archive_tenant on archive.court.tenant_id = cast(? as uuid)) on archive.court.name = app.court.name -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- from one schema into another
insert into archive.court (id, name, tenant_id) select *, cast(? as uuid) from (select c.id, c.name from app.court as c where c.tenant_id = cast(? as uuid)) as boundary_source -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- view
select * from app.open_booking where app.open_booking.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001]

-- view, left joined
select c.id, o.id from app.court as c left outer join app.open_booking as o on (o.court_id = c.id and o.tenant_id = cast(? as uuid)) where c.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- update of a view
update app.open_booking set price = ? where (id < ? and app.open_booking.tenant_id = cast(? as uuid)) -- [1, 5, 00000000-0000-0000-0000-000000000001]

-- insert into a view
insert into app.open_booking (id, court_id, tenant_id) values (?, ?, cast(? as uuid)) -- [900, 11, 00000000-0000-0000-0000-000000000001]

-- delete from a view
delete from app.open_booking where app.open_booking.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001]

-- tablesample
select app.booking.tenant_id, app.booking.id, app.booking.court_id, app.booking.member_id, app.booking.status, app.booking.price, app.booking.note from app.booking tablesample bernoulli (?) where app.booking.tenant_id = cast(? as uuid) -- [100, 00000000-0000-0000-0000-000000000001]

-- tablesample, alias, repeatable
select b.id from app.booking as b tablesample system (?) repeatable (?) where (b.price > ? and b.tenant_id = cast(? as uuid)) -- [100, 3, 10, 00000000-0000-0000-0000-000000000001]

-- tablesample, joined
select b.id, m.name from app.member as m tablesample bernoulli (?) left outer join app.booking as b tablesample bernoulli (?) on (b.member_id = m.id and b.tenant_id = cast(? as uuid)) where m.tenant_id = cast(? as uuid) -- [100, 100, 00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- tablesample, full joined
select b.id, m.name from (app.member as m join (select) as m_tenant on m.tenant_id = cast(? as uuid)) full outer join (app.booking as b tablesample bernoulli (?) join (select) as b_tenant on b.tenant_id = cast(? as uuid)) on b.member_id = m.id -- [00000000-0000-0000-0000-000000000001, 100, 00000000-0000-0000-0000-000000000001]

-- table-valued function
select bookings_over.id, bookings_over.price from app.bookings_over(?) where bookings_over.tenant_id = cast(? as uuid) -- [15, 00000000-0000-0000-0000-000000000001]

-- table-valued function, left joined
select c.name, o.id from app.court as c left outer join app.bookings_over(?) as o on (o.price = c.rate and o.tenant_id = cast(? as uuid)) where c.tenant_id = cast(? as uuid) -- [15, 00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- stored function in a statement
select b.id, app.doubled(n := b.price) from app.booking as b where b.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001]

-- stored function, called
select doubled from app.doubled(n := ?) -- [4]

-- stored function of a subquery
select app.doubled(n := (select max(b.price) from app.booking as b where b.tenant_id = cast(? as uuid))) -- [00000000-0000-0000-0000-000000000001]

-- insert one row
insert into app.booking (id, court_id, tenant_id) values (?, ?, cast(? as uuid)) -- [900, 11, 00000000-0000-0000-0000-000000000001]

-- insert several rows
insert into app.booking (id, court_id, tenant_id) values (?, ?, cast(? as uuid)), (?, ?, cast(? as uuid)) -- [900, 11, 00000000-0000-0000-0000-000000000001, 901, 12, 00000000-0000-0000-0000-000000000001]

-- insert with the tenant
insert into app.booking (id, tenant_id, court_id) values (?, cast(? as uuid), ?) -- [900, 00000000-0000-0000-0000-000000000001, 11]

-- insert with SET
insert into app.booking (id, court_id, tenant_id) values (?, ?, cast(? as uuid)) -- [900, 11, 00000000-0000-0000-0000-000000000001]

-- insert with DEFAULT for the tenant
insert into app.booking (tenant_id, id, court_id) values (cast(? as uuid), ?, ?) -- [00000000-0000-0000-0000-000000000001, 900, 11]

-- insert all columns
insert into app.court (id, tenant_id, name, surface, rate) values (?, cast(? as uuid), ?, ?, ?) -- [900, 00000000-0000-0000-0000-000000000001, new, clay, 3]

-- insert with a subquery
insert into app.booking (id, court_id, price, tenant_id) values (?, ?, (select cast(sum(c.rate) as int) from app.court as c where c.tenant_id = cast(? as uuid)), cast(? as uuid)) -- [900, 11, 00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- insert returning
insert into app.booking (id, court_id, tenant_id) values (?, ?, cast(? as uuid)) returning app.booking.tenant_id, app.booking.id, app.booking.court_id, app.booking.member_id, app.booking.status, app.booking.price, app.booking.note -- [900, 11, 00000000-0000-0000-0000-000000000001]

-- insert returning a subquery
insert into app.booking (id, court_id, tenant_id) values (?, ?, cast(? as uuid)) returning app.booking.id, (select count(*) from app.member as m where m.tenant_id = cast(? as uuid)) -- [900, 11, 00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- insert from SELECT
insert into app.booking (id, court_id, note, tenant_id) select *, cast(? as uuid) from (select (c.id + ?), c.id, c.name from app.court as c where c.tenant_id = cast(? as uuid)) as boundary_source -- [00000000-0000-0000-0000-000000000001, 900, 00000000-0000-0000-0000-000000000001]

-- insert from SELECT with the tenant
insert into app.booking (tenant_id, id, court_id) select case when boundary_source.c1 = cast(? as uuid) then cast(? as uuid) end, boundary_source.c2, boundary_source.c3 from (select c.tenant_id, (c.id + ?), c.id from app.court as c where c.tenant_id = cast(? as uuid)) as boundary_source (c1, c2, c3) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001, 900, 00000000-0000-0000-0000-000000000001]

-- insert from SELECT with a constant tenant
insert into app.booking (tenant_id, id, court_id) select case when boundary_source.c1 = cast(? as uuid) then cast(? as uuid) end, boundary_source.c2, boundary_source.c3 from (select cast(? as uuid), (c.id + ?), c.id from app.court as c where c.tenant_id = cast(? as uuid)) as boundary_source (c1, c2, c3) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001, 900, 00000000-0000-0000-0000-000000000001]

-- insert from union
insert into app.member (id, name, tenant_id) select *, cast(? as uuid) from (select (c.id + ?), c.name from app.court as c where c.tenant_id = cast(? as uuid) union all select (b.id + ?), b.status from app.booking as b where b.tenant_id = cast(? as uuid)) as boundary_source -- [00000000-0000-0000-0000-000000000001, 900, 00000000-0000-0000-0000-000000000001, 1900, 00000000-0000-0000-0000-000000000001]

-- insert from SELECT, no columns named
insert into app.member (tenant_id, id, name, city, referrer_id) select case when boundary_source.c1 = cast(? as uuid) then cast(? as uuid) end, boundary_source.c2, boundary_source.c3, boundary_source.c4, boundary_source.c5 from (select m.tenant_id, (m.id + ?), m.name, m.city, m.referrer_id from app.member as m where m.tenant_id = cast(? as uuid)) as boundary_source (c1, c2, c3, c4, c5) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001, 900, 00000000-0000-0000-0000-000000000001]

-- insert from cte
insert into app.booking (id, court_id, tenant_id) with q as (select c.id from app.court as c where c.tenant_id = cast(? as uuid)) select *, cast(? as uuid) from (select (q.id + ?), q.id from q) as boundary_source -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001, 900]

-- with ... insert
with q as (select c.id from app.court as c where c.tenant_id = cast(? as uuid)) insert into app.booking (id, court_id, tenant_id) select *, cast(? as uuid) from (select (q.id + ?), q.id from q) as boundary_source -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001, 900]

-- on conflict do update
insert into app.booking (id, court_id, price, tenant_id) values (?, ?, ?, cast(? as uuid)) on conflict (tenant_id, id) do update set price = excluded.price where app.booking.tenant_id = cast(? as uuid) -- [1, 11, 77, 00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- on conflict do nothing
insert into app.booking (id, court_id, tenant_id) values (?, ?, cast(? as uuid)), (?, ?, cast(? as uuid)) on conflict (tenant_id, id) do nothing -- [1, 11, 00000000-0000-0000-0000-000000000001, 900, 11, 00000000-0000-0000-0000-000000000001]

-- on conflict do nothing, no target
insert into app.booking (id, court_id, tenant_id) values (?, ?, cast(? as uuid)) on conflict do nothing -- [1, 11, 00000000-0000-0000-0000-000000000001]

-- on conflict do update where
insert into app.booking (id, court_id, price, tenant_id) values (?, ?, ?, cast(? as uuid)) on conflict (tenant_id, id) do update set price = excluded.price where (app.booking.price > ? and app.booking.tenant_id = cast(? as uuid)) returning app.booking.tenant_id, app.booking.id, app.booking.court_id, app.booking.member_id, app.booking.status, app.booking.price, app.booking.note -- [1, 11, 77, 00000000-0000-0000-0000-000000000001, 100, 00000000-0000-0000-0000-000000000001]

-- on conflict on constraint
insert into app.court (id, name, rate, tenant_id) values (?, ?, ?, cast(? as uuid)) on conflict on constraint court_name_key do update set rate = ? where app.court.tenant_id = cast(? as uuid) -- [900, Court 1, 7, 00000000-0000-0000-0000-000000000001, 8, 00000000-0000-0000-0000-000000000001]

-- on conflict by values of a subquery
insert into app.booking (id, court_id, tenant_id) values (?, ?, cast(? as uuid)) on conflict (tenant_id, id) do update set price = (select max(c.rate) from app.court as c where c.tenant_id = cast(? as uuid)) where app.booking.tenant_id = cast(? as uuid) -- [1, 11, 00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- on duplicate key update
insert into app.booking (id, court_id, tenant_id) values (?, ?, cast(? as uuid)) on conflict (tenant_id, id) do update set price = ? where app.booking.tenant_id = cast(? as uuid) -- [2, 11, 00000000-0000-0000-0000-000000000001, 1, 00000000-0000-0000-0000-000000000001]

-- on duplicate key ignore
insert into app.booking (id, court_id, tenant_id) values (?, ?, cast(? as uuid)) on conflict do nothing -- [2, 11, 00000000-0000-0000-0000-000000000001]

-- upsert from SELECT
insert into app.booking (id, court_id, price, tenant_id) select *, cast(? as uuid) from (select m.id, (select min(c.id) from app.court as c where c.tenant_id = cast(? as uuid)), cast(? as int) from app.member as m where m.tenant_id = cast(? as uuid)) as boundary_source on conflict (tenant_id, id) do update set price = ? where app.booking.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001, 3, 00000000-0000-0000-0000-000000000001, 4, 00000000-0000-0000-0000-000000000001]

-- literals for numbers
insert into app.booking (id, court_id, price, tenant_id) select *, cast(? as uuid) from (select cast(900 as int), c.id, cast('12' as int) from app.court as c where c.tenant_id = cast(? as uuid) order by c.id fetch next ? rows only) as boundary_source -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001, 1]

-- NULL for a number
insert into app.booking (id, court_id, member_id, tenant_id) select *, cast(? as uuid) from (select (c.id + ?), c.id, cast(null as int) from app.court as c where c.tenant_id = cast(? as uuid)) as boundary_source -- [00000000-0000-0000-0000-000000000001, 900, 00000000-0000-0000-0000-000000000001]

-- literals for a child
insert into app.maintenance (id, court_id, label, cost) select boundary_source.c1, (select maintenance_parent.id from app.court as maintenance_parent where (maintenance_parent.id = (boundary_source.c2) and maintenance_parent.tenant_id = cast(? as uuid))), boundary_source.c3, boundary_source.c4 from (select (c.id + ?), c.id, 'x', cast('7' as int) from app.court as c where c.tenant_id = cast(? as uuid)) as boundary_source (c1, c2, c3, c4) -- [00000000-0000-0000-0000-000000000001, 9000, 00000000-0000-0000-0000-000000000001]

-- a text that is too long for nothing
insert into app.booking (id, court_id, note, tenant_id) select *, cast(? as uuid) from (select (c.id + ?), c.id, 'a note' from app.court as c where c.tenant_id = cast(? as uuid)) as boundary_source -- [00000000-0000-0000-0000-000000000001, 900, 00000000-0000-0000-0000-000000000001]

-- literals in a union
insert into app.booking (id, court_id, price, tenant_id) select *, cast(? as uuid) from (select (c.id + ?), c.id, cast(1 as int) from app.court as c where c.tenant_id = cast(? as uuid) union all select (c.id + ?), c.id, coalesce(null, 2) from app.court as c where c.tenant_id = cast(? as uuid)) as boundary_source -- [00000000-0000-0000-0000-000000000001, 900, 00000000-0000-0000-0000-000000000001, 1900, 00000000-0000-0000-0000-000000000001]

-- the tenant as a text without a type
insert into app.booking (tenant_id, id, court_id) select case when boundary_source.c1 = cast(? as uuid) then cast(? as uuid) end, boundary_source.c2, boundary_source.c3 from (select cast('00000000-0000-0000-0000-000000000001' as uuid), (c.id + ?), c.id from app.court as c where c.tenant_id = cast(? as uuid)) as boundary_source (c1, c2, c3) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001, 900, 00000000-0000-0000-0000-000000000001]

-- the tenant as a value
insert into app.booking (tenant_id, id, court_id) select case when boundary_source.c1 = cast(? as uuid) then cast(? as uuid) end, boundary_source.c2, boundary_source.c3 from (select cast(? as uuid), (c.id + ?), c.id from app.court as c where c.tenant_id = cast(? as uuid)) as boundary_source (c1, c2, c3) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001, 900, 00000000-0000-0000-0000-000000000001]

-- insert into mixed with the tenant
insert into app.template (id, tenant_id, name) values (?, cast(? as uuid), ?) -- [901, 00000000-0000-0000-0000-000000000001, own]

-- insert into mixed with a computed tenant
insert into app.template (id, tenant_id, name) values (?, case when (select c.tenant_id from app.court as c where c.tenant_id = cast(? as uuid) fetch next ? rows only) = cast(? as uuid) then cast(? as uuid) else cast(('boundary: not the tenant of the scope: ' || coalesce(cast((select c.tenant_id from app.court as c where c.tenant_id = cast(? as uuid) fetch next ? rows only) as text), 'no tenant')) as uuid) end, ?) -- [901, 00000000-0000-0000-0000-000000000001, 1, 00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001, 1, own]

-- own copies of shared rows
insert into app.template (id, tenant_id, name) select boundary_source.c1, case when boundary_source.c2 = cast(? as uuid) then cast(? as uuid) else cast(('boundary: not the tenant of the scope: ' || coalesce(cast(boundary_source.c2 as text), 'no tenant')) as uuid) end, boundary_source.c3 from (select (t.id + ?), cast(? as uuid), t.name from app.template as t where (t.tenant_id is null and (t.tenant_id is null or t.tenant_id = cast(? as uuid)))) as boundary_source (c1, c2, c3) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001, 1000, 00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- own copies of own rows
insert into app.template (id, tenant_id, name) select boundary_source.c1, case when boundary_source.c2 = cast(? as uuid) then cast(? as uuid) else cast(('boundary: not the tenant of the scope: ' || coalesce(cast(boundary_source.c2 as text), 'no tenant')) as uuid) end, boundary_source.c3 from (select (t.id + ?), t.tenant_id, t.name from app.template as t where (t.tenant_id is not null and (t.tenant_id is null or t.tenant_id = cast(? as uuid)))) as boundary_source (c1, c2, c3) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001, 1000, 00000000-0000-0000-0000-000000000001]

-- batchInsert of records of a mixed table with their tenant
insert into app.template (id, tenant_id, name) values (?, (select case when boundary_value.v = cast('00000000-0000-0000-0000-000000000001' as uuid) then cast('00000000-0000-0000-0000-000000000001' as uuid) else cast(('boundary: not the tenant of the scope: ' || coalesce(cast(boundary_value.v as text), 'no tenant')) as uuid) end from (select cast(? as uuid) as v) as boundary_value), ?) -- [[911, 00000000-0000-0000-0000-000000000001, own], [912, 00000000-0000-0000-0000-000000000001, own], [913, 00000000-0000-0000-0000-000000000001, own]]

-- batch of bound rows of a mixed table with their tenant
insert into app.template (id, tenant_id, name) values (?, (select case when boundary_value.v = cast('00000000-0000-0000-0000-000000000001' as uuid) then cast('00000000-0000-0000-0000-000000000001' as uuid) else cast(('boundary: not the tenant of the scope: ' || coalesce(cast(boundary_value.v as text), 'no tenant')) as uuid) end from (select cast(? as uuid) as v) as boundary_value), ?) -- [[911, 00000000-0000-0000-0000-000000000001, one], [912, 00000000-0000-0000-0000-000000000001, two]]

-- an empty batch
-- java.lang.ArrayIndexOutOfBoundsException: Index 0 out of bounds for length 0

-- update of a mixed table to the same tenant
update app.template set name = ? where app.template.tenant_id = cast(? as uuid) -- [changed, 00000000-0000-0000-0000-000000000001]

-- a batch that binds another tenant
-- CrossTenantException: The statement gives the tenant column of table app.template the value 00000000-0000-0000-0000-000000000002, and the open scope is tenant 00000000-0000-0000-0000-000000000001. Leave the column out and it is filled in, or open the scope of that tenant with TenantContext.where(tenant).

-- batchInsert of a record of another tenant
-- CrossTenantException: The statement gives the tenant column of table app.template the value 00000000-0000-0000-0000-000000000002, and the open scope is tenant 00000000-0000-0000-0000-000000000001. Leave the column out and it is filled in, or open the scope of that tenant with TenantContext.where(tenant).

-- copies with another tenant
-- CrossTenantException: The statement gives the tenant column of table app.template the value 00000000-0000-0000-0000-000000000002, and the open scope is tenant 00000000-0000-0000-0000-000000000001. Leave the column out and it is filled in, or open the scope of that tenant with TenantContext.where(tenant).

-- merge into a child, tables named where needed
merge into app.part using (app.court as c join (select) as c_tenant on c.tenant_id = cast(? as uuid)) on (app.part.id = c.id and exists (select 1 from app.maintenance as part_parent where (part_parent.id = app.part.maintenance_id and exists (select 1 from app.court as part_parent_parent where (part_parent_parent.id = part_parent.court_id and part_parent_parent.tenant_id = cast(? as uuid)))))) when matched and exists (select 1 from app.maintenance as part_parent where (part_parent.id = app.part.maintenance_id and exists (select 1 from app.court as part_parent_parent where (part_parent_parent.id = part_parent.court_id and part_parent_parent.tenant_id = cast(? as uuid))))) then update set name = ? when not matched then insert (id, maintenance_id, name) values ((c.id + ?), (select part_parent.id from app.maintenance as part_parent where (part_parent.id = ? and exists (select 1 from app.court as part_parent_parent where (part_parent_parent.id = part_parent.court_id and part_parent_parent.tenant_id = cast(? as uuid))))), c.name) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001, x, 9000, 101, 00000000-0000-0000-0000-000000000001]

-- merge with a condition, tables named where needed
merge into app.maintenance using (app.booking as b join (select) as b_tenant on b.tenant_id = cast(? as uuid)) on (app.maintenance.court_id = b.court_id and b.id = ? and exists (select 1 from app.court as maintenance_parent where (maintenance_parent.id = app.maintenance.court_id and maintenance_parent.tenant_id = cast(? as uuid)))) when matched and (app.maintenance.cost > ? and exists (select 1 from app.court as maintenance_parent where (maintenance_parent.id = app.maintenance.court_id and maintenance_parent.tenant_id = cast(? as uuid)))) then update set cost = ? when not matched then insert (id, court_id, label, cost) values ((b.id + ?), (select maintenance_parent.id from app.court as maintenance_parent where (maintenance_parent.id = (b.court_id) and maintenance_parent.tenant_id = cast(? as uuid))), ?, ?) -- [00000000-0000-0000-0000-000000000001, 1, 00000000-0000-0000-0000-000000000001, 0, 00000000-0000-0000-0000-000000000001, 1, 9100, 00000000-0000-0000-0000-000000000001, x, 2]

-- update
update app.booking set price = ? where (app.booking.status = ? and app.booking.tenant_id = cast(? as uuid)) -- [3, open, 00000000-0000-0000-0000-000000000001]

-- update everything
update app.booking set price = (app.booking.price + ?) where app.booking.tenant_id = cast(? as uuid) -- [1, 00000000-0000-0000-0000-000000000001]

-- update alias
update app.booking as b set price = ? where (b.id = ? and b.tenant_id = cast(? as uuid)) -- [3, 2, 00000000-0000-0000-0000-000000000001]

-- update returning
update app.booking set price = ? where app.booking.tenant_id = cast(? as uuid) returning app.booking.id, app.booking.price -- [3, 00000000-0000-0000-0000-000000000001]

-- update row
update app.booking set (price, note) = row (?, ?) where app.booking.tenant_id = cast(? as uuid) -- [1, a, 00000000-0000-0000-0000-000000000001]

-- update row from SELECT
update app.booking set (price, note) = (select max(c.rate), max(c.name) from app.court as c where c.tenant_id = cast(? as uuid)) where app.booking.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- update from subquery
update app.booking set price = (select c.rate from app.court as c where (c.id = app.booking.court_id and c.tenant_id = cast(? as uuid))) where app.booking.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- update with order and limit
update app.booking set price = ? where ((app.booking.tenant_id, app.booking.id) in (select app.booking.tenant_id, app.booking.id from app.booking where (app.booking.tenant_id = cast(? as uuid) and app.booking.tenant_id = cast(? as uuid)) order by app.booking.id desc fetch next ? rows only) and app.booking.tenant_id = cast(? as uuid)) -- [0, 00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001, 2, 00000000-0000-0000-0000-000000000001]

-- update where exists
update app.booking set price = ? where (exists (select 1 as one from app.member as m where (m.id = app.booking.id and m.city is not null and m.tenant_id = cast(? as uuid))) and app.booking.tenant_id = cast(? as uuid)) -- [0, 00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- update of a table with condition
update app.booking set price = ? where (booking.tenant_id = cast(? as uuid) and app.booking.price > ?) -- [1, 00000000-0000-0000-0000-000000000001, 10]

-- with ... update
with q as (select max(c.rate) as r from app.court as c where c.tenant_id = cast(? as uuid)) update app.booking set price = (select q.r from q) where app.booking.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- update ... from
update app.booking set price = c.rate from app.court as c where (app.booking.court_id = c.id and app.booking.tenant_id = cast(? as uuid) and c.tenant_id = cast(? as uuid)) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- update ... from, joined by a business value
update app.booking set note = m.name from app.member as m where (app.booking.id = m.id and app.booking.tenant_id = cast(? as uuid) and m.tenant_id = cast(? as uuid)) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- update ... from a left join
update app.booking set note = coalesce(r.name, ?) from app.member as m left outer join app.member as r on (m.referrer_id = r.id and r.tenant_id = cast(? as uuid)) where (app.booking.member_id = m.id and app.booking.tenant_id = cast(? as uuid) and m.tenant_id = cast(? as uuid)) -- [nobody, 00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- update with join
update app.booking set price = c.rate from app.court as c where (app.booking.court_id = c.id and app.booking.tenant_id = cast(? as uuid) and c.tenant_id = cast(? as uuid)) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- delete
delete from app.booking where (app.booking.status = ? and app.booking.tenant_id = cast(? as uuid)) -- [open, 00000000-0000-0000-0000-000000000001]

-- delete everything
delete from app.booking where app.booking.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001]

-- delete alias
delete from app.booking as b where (b.id > ? and b.tenant_id = cast(? as uuid)) -- [3, 00000000-0000-0000-0000-000000000001]

-- delete returning
delete from app.booking where (app.booking.id < ? and app.booking.tenant_id = cast(? as uuid)) returning app.booking.tenant_id, app.booking.id, app.booking.court_id, app.booking.member_id, app.booking.status, app.booking.price, app.booking.note -- [3, 00000000-0000-0000-0000-000000000001]

-- delete where in
delete from app.booking where (app.booking.id in (select m.id from app.member as m where m.tenant_id = cast(? as uuid)) and app.booking.tenant_id = cast(? as uuid)) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- delete where not in
delete from app.booking where (app.booking.id not in (select m.id from app.member as m where m.tenant_id = cast(? as uuid)) and app.booking.tenant_id = cast(? as uuid)) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- delete with order and limit
delete from app.booking where (app.booking.tenant_id, app.booking.id) in (select app.booking.tenant_id, app.booking.id from app.booking where (app.booking.tenant_id = cast(? as uuid) and app.booking.tenant_id = cast(? as uuid)) order by app.booking.id fetch next ? rows only) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001, 2]

-- with ... delete
with q as (select m.id from app.member as m where m.tenant_id = cast(? as uuid)) delete from app.booking where (app.booking.id in (select q.id from q) and app.booking.tenant_id = cast(? as uuid)) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- update of a join, with a condition
update app.booking set price = c.rate from app.court as c where (app.booking.price > ? and app.booking.court_id = c.id and app.booking.tenant_id = cast(? as uuid) and c.tenant_id = cast(? as uuid)) -- [10, 00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- update of a cross join
update app.booking set price = ? from app.court as c where (app.booking.court_id = c.id and app.booking.tenant_id = cast(? as uuid) and c.tenant_id = cast(? as uuid)) -- [7, 00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- update of a table with a condition
update app.booking set price = ? where (booking.tenant_id = cast(? as uuid) and app.booking.price > ?) -- [3, 00000000-0000-0000-0000-000000000001, 10]

-- delete from a table with a condition
delete from app.booking where (booking.tenant_id = cast(? as uuid) and app.booking.price > ?) -- [00000000-0000-0000-0000-000000000001, 10]

-- delete using
delete from app.booking using app.member as m where (app.booking.id = m.id and m.city is not null and app.booking.tenant_id = cast(? as uuid) and m.tenant_id = cast(? as uuid)) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- delete using a left join
delete from app.booking using app.member as m left outer join app.member as r on (m.referrer_id = r.id and r.tenant_id = cast(? as uuid)) where (app.booking.id = m.id and r.id is null and app.booking.tenant_id = cast(? as uuid) and m.tenant_id = cast(? as uuid)) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- merge, update and insert
merge into app.booking using (app.member as m join (select) as m_tenant on m.tenant_id = cast(? as uuid)) on (app.booking.id = (m.id + ?) and app.booking.tenant_id = cast(? as uuid)) when matched and app.booking.tenant_id = cast(? as uuid) then update set note = m.name when not matched then insert (id, court_id, tenant_id) values ((m.id + ?), ?, cast(? as uuid)) -- [00000000-0000-0000-0000-000000000001, 5, 00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001, 5, 11, 00000000-0000-0000-0000-000000000001]

-- merge with the tenant
merge into app.booking using (app.member as m join (select) as m_tenant on m.tenant_id = cast(? as uuid)) on (app.booking.id = (m.id + ?) and app.booking.tenant_id = cast(? as uuid)) when not matched then insert (tenant_id, id, court_id) values (case when m.tenant_id = cast(? as uuid) then cast(? as uuid) end, (m.id + ?), ?) -- [00000000-0000-0000-0000-000000000001, 5, 00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001, 5, 11]

-- merge on true, delete
merge into app.booking using (select 1 as one) as dummy_30260683(one) on (true and app.booking.tenant_id = cast(? as uuid)) when matched and app.booking.tenant_id = cast(? as uuid) then delete -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- merge on true, not matched
merge into app.template using (select 1 as one) as dummy_30260683(one) on (app.template.id = ? and (app.template.tenant_id is null or app.template.tenant_id = cast(? as uuid))) when not matched then insert (id, name, tenant_id) values (?, ?, cast(? as uuid)) -- [901, 00000000-0000-0000-0000-000000000001, 901, new, 00000000-0000-0000-0000-000000000001]

-- merge with conditions
merge into app.booking as b using (select m.id, m.name from app.member as m where m.tenant_id = cast(? as uuid)) as s on (b.id = s.id and b.tenant_id = cast(? as uuid)) when matched and (b.price > ? and b.tenant_id = cast(? as uuid)) then update set price = ? when matched and b.tenant_id = cast(? as uuid) then delete -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001, 10, 00000000-0000-0000-0000-000000000001, 0, 00000000-0000-0000-0000-000000000001]

-- with ... merge
with booking as (select m.id, m.name from app.member as m where m.tenant_id = cast(? as uuid)) merge into app.booking using booking as q on (app.booking.id = q.id and app.booking.tenant_id = cast(? as uuid)) when matched and app.booking.tenant_id = cast(? as uuid) then update set note = q.name -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- merge, rows without a source
merge into app.booking using (app.member as m join (select) as m_tenant on m.tenant_id = cast(? as uuid)) on (app.booking.member_id = m.id and app.booking.id = m.id and app.booking.tenant_id = cast(? as uuid)) when matched and app.booking.tenant_id = cast(? as uuid) then update set note = m.name when not matched by source and (app.booking.price > ? and app.booking.tenant_id = cast(? as uuid)) then update set note = ? when not matched by source and app.booking.tenant_id = cast(? as uuid) then delete -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001, 20, 00000000-0000-0000-0000-000000000001, nobody's, 00000000-0000-0000-0000-000000000001]

-- fetchCount(table, condition)
select count(*) from app.booking where (app.booking.price > ? and app.booking.tenant_id = cast(? as uuid)) -- [10, 00000000-0000-0000-0000-000000000001]

-- fetchCount(table)
select count(*) from app.booking where app.booking.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001]

-- fetchCount(table, no condition)
select count(*) from app.booking where app.booking.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001]

-- fetchCount(table, conditions)
select count(*) from app.booking where (app.booking.price > ? and app.booking.id > ? and app.booking.tenant_id = cast(? as uuid)) -- [10, 1, 00000000-0000-0000-0000-000000000001]

-- fetchCount(table, list of conditions)
select count(*) from app.booking where (app.booking.price > ? and app.booking.id > ? and app.booking.tenant_id = cast(? as uuid)) -- [10, 1, 00000000-0000-0000-0000-000000000001]

-- fetchCount(alias, condition)
select count(*) from app.booking as b where (b.price > ? and b.tenant_id = cast(? as uuid)) -- [10, 00000000-0000-0000-0000-000000000001]

-- fetchCount(query)
select count(*) as c from (select app.booking.tenant_id, app.booking.id, app.booking.court_id, app.booking.member_id, app.booking.status, app.booking.price, app.booking.note from app.booking where app.booking.tenant_id = cast(? as uuid)) as t (v0, v1, v2, v3, v4, v5, v6) -- [00000000-0000-0000-0000-000000000001]

-- fetchCount(query with condition and limit)
select count(*) as c from (select app.booking.id from app.booking where (app.booking.price > ? and app.booking.tenant_id = cast(? as uuid)) order by app.booking.id fetch next ? rows only) as t (v0) -- [10, 00000000-0000-0000-0000-000000000001, 3]

-- fetchCount(join)
select count(*) as c from (select app.booking.id, app.member.id from app.booking left outer join app.member on (app.booking.member_id = app.member.id and app.member.tenant_id = cast(? as uuid)) where app.booking.tenant_id = cast(? as uuid)) as t (v0, v1) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- fetchCount(union)
select count(*) as c from (select app.booking.id from app.booking where app.booking.tenant_id = cast(? as uuid) union select app.member.id from app.member where app.member.tenant_id = cast(? as uuid)) as t (v0) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- fetchCount(grouped)
select count(*) as c from (select app.booking.status, count(*) from app.booking where app.booking.tenant_id = cast(? as uuid) group by app.booking.status) as t (v0, v1) -- [00000000-0000-0000-0000-000000000001]

-- fetchExists(table)
select exists (select 1 from app.booking where app.booking.tenant_id = cast(? as uuid)) -- [00000000-0000-0000-0000-000000000001]

-- fetchExists(table, condition)
select exists (select 1 from app.booking where (app.booking.price = ? and app.booking.tenant_id = cast(? as uuid))) -- [50, 00000000-0000-0000-0000-000000000001]

-- fetchExists(query)
select exists (select 1 as one from app.booking where (app.booking.price = ? and app.booking.tenant_id = cast(? as uuid))) -- [50, 00000000-0000-0000-0000-000000000001]

-- fetchExists of an own key
select exists (select 1 from app.court where (app.court.id = ? and app.court.tenant_id = cast(? as uuid))) -- [21, 00000000-0000-0000-0000-000000000001]
select exists (select 1 from app.court where (app.court.id = ? and app.court.tenant_id = cast(? as uuid))) -- [11, 00000000-0000-0000-0000-000000000001]
truetrue

-- explain of a query and of statements
explain select app.booking.tenant_id, app.booking.id, app.booking.court_id, app.booking.member_id, app.booking.status, app.booking.price, app.booking.note from app.booking where (app.booking.price > ? and app.booking.tenant_id = cast(? as uuid)) -- [10, 00000000-0000-0000-0000-000000000001]
explain delete from app.booking where app.booking.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001]
explain update app.booking set price = ? where app.booking.tenant_id = cast(? as uuid) returning app.booking.tenant_id, app.booking.id, app.booking.court_id, app.booking.member_id, app.booking.status, app.booking.price, app.booking.note -- [1, 00000000-0000-0000-0000-000000000001]
falsefalsefalse

-- fetchValue(query)
select count(*) from app.booking where app.booking.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001]

-- fetchValue(column, condition)
select app.member.name from app.member where (app.member.id = ? and app.member.tenant_id = cast(? as uuid)) -- [2, 00000000-0000-0000-0000-000000000001]
1

-- fetchValue(subquery)
select (select count(*) from app.booking where app.booking.tenant_id = cast(? as uuid)) -- [00000000-0000-0000-0000-000000000001]

-- fetchValues(column)
select app.member.name from app.member where app.member.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001]

-- fetchValues(column, condition)
select app.member.name from app.member where (app.member.city is not null and app.member.tenant_id = cast(? as uuid)) -- [00000000-0000-0000-0000-000000000001]

-- fetch(table)
select app.member.tenant_id, app.member.id, app.member.name, app.member.city, app.member.referrer_id from app.member where app.member.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001]

-- fetch(table, condition)
select app.member.tenant_id, app.member.id, app.member.name, app.member.city, app.member.referrer_id from app.member where (app.member.city is not null and app.member.tenant_id = cast(? as uuid)) -- [00000000-0000-0000-0000-000000000001]

-- fetchOne(table, condition)
select app.member.tenant_id, app.member.id, app.member.name, app.member.city, app.member.referrer_id from app.member where (app.member.id = ? and app.member.tenant_id = cast(? as uuid)) -- [1, 00000000-0000-0000-0000-000000000001]

-- fetchSingle(table, condition)
select app.member.tenant_id, app.member.id, app.member.name, app.member.city, app.member.referrer_id from app.member where (app.member.id = ? and app.member.tenant_id = cast(? as uuid)) -- [1, 00000000-0000-0000-0000-000000000001]

-- fetchSingle(columns)
select (select count(*) from app.booking where app.booking.tenant_id = cast(? as uuid)), 1 -- [00000000-0000-0000-0000-000000000001]

-- fetchOptional(table, condition)
select app.member.tenant_id, app.member.id, app.member.name, app.member.city, app.member.referrer_id from app.member where (app.member.id = ? and app.member.tenant_id = cast(? as uuid)) -- [1, 00000000-0000-0000-0000-000000000001]

-- fetchAny(table, condition)
select app.member.tenant_id, app.member.id, app.member.name, app.member.city, app.member.referrer_id from app.member where (app.member.id = ? and app.member.tenant_id = cast(? as uuid)) fetch next ? rows only -- [1, 00000000-0000-0000-0000-000000000001, 1]

-- fetchByExample
select app.booking.tenant_id, app.booking.id, app.booking.court_id, app.booking.member_id, app.booking.status, app.booking.price, app.booking.note from app.booking where (app.booking.status = ? and app.booking.tenant_id = cast(? as uuid)) -- [open, 00000000-0000-0000-0000-000000000001]

-- fetchStream(table)
select app.member.tenant_id, app.member.id, app.member.name, app.member.city, app.member.referrer_id from app.member where app.member.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001]

-- fetchLazy(table, condition)
select app.member.tenant_id, app.member.id, app.member.name, app.member.city, app.member.referrer_id from app.member where (app.member.city is not null and app.member.tenant_id = cast(? as uuid)) -- [00000000-0000-0000-0000-000000000001]

-- fetchMap, fetchGroups, fetchInto
select app.member.id, app.member.name from app.member where app.member.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001]

-- fetchOneInto of a path
select alias_23907856.name from (app.booking join app.court as alias_23907856 on (app.booking.court_id = alias_23907856.id and alias_23907856.tenant_id = cast('00000000-0000-0000-0000-000000000001' as uuid))) where (app.booking.id = ? and app.booking.tenant_id = cast(? as uuid)) -- [1, 00000000-0000-0000-0000-000000000001]
1

-- Iterable and stream of a query
select app.court.id, app.court.tenant_id, app.court.name, app.court.surface, app.court.rate from app.court where app.court.tenant_id = cast(? as uuid) order by app.court.id -- [00000000-0000-0000-0000-000000000001]

-- record.store, new
insert into app.booking (id, court_id, tenant_id) values (?, ?, cast(? as uuid)) returning app.booking.tenant_id, app.booking.id -- [900, 11, 00000000-0000-0000-0000-000000000001]

-- record.store, fetched
select app.member.tenant_id, app.member.id, app.member.name, app.member.city, app.member.referrer_id from app.member where (app.member.id = ? and app.member.tenant_id = cast(? as uuid)) -- [1, 00000000-0000-0000-0000-000000000001]

-- record.update
select app.member.tenant_id, app.member.id, app.member.name, app.member.city, app.member.referrer_id from app.member where (app.member.id = ? and app.member.tenant_id = cast(? as uuid)) -- [1, 00000000-0000-0000-0000-000000000001]

-- record.delete
select app.booking.tenant_id, app.booking.id, app.booking.court_id, app.booking.member_id, app.booking.status, app.booking.price, app.booking.note from app.booking where (app.booking.id = ? and app.booking.tenant_id = cast(? as uuid)) -- [1, 00000000-0000-0000-0000-000000000001]

-- record.refresh
select app.member.tenant_id, app.member.id, app.member.name, app.member.city, app.member.referrer_id from app.member where (app.member.id = ? and app.member.tenant_id = cast(? as uuid)) -- [1, 00000000-0000-0000-0000-000000000001]

-- record.merge, new and old
insert into app.member (tenant_id, id, name) values (cast(? as uuid), ?, ?) on conflict (tenant_id, id) do update set id = excluded.id, name = excluded.name where app.member.tenant_id = cast(? as uuid) returning app.member.tenant_id, app.member.id -- [00000000-0000-0000-0000-000000000001, 1, changed, 00000000-0000-0000-0000-000000000001]

-- record of a child
insert into app.maintenance (id, court_id, label, cost) values (?, (select maintenance_parent.id from app.court as maintenance_parent where (maintenance_parent.id = ? and maintenance_parent.tenant_id = cast(? as uuid))), ?, ?) returning app.maintenance.id -- [90001, 11, 00000000-0000-0000-0000-000000000001, new, 1]

-- record of a mixed table
insert into app.template (id, name, tenant_id) values (?, ?, cast(? as uuid)) returning app.template.id -- [901, new, 00000000-0000-0000-0000-000000000001]

-- a shared record cannot be changed
select app.template.id, app.template.tenant_id, app.template.name, app.template.body from app.template where (app.template.id = ? and (app.template.tenant_id is null or app.template.tenant_id = cast(? as uuid))) -- [1, 00000000-0000-0000-0000-000000000001]

-- children of a record
select app.court.id, app.court.tenant_id, app.court.name, app.court.surface, app.court.rate from app.court where app.court.tenant_id = cast(? as uuid) order by app.court.id fetch next ? rows only -- [00000000-0000-0000-0000-000000000001, 1]

-- executeInsert, executeUpdate, executeDelete
insert into app.court (id, name, rate, tenant_id) values (?, ?, ?, cast(? as uuid)) -- [9001, new, 1, 00000000-0000-0000-0000-000000000001]
update app.court set rate = ? where (app.court.rate > ? and app.court.tenant_id = cast(? as uuid)) -- [3, 10, 00000000-0000-0000-0000-000000000001]
delete from app.court where (app.court.id = ? and app.court.tenant_id = cast(? as uuid)) -- [9001, 00000000-0000-0000-0000-000000000001]
1 1 1

-- a record as values
insert into app.court (id, name, rate, tenant_id) values (?, ?, ?, cast(? as uuid)) returning app.court.id, app.court.tenant_id, app.court.name, app.court.surface, app.court.rate -- [9001, new, 1, 00000000-0000-0000-0000-000000000001]

-- dao.insert
insert into app.court (id, name, surface, rate, tenant_id) values (?, ?, ?, ?, cast(? as uuid)) returning app.court.id -- [9001, new, clay, 10, 00000000-0000-0000-0000-000000000001]

-- dao.insert of several
insert into app.court (id, name, surface, rate, tenant_id) values (?, ?, ?, ?, cast(? as uuid)) returning app.court.id -- [9001, new, clay, 10, 00000000-0000-0000-0000-000000000001]

-- dao.update
select app.court.id, app.court.tenant_id, app.court.name, app.court.surface, app.court.rate from app.court where (app.court.id = ? and app.court.tenant_id = cast(? as uuid)) -- [11, 00000000-0000-0000-0000-000000000001]

-- dao.update of several, the tenant among their columns
select app.court.id, app.court.tenant_id, app.court.name, app.court.surface, app.court.rate from app.court where app.court.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001]

-- dao.update of several
select app.member.tenant_id, app.member.id, app.member.name, app.member.city, app.member.referrer_id from app.member where app.member.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001]

-- dao.update of several in a batch, the tenant among their columns
select app.court.id, app.court.tenant_id, app.court.name, app.court.surface, app.court.rate from app.court where app.court.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001]

-- dao.merge
select app.member.tenant_id, app.member.id, app.member.name, app.member.city, app.member.referrer_id from app.member where (app.member.id in (?) and app.member.tenant_id = cast(? as uuid)) -- [1, 00000000-0000-0000-0000-000000000001]

-- dao.delete
select app.part.id, app.part.maintenance_id, app.part.name from app.part where (app.part.name in (?) and exists (select 1 from app.maintenance as part_parent where (part_parent.id = app.part.maintenance_id and exists (select 1 from app.court as part_parent_parent where (part_parent_parent.id = part_parent.court_id and part_parent_parent.tenant_id = cast(? as uuid)))))) -- [Part 1, 00000000-0000-0000-0000-000000000001]

-- dao.delete of several
select app.booking.tenant_id, app.booking.id, app.booking.court_id, app.booking.member_id, app.booking.status, app.booking.price, app.booking.note from app.booking where (app.booking.status in (?) and app.booking.tenant_id = cast(? as uuid)) -- [paid, 00000000-0000-0000-0000-000000000001]

-- dao.deleteById, of a foreign row too
delete from app.template where (app.template.id in (?, ?) and app.template.tenant_id = cast(? as uuid)) -- [11, 21, 00000000-0000-0000-0000-000000000001]
select count(*) from app.template where (app.template.tenant_id is null or app.template.tenant_id = cast(? as uuid)) -- [00000000-0000-0000-0000-000000000001]

-- dao.exists, existsById, count, fetchRange
select count(*) from app.court where (app.court.id = ? and app.court.tenant_id = cast(? as uuid)) -- [11, 00000000-0000-0000-0000-000000000001]
select count(*) from app.court where (app.court.id = ? and app.court.tenant_id = cast(? as uuid)) -- [21, 00000000-0000-0000-0000-000000000001]
select count(*) from app.court where app.court.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001]
select app.court.id, app.court.tenant_id, app.court.name, app.court.surface, app.court.rate from app.court where (app.court.rate between ? and ? and app.court.tenant_id = cast(? as uuid)) -- [10, 20, 00000000-0000-0000-0000-000000000001]

-- dao of a child
insert into app.maintenance (id, court_id, label, cost) values (?, (select maintenance_parent.id from app.court as maintenance_parent where (maintenance_parent.id = ? and maintenance_parent.tenant_id = cast(? as uuid))), ?, ?) returning app.maintenance.id -- [90001, 11, 00000000-0000-0000-0000-000000000001, new, 1]

-- batch of statements
update app.booking set price = 1 where (app.booking.id = 1 and app.booking.tenant_id = cast('00000000-0000-0000-0000-000000000001' as uuid)); delete from app.booking where (app.booking.id > 4 and app.booking.tenant_id = cast('00000000-0000-0000-0000-000000000001' as uuid)) -- []

-- batch with bind values
update app.member set name = ? where (app.member.id = ? and app.member.tenant_id = cast('00000000-0000-0000-0000-000000000001' as uuid)) -- [[first, 1], [sixth, 6]]

-- batch of inserts with bind values
insert into app.booking (id, court_id, tenant_id) values (?, ?, cast('00000000-0000-0000-0000-000000000001' as uuid)) -- [[900, 11], [901, 12]]

-- batchInsert, batchUpdate, batchDelete
insert into app.member (id, name, tenant_id) values (?, ?, cast('00000000-0000-0000-0000-000000000001' as uuid)) -- [[900, new 900], [901, new 901]]
select app.member.tenant_id, app.member.id, app.member.name, app.member.city, app.member.referrer_id from app.member where ((app.member.id <= ? or app.member.id = ?) and app.member.tenant_id = cast(? as uuid)) -- [1, 900, 00000000-0000-0000-0000-000000000001]

-- batchUpdate, batchStore and batchMerge of records with all their columns
select app.court.id, app.court.tenant_id, app.court.name, app.court.surface, app.court.rate from app.court where app.court.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001]

-- batchStore and batchMerge
select app.member.tenant_id, app.member.id, app.member.name, app.member.city, app.member.referrer_id from app.member where (app.member.id = ? and app.member.tenant_id = cast(? as uuid)) -- [1, 00000000-0000-0000-0000-000000000001]

-- loadInto, CSV in batches
insert into app.member (id, name, tenant_id) values (?, ?, cast('00000000-0000-0000-0000-000000000001' as uuid)) -- [[900, K], [901, L]]
insert into app.member (id, name, tenant_id) values (?, ?, cast('00000000-0000-0000-0000-000000000001' as uuid)) -- [[900, K], [901, L], [902, M]]
3 3

-- loadInto, rows, duplicates updated
insert into app.booking (tenant_id, id, court_id) values (cast(? as uuid), ?, ?) on conflict (tenant_id, id) do update set court_id = ? where app.booking.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001, 1, 11, 11, 00000000-0000-0000-0000-000000000001]
insert into app.booking (tenant_id, id, court_id) values (cast(? as uuid), ?, ?) on conflict (tenant_id, id) do update set court_id = ? where app.booking.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001, 900, 12, 12, 00000000-0000-0000-0000-000000000001]
insert into app.booking (tenant_id, id, court_id) values (cast(? as uuid), ?, ?) on conflict (tenant_id, id) do update set court_id = ? where app.booking.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001, 901, 12, 12, 00000000-0000-0000-0000-000000000001]
3 3

-- loadInto, records, duplicates ignored
select app.member.tenant_id, app.member.id, app.member.name, app.member.city, app.member.referrer_id from app.member where app.member.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001]

-- loadInto, JSON
insert into app.member (id, name, tenant_id) values (?, ?, cast(? as uuid)) -- [900, K, 00000000-0000-0000-0000-000000000001]
insert into app.member (id, name, tenant_id) values (?, ?, cast(? as uuid)) -- [901, L, 00000000-0000-0000-0000-000000000001]
2 2

-- nextval
select nextval('app.booking_number') -- []

-- nextvals
select nextval('app.booking_number') as nextval from generate_series(?, ?) as generate_series -- [1, 3]

-- sequence in a statement
select app.booking.id, (nextval('app.booking_number') is not null) from app.booking where app.booking.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001]

-- parsed select
select b.id, m.name from app.booking as b left outer join app.member as m on (b.member_id = m.id and m.tenant_id = cast(? as uuid)) where ((b.price > 5 or m.city is null) and b.tenant_id = cast(? as uuid)) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- parsed full join
select * from (app.booking as b join (select) as b_app_tenant on b.tenant_id = cast(? as uuid)) full outer join (app.member as m join (select) as m_app_tenant on m.tenant_id = cast(? as uuid)) on b.id = m.id -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- parsed union
select id from app.booking where app.booking.tenant_id = cast(? as uuid) union select id from app.member where (id not in (select member_id from app.booking where (member_id is not null and app.booking.tenant_id = cast(? as uuid))) and app.member.tenant_id = cast(? as uuid)) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- parsed update
update app.booking set price = 2 where (id = 3 and app.booking.tenant_id = cast(? as uuid)) -- [00000000-0000-0000-0000-000000000001]

-- parsed delete
delete from app.booking using app.member as m where (app.booking.id = m.id and app.booking.tenant_id = cast(? as uuid) and m.tenant_id = cast(? as uuid)) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- parsed merge
merge into app.booking as b using (app.member as m join (select) as m_app_tenant on m.tenant_id = cast(? as uuid)) on (b.id = m.id and b.tenant_id = cast(? as uuid)) when matched and b.tenant_id = cast(? as uuid) then update set note = m.name -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- parsed insert from select
insert into app.booking (id, court_id, tenant_id) select *, cast(? as uuid) from (select (c.id + 900), c.id from app.court as c where c.tenant_id = cast(? as uuid)) as boundary_source -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- parsed cte, subqueries, window functions
with m as (select id, name from app.member where (id in (select member_id from app.booking where app.booking.tenant_id = cast(? as uuid)) and app.member.tenant_id = cast(? as uuid))) select name, row_number() over (order by id) from m where exists (select 1 from app.booking as b where (b.member_id = m.id and b.tenant_id = cast(? as uuid))) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- JDBC through the parser, a query
select id, note from app.booking where (price > ? and app.booking.tenant_id = cast('00000000-0000-0000-0000-000000000001' as uuid)) order by id -- [15]

-- JDBC through the parser, an outer join
select m.id from app.member as m left outer join app.booking as b on (b.member_id = m.id and b.price > ? and b.tenant_id = cast('00000000-0000-0000-0000-000000000001' as uuid)) where (b.id is null and m.tenant_id = cast('00000000-0000-0000-0000-000000000001' as uuid)) order by m.id -- [15]

-- JDBC through the parser, a change
update app.booking set note = ? where (price > ? and app.booking.tenant_id = cast('00000000-0000-0000-0000-000000000001' as uuid)) -- [changed, 15]

-- plain SQL query
-- StatementRefusedException: Refused: plain SQL in a statement. Its text could read or change any table, and the query layer does not parse SQL text. Write it with jOOQ's DSL. If row-level security may decide alone, run it on boundary.rlsOnly(dsl, the reason).

-- plain SQL statement
-- StatementRefusedException: Refused: plain SQL. It is not a SELECT, INSERT, UPDATE, DELETE or MERGE, so no tenant predicate can be added to it. Write it with jOOQ's DSL. If row-level security may decide alone, run it on boundary.rlsOnly(dsl, the reason).

-- plain SQL table
-- StatementRefusedException: Refused: plain SQL in a statement. Its text could read or change any table, and the query layer does not parse SQL text. Write it with jOOQ's DSL. If row-level security may decide alone, run it on boundary.rlsOnly(dsl, the reason).

-- plain SQL condition
-- StatementRefusedException: Refused: plain SQL in a statement. Its text could read or change any table, and the query layer does not parse SQL text. Write it with jOOQ's DSL. If row-level security may decide alone, run it on boundary.rlsOnly(dsl, the reason).

-- plain SQL field
-- StatementRefusedException: Refused: plain SQL in a statement. Its text could read or change any table, and the query layer does not parse SQL text. Write it with jOOQ's DSL. If row-level security may decide alone, run it on boundary.rlsOnly(dsl, the reason).

-- explain of plain SQL
-- StatementRefusedException: Refused: plain SQL. It is not a SELECT, INSERT, UPDATE, DELETE or MERGE, so no tenant predicate can be added to it. Write it with jOOQ's DSL. If row-level security may decide alone, run it on boundary.rlsOnly(dsl, the reason).

-- explain that executes
-- StatementRefusedException: Refused: plain SQL in a statement. Its text could read or change any table, and the query layer does not parse SQL text. Write it with jOOQ's DSL. If row-level security may decide alone, run it on boundary.rlsOnly(dsl, the reason).

-- table in a template
-- StatementRefusedException: Refused: plain SQL in a statement. Its text is used as a table, and even a bare name would be one. Write it with jOOQ's DSL. If row-level security may decide alone, run it on boundary.rlsOnly(dsl, the reason).

-- table in a list in a template
-- StatementRefusedException: Refused: plain SQL in a statement. Its text is used as a table, and even a bare name would be one. Write it with jOOQ's DSL. If row-level security may decide alone, run it on boundary.rlsOnly(dsl, the reason).

-- unknown table
-- StatementRefusedException: Refused: select on app.stray. No table of that name is declared in the TenantSchema. Declare it in the TenantSchema (global or exempt if it has no tenant), or name it with its schema.

-- renamed table
-- StatementRefusedException: Refused: select on app.stray. No table of that name is declared in the TenantSchema. Declare it in the TenantSchema (global or exempt if it has no tenant), or name it with its schema.

-- statistics
-- StatementRefusedException: Refused: select on pg_catalog.pg_stats. No table of that name is declared in the TenantSchema. Declare it in the TenantSchema (global or exempt if it has no tenant), or name it with its schema.

-- truncate
-- StatementRefusedException: Refused: TRUNCATE. It is not a SELECT, INSERT, UPDATE, DELETE or MERGE, so no tenant predicate can be added to it. Use deleteFrom(table) for the rows of one tenant; to empty the table for all, use TenantContext.unscoped(the reason).

-- ddl
-- StatementRefusedException: Refused: DDL (DropTable). It is not a SELECT, INSERT, UPDATE, DELETE or MERGE, so no tenant predicate can be added to it. Run it in a migration, or in TenantContext.unscoped(the reason).

-- create table as
-- StatementRefusedException: Refused: DDL (CreateTable). It is not a SELECT, INSERT, UPDATE, DELETE or MERGE, so no tenant predicate can be added to it. Run it in a migration, or in TenantContext.unscoped(the reason).

-- create view
-- StatementRefusedException: Refused: DDL (CreateView). It is not a SELECT, INSERT, UPDATE, DELETE or MERGE, so no tenant predicate can be added to it. Run it in a migration, or in TenantContext.unscoped(the reason).

-- select into
-- StatementRefusedException: Refused: DDL (CreateTable). It is not a SELECT, INSERT, UPDATE, DELETE or MERGE, so no tenant predicate can be added to it. Run it in a migration, or in TenantContext.unscoped(the reason).

-- procedural block
-- StatementRefusedException: Refused: plain SQL. It is not a SELECT, INSERT, UPDATE, DELETE or MERGE, so no tenant predicate can be added to it. Write it with jOOQ's DSL. If row-level security may decide alone, run it on boundary.rlsOnly(dsl, the reason).

-- function nobody allowed
-- StatementRefusedException: Refused: a statement that calls app.everything. A function can read and change rows of every tenant, and this one is not known to be harmless. If it is, declare it: allowFunctions(app.everything). If row-level security may decide alone, run it on boundary.rlsOnly(dsl, the reason).

-- function that runs SQL
-- StatementRefusedException: Refused: a statement that calls query_to_xml. A function can read and change rows of every tenant, and this one is not known to be harmless. If it is, declare it: allowFunctions(query_to_xml). If row-level security may decide alone, run it on boundary.rlsOnly(dsl, the reason).

-- aggregate nobody allowed
-- StatementRefusedException: Refused: a statement that calls spy. A function can read and change rows of every tenant, and this one is not known to be harmless. If it is, declare it: allowFunctions(spy). If row-level security may decide alone, run it on boundary.rlsOnly(dsl, the reason).

-- insert of a foreign tenant
-- CrossTenantException: The statement gives the tenant column of table app.booking the value 00000000-0000-0000-0000-000000000002, and the open scope is tenant 00000000-0000-0000-0000-000000000001. Leave the column out and it is filled in, or open the scope of that tenant with TenantContext.where(tenant).

-- second row of a foreign tenant
-- CrossTenantException: The statement gives the tenant column of table app.booking the value 00000000-0000-0000-0000-000000000002, and the open scope is tenant 00000000-0000-0000-0000-000000000001. Leave the column out and it is filled in, or open the scope of that tenant with TenantContext.where(tenant).

-- insert of a shared row
-- CrossTenantException: The statement gives the tenant column of table app.template the value null, and the open scope is tenant 00000000-0000-0000-0000-000000000001. Shared rows are written in TenantContext.unscoped(the reason).

-- insert from SELECT with a foreign constant
-- CrossTenantException: The statement gives the tenant column of table app.booking the value 00000000-0000-0000-0000-000000000002, and the open scope is tenant 00000000-0000-0000-0000-000000000001. Leave the column out and it is filled in, or open the scope of that tenant with TenantContext.where(tenant).

-- update of the tenant
-- CrossTenantException: The statement gives the tenant column of table app.booking the value 00000000-0000-0000-0000-000000000002, and the open scope is tenant 00000000-0000-0000-0000-000000000001. Leave the column out and it is filled in, or open the scope of that tenant with TenantContext.where(tenant).

-- update of the tenant in a row
-- CrossTenantException: The statement gives the tenant column of table app.booking the value 00000000-0000-0000-0000-000000000002, and the open scope is tenant 00000000-0000-0000-0000-000000000001. Leave the column out and it is filled in, or open the scope of that tenant with TenantContext.where(tenant).

-- update of the tenant from SELECT
-- CrossTenantException: The statement gives the tenant column of table app.booking the value 00000000-0000-0000-0000-000000000002, and the open scope is tenant 00000000-0000-0000-0000-000000000001. Leave the column out and it is filled in, or open the scope of that tenant with TenantContext.where(tenant).

-- upsert that changes the tenant
-- CrossTenantException: The statement gives the tenant column of table app.booking the value 00000000-0000-0000-0000-000000000002, and the open scope is tenant 00000000-0000-0000-0000-000000000001. Leave the column out and it is filled in, or open the scope of that tenant with TenantContext.where(tenant).

-- merge of a foreign tenant
-- CrossTenantException: The statement gives the tenant column of table app.booking the value 00000000-0000-0000-0000-000000000002, and the open scope is tenant 00000000-0000-0000-0000-000000000001. Leave the column out and it is filled in, or open the scope of that tenant with TenantContext.where(tenant).

-- merge that changes the tenant
-- CrossTenantException: The statement gives the tenant column of table app.booking the value 00000000-0000-0000-0000-000000000002, and the open scope is tenant 00000000-0000-0000-0000-000000000001. Leave the column out and it is filled in, or open the scope of that tenant with TenantContext.where(tenant).

-- conflict target without the tenant
-- StatementRefusedException: Refused: insert of app.court. The conflict target app.court.id does not include tenant_id, so a row of another tenant could be the conflict, and the result would reveal that it exists. Name a unique key that includes that column: onConflict(tenant_id, ...).

-- conflict constraint without the tenant
-- StatementRefusedException: Refused: insert of app.court. The conflict target court_pkey, as far as jOOQ's generated classes tell, does not include tenant_id, so a row of another tenant could be the conflict, and the result would reveal that it exists. Name a unique key that includes that column: onConflict(tenant_id, ...).

-- any conflict, one key without the tenant
-- StatementRefusedException: Refused: insert of app.court. The conflict target is any key of the table, and at least one of them does not include tenant_id, so a row of another tenant could be the conflict, and the result would reveal that it exists. Name a unique key that includes that column: onConflict(tenant_id, ...).

-- write to a global table
-- StatementRefusedException: Refused: delete of app.currency. The table is declared global: tenants only read it. Change it in TenantContext.unscoped(the reason), or declare it globalWritable(...).

-- lock of a global table
-- StatementRefusedException: Refused: select on app.currency. It locks rows of a table that is declared global: tenants only read it, and none may block another. Name the tables to lock: forUpdate().of(table).

-- lock of a global table too
-- StatementRefusedException: Refused: select on app.currency. It locks rows of a table that is declared global: tenants only read it, and none may block another. Name the tables to lock: forUpdate().of(table).

-- a setting of the session
-- StatementRefusedException: Refused: update of pg_catalog.pg_settings. The table is PostgreSQL's own: what is written into it changes the database, or the settings of the connection, for every tenant. Use the statement that PostgreSQL has for it, in TenantContext.unscoped(the reason).

-- rows of the catalog
-- StatementRefusedException: Refused: delete of pg_catalog.pg_description. The table is PostgreSQL's own: what is written into it changes the database, or the settings of the connection, for every tenant. Use the statement that PostgreSQL has for it, in TenantContext.unscoped(the reason).

-- rows for the catalog
-- StatementRefusedException: Refused: insert of information_schema.sql_features. The table is PostgreSQL's own: what is written into it changes the database, or the settings of the connection, for every tenant. Use the statement that PostgreSQL has for it, in TenantContext.unscoped(the reason).

-- update of an outer join
-- StatementRefusedException: Refused: update of join. It changes something that is not a single table. Name the table that it changes, and join others in FROM or USING.

-- partition by name
-- StatementRefusedException: Refused: select on app.visit_early. No table of that name is declared in the TenantSchema. Declare it in the TenantSchema (global or exempt if it has no tenant), or name it with its schema.

-- only the parent
-- StatementRefusedException: Refused: plain SQL in a statement. Its text could read or change any table, and the query layer does not parse SQL text. Write it with jOOQ's DSL. If row-level security may decide alone, run it on boundary.rlsOnly(dsl, the reason).

-- ambiguous name
-- StatementRefusedException: Refused: select on court. It could be app.court (Tenant) or archive.court (Tenant). Declare it in the TenantSchema (global or exempt if it has no tenant), or name it with its schema.

-- stored procedure
-- StatementRefusedException: Refused: a statement that calls app.tidy. A function can read and change rows of every tenant, and this one is not known to be harmless. If it is, declare it: allowFunctions(app.tidy). If row-level security may decide alone, run it on boundary.rlsOnly(dsl, the reason).

-- table-valued function by name
-- StatementRefusedException: Refused: a statement that calls app.everything. A function can read and change rows of every tenant, and this one is not known to be harmless. If it is, declare it: allowFunctions(app.everything). If row-level security may decide alone, run it on boundary.rlsOnly(dsl, the reason).

-- scalar function by name, in a subquery
-- StatementRefusedException: Refused: a statement that calls app.tidy_all. A function can read and change rows of every tenant, and this one is not known to be harmless. If it is, declare it: allowFunctions(app.tidy_all). If row-level security may decide alone, run it on boundary.rlsOnly(dsl, the reason).

-- final table in DELETE RETURNING
-- StatementRefusedException: Refused: select. It reads finalTable(...), newTable(...) or oldTable(...), and jOOQ omits their statement where the outermost statement is not a SELECT. Put the statement into a common table expression: with(changed).as(statement).

-- final table in DELETE
-- StatementRefusedException: Refused: select. It reads finalTable(...), newTable(...) or oldTable(...), and jOOQ omits their statement where the outermost statement is not a SELECT. Put the statement into a common table expression: with(changed).as(statement).

-- insert without columns
-- StatementRefusedException: Refused: insert of app.booking. It names no columns, so the one that decides the tenant cannot be identified among the values. Name the columns: insertInto(table, columns).

-- evasion: a CTE has the name of the table that a DELETE changes
with booking as (select 1 as one) delete from booking where booking.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001]

-- evasion: a CTE has the name of the table that an UPDATE changes
with booking as (select 1 as one) update booking set note = ? where booking.tenant_id = cast(? as uuid) -- [mine, 00000000-0000-0000-0000-000000000001]

-- evasion: a CTE has the name of the table that an INSERT goes into
-- CrossTenantException: The statement gives the tenant column of table app.member the value 00000000-0000-0000-0000-000000000002, and the open scope is tenant 00000000-0000-0000-0000-000000000001. Leave the column out and it is filled in, or open the scope of that tenant with TenantContext.where(tenant).

-- evasion: a CTE has the name of the table that a MERGE goes into
with booking as (select 1 as one) merge into booking using (select 1 as one) as dummy_30260683(one) on (true and booking.tenant_id = cast(? as uuid)) when matched and booking.tenant_id = cast(? as uuid) then update set note = ? -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001, mine]

-- evasion: a CTE has the name of the table that a DELETE with USING changes
with booking as (select 1 as one) delete from booking using app.currency where booking.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001]

-- evasion: a CTE around has the name of the table that a data-modifying CTE changes
with booking as (select 1 as id), gone as (delete from booking where booking.tenant_id = cast(? as uuid) returning note) select * from gone -- [00000000-0000-0000-0000-000000000001]

-- evasion: a CTE that is not declared
-- StatementRefusedException: Refused: select on booking. It reads a common table expression that no WITH clause around it declares, so PostgreSQL would look for a table of that name. Declare it in the statement that reads it: with(cte).

-- evasion: a CTE that is not declared, under an alias
-- StatementRefusedException: Refused: select on booking. It reads a common table expression that no WITH clause around it declares, so PostgreSQL would look for a table of that name. Declare it in the statement that reads it: with(cte).

-- evasion: a CTE that is not declared, joined
-- StatementRefusedException: Refused: select on booking. It reads a common table expression that no WITH clause around it declares, so PostgreSQL would look for a table of that name. Declare it in the statement that reads it: with(cte).

-- evasion: a CTE that another statement declares
-- StatementRefusedException: Refused: select on booking. It reads a common table expression that no WITH clause around it declares, so PostgreSQL would look for a table of that name. Declare it in the statement that reads it: with(cte).

-- evasion: a CTE in its own body, where its name is the table's
-- StatementRefusedException: Refused: select on booking. It reads a common table expression that no WITH clause around it declares, so PostgreSQL would look for a table of that name. Declare it in the statement that reads it: with(cte).

-- evasion: a CTE of one side of a UNION
(select note from booking where booking.tenant_id = cast(? as uuid)) union (with booking as (select 'x' as note) select note from booking) -- [00000000-0000-0000-0000-000000000001]

-- evasion: a CTE of the first side of a UNION
select inner.note from (with booking as (select 'x' as note) select note from booking) as inner union all select note from booking where booking.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001]

-- evasion: a CTE that is changed through its name
with booking as (select app.member.tenant_id, app.member.id, app.member.name, app.member.city, app.member.referrer_id from app.member where app.member.tenant_id = cast(? as uuid)) update booking set note = ? from booking as b where booking.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001, mine, 00000000-0000-0000-0000-000000000001]

-- evasion: a CTE of another spelling
with BOOKING as (select 'x' as note) select note from BOOKING where BOOKING.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001]

-- evasion: the same table again in an aliased join
select * from app.booking, ((app.booking join (select) as booking_app_tenant on app.booking.tenant_id = cast(? as uuid)) join (app.court join (select) as court_app_tenant on app.court.tenant_id = cast(? as uuid)) on app.booking.court_id = app.court.id) as j where app.booking.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- evasion: the same table before, in an aliased join
select * from ((app.booking join (select) as booking_app_tenant on app.booking.tenant_id = cast(? as uuid)) join (app.court join (select) as court_app_tenant on app.court.tenant_id = cast(? as uuid)) on app.booking.court_id = app.court.id) as j, app.booking where app.booking.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- evasion: the same table again in a joined aliased join
select * from app.booking join ((app.booking join (select) as booking_app_tenant on app.booking.tenant_id = cast(? as uuid)) left outer join (app.court join (select) as court_app_tenant on app.court.tenant_id = cast(? as uuid)) on app.booking.court_id = app.court.id) as j on true where app.booking.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- evasion: the same table again in an aliased join within another
select * from app.booking, ((app.booking join (select) as booking_app_tenant on app.booking.tenant_id = cast(? as uuid)) cross join ((app.member join (select) as member_app_tenant on app.member.tenant_id = cast(? as uuid)) cross join (app.court join (select) as court_app_tenant on app.court.tenant_id = cast(? as uuid))) as k) as j where app.booking.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- evasion: the same alias again in an aliased join
select * from app.booking as b, ((app.booking as b join (select) as b_tenant on b.tenant_id = cast(? as uuid)) cross join (app.court join (select) as court_app_tenant on app.court.tenant_id = cast(? as uuid))) as j where b.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- evasion: the same table again in the USING of DELETE
delete from app.booking using ((app.booking join (select) as booking_app_tenant on app.booking.tenant_id = cast(? as uuid)) join (app.court join (select) as court_app_tenant on app.court.tenant_id = cast(? as uuid)) on app.booking.id > ?) as j where (app.booking.id < ? and app.booking.tenant_id = cast(? as uuid)) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001, 200, 100, 00000000-0000-0000-0000-000000000001]
southern

-- evasion: the same table again in the FROM of UPDATE
update app.booking set note = j.note from ((app.booking join (select) as booking_app_tenant on app.booking.tenant_id = cast(? as uuid)) cross join app.currency) as j where (j.id > ? and app.booking.tenant_id = cast(? as uuid)) returning app.booking.note -- [00000000-0000-0000-0000-000000000001, 200, 00000000-0000-0000-0000-000000000001]

-- evasion: the same table again in the source of MERGE
merge into app.member using ((app.member join (select) as member_app_tenant on app.member.tenant_id = cast(? as uuid)) cross join app.currency) as j on (j.id = ? and app.member.tenant_id = cast(? as uuid)) when matched and app.member.tenant_id = cast(? as uuid) then update set city = 'seen' -- [00000000-0000-0000-0000-000000000001, 201, 00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]
southern

-- evasion: the same table again after a semi join
select * from app.currency where exists (select 1 from app.booking where (app.booking.id > ? and app.booking.tenant_id = cast(? as uuid))) -- [200, 00000000-0000-0000-0000-000000000001]

-- evasion: another table, renamed
select note from app.booking where app.booking.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001]

-- evasion: the same table in every clause
select (select coalesce(jsonb_agg(jsonb_build_array(t.v0, t.v1, t.v2, t.v3, t.v4, t.v5, t.v6)), jsonb_build_array()) from (select app.booking.tenant_id as v0, app.booking.id as v1, app.booking.court_id as v2, app.booking.member_id as v3, app.booking.status as v4, app.booking.price as v5, app.booking.note as v6 from app.booking where app.booking.tenant_id = cast(? as uuid)) as t), (select count(*) from app.booking where app.booking.tenant_id = cast(? as uuid)) from app.booking where ((exists (select app.booking.tenant_id, app.booking.id, app.booking.court_id, app.booking.member_id, app.booking.status, app.booking.price, app.booking.note from app.booking where (app.booking.id > ? and app.booking.tenant_id = cast(? as uuid))) or app.booking.id < ?) and app.booking.tenant_id = cast(? as uuid)) order by (select max(app.booking.note) from app.booking where app.booking.tenant_id = cast(? as uuid)) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001, 200, 00000000-0000-0000-0000-000000000001, 100, 00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- evasion: a foreign key's value that is a subquery
insert into app.maintenance (id, court_id, label, cost) values (?, (select maintenance_parent.id from app.court as maintenance_parent where (maintenance_parent.id = ((select (min(app.booking.court_id) - ?) from app.booking where (app.booking.id > ? and app.booking.tenant_id = cast(? as uuid)))) and maintenance_parent.tenant_id = cast(? as uuid))), ?, ?) -- [2, 200, 200, 00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001, x, 1]
southern

-- evasion: a foreign key's new value that is a subquery
update app.maintenance set court_id = (select maintenance_parent.id from app.court as maintenance_parent where (maintenance_parent.id = ((select (min(app.booking.court_id) - ?) from app.booking where (app.booking.id > ? and app.booking.tenant_id = cast(? as uuid)))) and maintenance_parent.tenant_id = cast(? as uuid))) where (app.maintenance.id = ? and exists (select 1 from app.court as maintenance_parent where (maintenance_parent.id = app.maintenance.court_id and maintenance_parent.tenant_id = cast(? as uuid)))) -- [200, 200, 00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001, 1, 00000000-0000-0000-0000-000000000001]
southern

-- evasion: a foreign key's new value, in a row
update app.maintenance set (court_id, cost) = row ((select maintenance_parent.id from app.court as maintenance_parent where (maintenance_parent.id = ((select (min(app.booking.court_id) - ?) from app.booking where (app.booking.id > ? and app.booking.tenant_id = cast(? as uuid)))) and maintenance_parent.tenant_id = cast(? as uuid))), ?) where (app.maintenance.id = ? and exists (select 1 from app.court as maintenance_parent where (maintenance_parent.id = app.maintenance.court_id and maintenance_parent.tenant_id = cast(? as uuid)))) -- [200, 200, 00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001, 1, 1, 00000000-0000-0000-0000-000000000001]
southern

-- evasion: a foreign key's value that is text
-- StatementRefusedException: Refused: plain SQL in a statement. Its text could read or change any table, and the query layer does not parse SQL text. Write it with jOOQ's DSL. If row-level security may decide alone, run it on boundary.rlsOnly(dsl, the reason).

-- evasion: a foreign key's value that calls a function
-- StatementRefusedException: Refused: a statement that calls query_to_xml. A function can read and change rows of every tenant, and this one is not known to be harmless. If it is, declare it: allowFunctions(query_to_xml). If row-level security may decide alone, run it on boundary.rlsOnly(dsl, the reason).

-- evasion: a foreign key's value in MERGE
merge into app.maintenance using (select 1 as one) as dummy_30260683(one) on (app.maintenance.id = ? and exists (select 1 from app.court as maintenance_parent where (maintenance_parent.id = app.maintenance.court_id and maintenance_parent.tenant_id = cast(? as uuid)))) when not matched then insert (id, court_id, label, cost) values (?, (select maintenance_parent.id from app.court as maintenance_parent where (maintenance_parent.id = ((select (min(app.booking.court_id) - ?) from app.booking where (app.booking.id > ? and app.booking.tenant_id = cast(? as uuid)))) and maintenance_parent.tenant_id = cast(? as uuid))), ?, ?) -- [2, 00000000-0000-0000-0000-000000000001, 2, 200, 200, 00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001, x, 1]
southern

-- evasion: a keyword as a table
-- StatementRefusedException: Refused: plain SQL in a statement. Its text is used as a table, and even a bare name would be one. Write it with jOOQ's DSL. If row-level security may decide alone, run it on boundary.rlsOnly(dsl, the reason).

-- evasion: a name as a table
-- StatementRefusedException: Refused: plain SQL in a statement. Its text is used as a table, and even a bare name would be one. Write it with jOOQ's DSL. If row-level security may decide alone, run it on boundary.rlsOnly(dsl, the reason).

-- evasion: a column's name as a table
-- StatementRefusedException: Refused: plain SQL in a statement. Its text is used as a table, and even a bare name would be one. Write it with jOOQ's DSL. If row-level security may decide alone, run it on boundary.rlsOnly(dsl, the reason).

-- evasion: a list as a table
-- StatementRefusedException: Refused: plain SQL in a statement. Its text is used as a table, and even a bare name would be one. Write it with jOOQ's DSL. If row-level security may decide alone, run it on boundary.rlsOnly(dsl, the reason).

-- evasion: a table as a table
-- StatementRefusedException: Refused: plain SQL in a statement. Its text is used as a table, and even a bare name would be one. Write it with jOOQ's DSL. If row-level security may decide alone, run it on boundary.rlsOnly(dsl, the reason).

-- evasion: a keyword as a condition
-- StatementRefusedException: Refused: plain SQL in a statement. Something is inserted into SQL text (keyword), where the query layer cannot see what happens to it. Write it with jOOQ's DSL. If row-level security may decide alone, run it on boundary.rlsOnly(dsl, the reason).

-- evasion: a keyword as a column
-- StatementRefusedException: Refused: plain SQL in a statement. Something is inserted into SQL text (keyword), where the query layer cannot see what happens to it. Write it with jOOQ's DSL. If row-level security may decide alone, run it on boundary.rlsOnly(dsl, the reason).

-- evasion: a keyword as a whole query
-- StatementRefusedException: Refused: plain SQL in a statement. Something is inserted into SQL text (keyword), where the query layer cannot see what happens to it. Write it with jOOQ's DSL. If row-level security may decide alone, run it on boundary.rlsOnly(dsl, the reason).

-- evasion: the name of a data type
-- StatementRefusedException: Refused: plain SQL in a statement. A value is cast to a data type whose name is SQL text: int), note from booking order by 2 desc --. Write it with jOOQ's DSL. If row-level security may decide alone, run it on boundary.rlsOnly(dsl, the reason).

-- evasion: a condition that renders an OR without parentheses
select app.booking.tenant_id, app.booking.id, app.booking.court_id, app.booking.member_id, app.booking.status, app.booking.price, app.booking.note from app.booking where ((booking.id = 1 or booking.id > 200) and app.booking.tenant_id = cast(? as uuid)) -- [00000000-0000-0000-0000-000000000001]

-- evasion: the same, combined
select app.booking.tenant_id, app.booking.id, app.booking.court_id, app.booking.member_id, app.booking.status, app.booking.price, app.booking.note from app.booking where (((booking.id = 1 or booking.id > 200 and app.booking.id > ?)) and app.booking.tenant_id = cast(? as uuid)) -- [0, 00000000-0000-0000-0000-000000000001]

-- evasion: a boolean column that renders an OR without parentheses
select app.booking.tenant_id, app.booking.id, app.booking.court_id, app.booking.member_id, app.booking.status, app.booking.price, app.booking.note from app.booking where ((booking.id = 1 or booking.id > 200) and app.booking.tenant_id = cast(? as uuid)) -- [00000000-0000-0000-0000-000000000001]

-- evasion: an OR without parentheses in DELETE
delete from app.booking where ((booking.id = 1 or booking.id > 200) and app.booking.tenant_id = cast(? as uuid)) -- [00000000-0000-0000-0000-000000000001]

-- evasion: an OR without parentheses in an outer join
select * from app.currency left outer join app.booking on ((true or booking.id > 200) and app.booking.tenant_id = cast(? as uuid)) -- [00000000-0000-0000-0000-000000000001]

-- evasion: the statistics of columns
-- StatementRefusedException: Refused: select on pg_catalog.pg_stats. No table of that name is declared in the TenantSchema. Declare it in the TenantSchema (global or exempt if it has no tenant), or name it with its schema.

-- evasion: the statistics of columns, spelled otherwise
-- StatementRefusedException: Refused: select on pg_catalog.PG_STATS. No table of that name is declared in the TenantSchema. Declare it in the TenantSchema (global or exempt if it has no tenant), or name it with its schema.

-- evasion: the statements of others
-- StatementRefusedException: Refused: select on pg_catalog.pg_stat_activity. No table of that name is declared in the TenantSchema. Declare it in the TenantSchema (global or exempt if it has no tenant), or name it with its schema.

-- disguise: a column's name without quotes
-- StatementRefusedException: Refused: plain SQL in a statement. A name is written without quotes and is not an identifier: (select string_agg(note, ',') from app.booking). Write it with jOOQ's DSL. If row-level security may decide alone, run it on boundary.rlsOnly(dsl, the reason).

-- disguise: a column's name where none gets quotes
-- StatementRefusedException: Refused: plain SQL in a statement. A name is written without quotes and is not an identifier: (select string_agg(note, ',') from app.booking). Write it with jOOQ's DSL. If row-level security may decide alone, run it on boundary.rlsOnly(dsl, the reason).

-- disguise: a column's name where only some get quotes
-- StatementRefusedException: Refused: plain SQL in a statement. A name is written without quotes and is not an identifier: (select string_agg(note, ',') from app.booking). Write it with jOOQ's DSL. If row-level security may decide alone, run it on boundary.rlsOnly(dsl, the reason).

-- disguise: an alias without quotes
-- StatementRefusedException: Refused: plain SQL in a statement. A name is written without quotes and is not an identifier: c, app.booking. Write it with jOOQ's DSL. If row-level security may decide alone, run it on boundary.rlsOnly(dsl, the reason).

-- disguise: a column's alias without quotes
-- StatementRefusedException: Refused: plain SQL in a statement. A name is written without quotes and is not an identifier: x, (select string_agg(note, ',') from app.booking). Write it with jOOQ's DSL. If row-level security may decide alone, run it on boundary.rlsOnly(dsl, the reason).

-- disguise: a table of the catalog without quotes
-- StatementRefusedException: Refused: plain SQL in a statement. A name is written without quotes and is not an identifier: pg_am, app.booking. Write it with jOOQ's DSL. If row-level security may decide alone, run it on boundary.rlsOnly(dsl, the reason).

-- disguise: a column to set without quotes
-- StatementRefusedException: Refused: plain SQL in a statement. A name is written without quotes and is not an identifier: surface = 'x', tenant_id. Write it with jOOQ's DSL. If row-level security may decide alone, run it on boundary.rlsOnly(dsl, the reason).

-- disguise: an element's name without quotes
-- StatementRefusedException: Refused: plain SQL in a statement. A name is written without quotes and is not an identifier: x, (select string_agg(note, ',') from app.booking). Write it with jOOQ's DSL. If row-level security may decide alone, run it on boundary.rlsOnly(dsl, the reason).

-- disguise: a number that is text
-- StatementRefusedException: Refused: plain SQL in a statement. PostgreSQL has no type for the value, which would be SQL text: (select string_agg(note, ',') from app.booking). Write it with jOOQ's DSL. If row-level security may decide alone, run it on boundary.rlsOnly(dsl, the reason).

-- disguise: a type of a column of xmltable that is text
-- StatementRefusedException: Refused: plain SQL in a statement. A value is cast to a data type whose name is SQL text: int path '.') x, app.booking --. Write it with jOOQ's DSL. If row-level security may decide alone, run it on boundary.rlsOnly(dsl, the reason).

-- disguise: a table of the catalog that is mapped
-- StatementRefusedException: Refused: select on pg_catalog.booking. The configuration's settings render another name: a RenderMapping, or renderSchema(false). Declare it in the TenantSchema (global or exempt if it has no tenant), or name it with its schema.

-- disguise: a table of the information schema without its schema
-- StatementRefusedException: Refused: select on information_schema.booking. The configuration's settings render another name: a RenderMapping, or renderSchema(false). Declare it in the TenantSchema (global or exempt if it has no tenant), or name it with its schema.

-- disguise: a table of the catalog, which is the default schema
-- StatementRefusedException: Refused: select on pg_catalog.booking. The configuration's settings render another name: a RenderMapping, or renderSchema(false). Declare it in the TenantSchema (global or exempt if it has no tenant), or name it with its schema.

-- disguise: a global table whose name is mapped to a tenant's
-- StatementRefusedException: Refused: select on app.currency. The configuration's RenderMapping gives one name, app.booking, to app.booking and app.currency. Declare it in the TenantSchema (global or exempt if it has no tenant), or name it with its schema.

-- disguise: an alias of a global table whose name is mapped to a tenant's
-- StatementRefusedException: Refused: select on app.currency. The configuration's RenderMapping gives one name, app.booking, to app.booking and app.currency. Declare it in the TenantSchema (global or exempt if it has no tenant), or name it with its schema.

-- disguise: a CTE whose name is mapped
-- StatementRefusedException: Refused: select on x. The configuration's settings render another name: a RenderMapping, or renderSchema(false). Declare it in the TenantSchema (global or exempt if it has no tenant), or name it with its schema.

-- disguise: a CTE that gets a schema in another
-- StatementRefusedException: Refused: select on y. The configuration's settings render another name: a RenderMapping, or renderSchema(false). Declare it in the TenantSchema (global or exempt if it has no tenant), or name it with its schema.

-- disguise: a CTE that gets a schema in INSERT
-- StatementRefusedException: Refused: select on booking. The configuration's settings render another name: a RenderMapping, or renderSchema(false). Declare it in the TenantSchema (global or exempt if it has no tenant), or name it with its schema.

-- disguise: a CTE that gets a schema in a subquery
-- StatementRefusedException: Refused: select on booking. The configuration's settings render another name: a RenderMapping, or renderSchema(false). Declare it in the TenantSchema (global or exempt if it has no tenant), or name it with its schema.

-- disguise: the column of another table of the same name
update app.court set tenant_id = case when other.tenant_id = cast(? as uuid) then cast(? as uuid) end from (select cast('00000000-0000-0000-0000-000000000002' as uuid) as tenant_id) as other where app.court.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- disguise: the column of another table of the same name, in a row
update app.court set (tenant_id, rate) = row (case when other.tenant_id = cast(? as uuid) then cast(? as uuid) end, 1) from (select cast('00000000-0000-0000-0000-000000000002' as uuid) as tenant_id) as other where app.court.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- disguise: the column of another table of the same name, in MERGE
merge into app.court using (select cast('00000000-0000-0000-0000-000000000002' as uuid) as tenant_id) as other on (app.court.id = ? and app.court.tenant_id = cast(? as uuid)) when matched and app.court.tenant_id = cast(? as uuid) then update set tenant_id = case when other.tenant_id = cast(? as uuid) then cast(? as uuid) end -- [11, 00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- disguise: the column of another table of the same name without its schema
update court as target set tenant_id = case when court.tenant_id = cast(? as uuid) then cast(? as uuid) end from (select cast('00000000-0000-0000-0000-000000000002' as uuid) as tenant_id) as court where (target.id = ? and target.tenant_id = cast(? as uuid)) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001, 11, 00000000-0000-0000-0000-000000000001]

-- disguise: the foreign key of another table of the same name
update app.maintenance set court_id = (select maintenance_parent.id from app.court as maintenance_parent where (maintenance_parent.id = (work.court_id) and maintenance_parent.tenant_id = cast(? as uuid))) from (select 211 as court_id) as work where (app.maintenance.id = ? and exists (select 1 from app.court as maintenance_parent where (maintenance_parent.id = app.maintenance.court_id and maintenance_parent.tenant_id = cast(? as uuid)))) -- [00000000-0000-0000-0000-000000000001, 1, 00000000-0000-0000-0000-000000000001]

-- disguise: no tenant, from a column of the same name
update app.template set tenant_id = case when model.tenant_id = cast(? as uuid) then cast(? as uuid) else cast(('boundary: not the tenant of the scope: ' || coalesce(cast(model.tenant_id as text), 'no tenant')) as uuid) end from (select cast(null as uuid) as tenant_id) as model where app.template.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- disguise: a table that is called excluded
update app.court set tenant_id = case when excluded.tenant_id = cast(? as uuid) then cast(? as uuid) end from (select cast('00000000-0000-0000-0000-000000000002' as uuid) as tenant_id) as excluded where (app.court.id = ? and app.court.tenant_id = cast(? as uuid)) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001, 11, 00000000-0000-0000-0000-000000000001]

-- disguise: a source of MERGE that is called excluded
merge into app.maintenance using (select 211 as court_id) as excluded on (app.maintenance.id = ? and exists (select 1 from app.court as maintenance_parent where (maintenance_parent.id = app.maintenance.court_id and maintenance_parent.tenant_id = cast(? as uuid)))) when matched and exists (select 1 from app.court as maintenance_parent where (maintenance_parent.id = app.maintenance.court_id and maintenance_parent.tenant_id = cast(? as uuid))) then update set court_id = (select maintenance_parent.id from app.court as maintenance_parent where (maintenance_parent.id = (excluded.court_id) and maintenance_parent.tenant_id = cast(? as uuid))) -- [1, 00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- disguise: a parent's column of the same name
select note from app.stop where exists (select 1 from app.site as stop_parent where (stop_parent.site_id = app.stop.site_id and stop_parent.tenant_id = cast(? as uuid))) -- [00000000-0000-0000-0000-000000000001]

-- disguise: a parent's column of the same name, in DELETE
delete from app.stop where exists (select 1 from app.site as stop_parent where (stop_parent.site_id = app.stop.site_id and stop_parent.tenant_id = cast(? as uuid))) -- [00000000-0000-0000-0000-000000000001]

-- disguise: columns that swap their names
-- StatementRefusedException: Refused: select on d. The table's columns are not known here and are renamed, so another column could get the name of the tenant column. Use the generated table, or select the columns under their new names in a derived table.

-- disguise: columns that swap their names under an outer join
-- StatementRefusedException: Refused: select on d. The table's columns are not known here and are renamed, so another column could get the name of the tenant column. Use the generated table, or select the columns under their new names in a derived table.

-- disguise: an embeddable that is set
-- StatementRefusedException: Refused: update of app.court. It sets a column that decides the tenant of the row as part of an embeddable. Set that column alone to a value (all columns of a foreign key in one row(...)), or leave it unchanged.

-- disguise: an embeddable in a row that is set
-- StatementRefusedException: Refused: update of app.court. It sets a column that decides the tenant of the row as part of an embeddable. Set that column alone to a value (all columns of a foreign key in one row(...)), or leave it unchanged.

-- disguise: an embeddable that MERGE sets
-- StatementRefusedException: Refused: merge of app.court. It sets a column that decides the tenant of the row as part of an embeddable. Set that column alone to a value (all columns of a foreign key in one row(...)), or leave it unchanged.

-- disguise: an embeddable that MERGE inserts
-- StatementRefusedException: Refused: merge of app.court. One of its columns is an embeddable that holds the column that decides the tenant of the row. Name the columns of the embeddable one by one.

-- disguise: an embeddable after the tenant column
-- StatementRefusedException: Refused: insert of app.court. One of its columns is an embeddable that holds the column that decides the tenant of the row. Name the columns of the embeddable one by one.

-- disguise: a tenant that is another the second time
insert into app.court (id, tenant_id, name, rate) values (?, case when case when mod(nextval('app.turn'), ?) = ? then cast('00000000-0000-0000-0000-000000000001' as uuid) else cast('00000000-0000-0000-0000-000000000002' as uuid) end = cast(? as uuid) then cast(? as uuid) end, ?, ?) -- [298, 2, 1, 00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001, x, 1]
insert into app.court (id, tenant_id, name, rate) values (?, case when case when mod(nextval('app.turn'), ?) = ? then cast('00000000-0000-0000-0000-000000000001' as uuid) else cast('00000000-0000-0000-0000-000000000002' as uuid) end = cast(? as uuid) then cast(? as uuid) end, ?, ?) -- [299, 2, 1, 00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001, x, 1]

-- disguise: a tenant that is another the second time, in UPDATE
update app.court set tenant_id = case when case when mod(nextval('app.turn'), ?) = ? then cast('00000000-0000-0000-0000-000000000001' as uuid) else cast('00000000-0000-0000-0000-000000000002' as uuid) end = cast(? as uuid) then cast(? as uuid) end where (app.court.id = ? and app.court.tenant_id = cast(? as uuid)) -- [2, 1, 00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001, 11, 00000000-0000-0000-0000-000000000001]
update app.court set tenant_id = case when case when mod(nextval('app.turn'), ?) = ? then cast('00000000-0000-0000-0000-000000000001' as uuid) else cast('00000000-0000-0000-0000-000000000002' as uuid) end = cast(? as uuid) then cast(? as uuid) end where (app.court.id = ? and app.court.tenant_id = cast(? as uuid)) -- [2, 1, 00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001, 11, 00000000-0000-0000-0000-000000000001]

-- disguise: a tenant that is another the second time, in MERGE
merge into app.court using (select 1 as one) as dummy_30260683(one) on (false and app.court.tenant_id = cast(? as uuid)) when not matched then insert (id, tenant_id, name, rate) values (?, case when case when mod(nextval('app.turn'), ?) = ? then cast('00000000-0000-0000-0000-000000000001' as uuid) else cast('00000000-0000-0000-0000-000000000002' as uuid) end = cast(? as uuid) then cast(? as uuid) end, ?, ?) -- [00000000-0000-0000-0000-000000000001, 298, 2, 1, 00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001, x, 1]
merge into app.court using (select 1 as one) as dummy_30260683(one) on (false and app.court.tenant_id = cast(? as uuid)) when not matched then insert (id, tenant_id, name, rate) values (?, case when case when mod(nextval('app.turn'), ?) = ? then cast('00000000-0000-0000-0000-000000000001' as uuid) else cast('00000000-0000-0000-0000-000000000002' as uuid) end = cast(? as uuid) then cast(? as uuid) end, ?, ?) -- [00000000-0000-0000-0000-000000000001, 299, 2, 1, 00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001, x, 1]

-- disguise: a column that means the parent's
-- StatementRefusedException: Refused: update of app.spot. Its tenant is that of the row that za and zb reference together, and their values are computed or placeholders of a batch, so they could differ when they are checked. Assign plain values: no expressions, no batch(query).bind(...).

-- disguise: a table that means the parent
-- StatementRefusedException: Refused: update of app.spot. Its tenant is that of the row that za and zb reference together, and their values are computed or placeholders of a batch, so they could differ when they are checked. Assign plain values: no expressions, no batch(query).bind(...).

-- disguise: a column of a subquery that means the parent's
-- StatementRefusedException: Refused: update of app.spot. Its tenant is that of the row that za and zb reference together, and their values are computed or placeholders of a batch, so they could differ when they are checked. Assign plain values: no expressions, no batch(query).bind(...).

-- disguise: a foreign key that is another the second time
-- StatementRefusedException: Refused: insert of app.spot. Its tenant is that of the row that za and zb reference together, and their values are computed or placeholders of a batch, so they could differ when they are checked. Assign plain values: no expressions, no batch(query).bind(...).

-- disguise: a bind value that moves to the place of the tenant
select (select max((app.booking.note || coalesce(alias_72012233.city, ''))) from (app.booking left outer join app.member as alias_72012233 on (app.booking.tenant_id = alias_72012233.tenant_id and app.booking.member_id = alias_72012233.id and alias_72012233.tenant_id = cast('00000000-0000-0000-0000-000000000001' as uuid))) where (cast(? as uuid) is not null and app.booking.tenant_id = cast(? as uuid))), (select max((app.booking.note || coalesce(alias_72012233.city, ''))) from (app.booking left outer join app.member as alias_72012233 on (app.booking.tenant_id = alias_72012233.tenant_id and app.booking.member_id = alias_72012233.id and alias_72012233.tenant_id = cast('00000000-0000-0000-0000-000000000001' as uuid))) where (cast(? as uuid) is not null and app.booking.tenant_id = cast(? as uuid))), (select min((app.booking.note || coalesce(alias_72012233.city, ''))) from (app.booking left outer join app.member as alias_72012233 on (app.booking.tenant_id = alias_72012233.tenant_id and app.booking.member_id = alias_72012233.id and alias_72012233.tenant_id = cast('00000000-0000-0000-0000-000000000001' as uuid))) where (cast(? as uuid) is not null and app.booking.tenant_id = cast(? as uuid))) -- [00000000-0000-0000-0000-000000000002, 00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000002, 00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000002, 00000000-0000-0000-0000-000000000001]

-- disguise: a table that another listener replaces
-- StatementRefusedException: Refused: a statement in which another VisitListener replaces a part. The part was replaced after the query layer had checked it. Configure it before Boundary's listener: pass it to boundary.dsl(configuration).

-- disguise: a statement that another listener replaces
-- StatementRefusedException: Refused: a statement in which another VisitListener replaces a part. The part was replaced after the query layer had checked it. Configure it before Boundary's listener: pass it to boundary.dsl(configuration).

-- disguise: a function of the catalog as a table
-- StatementRefusedException: Refused: a statement that calls pg_catalog.query_to_xml. A function can read and change rows of every tenant, and this one is not known to be harmless. If it is, declare it: allowFunctions(pg_catalog.query_to_xml). If row-level security may decide alone, run it on boundary.rlsOnly(dsl, the reason).

-- disguise: the statements in the memory of the connection
-- StatementRefusedException: Refused: select on pg_catalog.pg_backend_memory_contexts. No table of that name is declared in the TenantSchema. Declare it in the TenantSchema (global or exempt if it has no tenant), or name it with its schema.

-- lock: no lock
select app.note.id, app.note.tenant_id, app.note.text from app.note where (app.note.tenant_id is null or app.note.tenant_id = ?) -- [1]

-- lock: for update
select app.note.id, app.note.tenant_id, app.note.text from app.note where app.note.tenant_id = ? for update -- [1]

-- lock: for no key update
select app.note.id, app.note.tenant_id, app.note.text from app.note where app.note.tenant_id = ? for no key update -- [1]

-- lock: for share
select n.id, n.tenant_id, n.text from app.note as n where n.tenant_id = ? for share -- [1]

-- lock: for key share
select app.note.id, app.note.tenant_id, app.note.text from app.note where app.note.tenant_id = ? for key share -- [1]

-- lock: waiting
set local lock_timeout = 2000; select app.note.id, app.note.tenant_id, app.note.text from app.note where app.note.tenant_id = ? for update -- [1]

-- lock: skip locked
select app.note.id, app.note.tenant_id, app.note.text from app.note where app.note.tenant_id = ? for update skip locked -- [1]

-- lock: by name
select id from app.note where app.note.tenant_id = ? for update -- [1]

-- lock: table with a condition
select note.id from (app.note join (select) as note_app_tenant on app.note.tenant_id = ?) where app.note.text <> ? for update -- [1, x]

-- lock: of another table
select n.id from app.note as n, app.place where ((n.tenant_id is null or n.tenant_id = ?) and app.place.tenant_id = ?) for update of place -- [1, 1]

-- lock: of this table, joined
select n.id from app.place join app.note as n on true where (app.place.tenant_id = ? and n.tenant_id = ?) for update of n -- [1, 1]

-- lock: of this table by its name
select n.id from app.place, app.note as n where (app.place.tenant_id = ? and n.tenant_id = ?) for update of n -- [1, 1]

-- lock: left join, of the other
select n.id from app.place left outer join app.note as n on (app.place.id > n.id and (n.tenant_id is null or n.tenant_id = ?)) where app.place.tenant_id = ? for update of place -- [1, 1]

-- lock: derived table
select * from (select app.note.id, app.note.tenant_id, app.note.text from app.note where app.note.tenant_id = ?) as q for update -- [1]

-- lock: derived table that is locked by its name
select * from (select app.note.id, app.note.tenant_id, app.note.text from app.note where app.note.tenant_id = ?) as q cross join app.place where app.place.tenant_id = ? for update of q -- [1, 1]

-- lock: derived table that is not locked
select q.id from (select app.note.id, app.note.tenant_id, app.note.text from app.note where (app.note.tenant_id is null or app.note.tenant_id = ?)) as q cross join app.place where app.place.tenant_id = ? for update of place -- [1, 1]

-- lock: lock in a derived table
select * from (select app.note.id, app.note.tenant_id, app.note.text from app.note where app.note.tenant_id = ? for update) as q -- [1]

-- lock: subquery of a condition
select (app.place.id - ?) from app.place where (exists (select app.note.id, app.note.tenant_id, app.note.text from app.note where (app.note.tenant_id is null and (app.note.tenant_id is null or app.note.tenant_id = ?))) and app.place.tenant_id = ?) for update -- [1000, 1, 1]

-- lock: lock in the subquery of a condition
select app.note.id, app.note.tenant_id, app.note.text from app.note where (exists (select app.place.id from app.place where app.place.tenant_id = ? for update) and (app.note.tenant_id is null or app.note.tenant_id = ?)) -- [1, 1]

-- lock: common table expression
with q as (select app.note.id, app.note.tenant_id, app.note.text from app.note where (app.note.tenant_id is null or app.note.tenant_id = ?)) select q.id from q, app.place where app.place.tenant_id = ? for update -- [1, 1]

-- lock: child, no lock
select app.remark.id, app.remark.note_id from app.remark where exists (select 1 from app.note as remark_parent where (remark_parent.id = app.remark.note_id and (remark_parent.tenant_id is null or remark_parent.tenant_id = ?))) -- [1]

-- lock: child
select app.remark.id, app.remark.note_id from app.remark where exists (select 1 from app.note as remark_parent where (remark_parent.id = app.remark.note_id and remark_parent.tenant_id = ?)) for update -- [1]

-- lock: path, of the table that it begins at
select app.remark.id, alias_94804732.text from (app.remark join app.note as alias_94804732 on (app.remark.note_id = alias_94804732.id and (alias_94804732.tenant_id is null or alias_94804732.tenant_id = 1))) where exists (select 1 from app.note as remark_parent where (remark_parent.id = app.remark.note_id and remark_parent.tenant_id = ?)) for update of remark -- [1]

-- lock: explicit path join
select app.remark.id, alias_94804732.text from app.remark join app.note as alias_94804732 on app.remark.note_id = alias_94804732.id where (exists (select 1 from app.note as remark_parent where (remark_parent.id = app.remark.note_id and (remark_parent.tenant_id is null or remark_parent.tenant_id = ?))) and alias_94804732.tenant_id = ?) for update of alias_94804732 -- [1, 1]

-- lock: path to shared rows
-- StatementRefusedException: Refused: a statement that joins app.note by a path. It locks rows, and jOOQ renders the join separately, so it is not known whether it locks rows of app.note, too, where a tenant may lock only its own. Name the tables to lock: forUpdate().of(table).

-- lock: of another than the global table
select * from app.place, app.kind where app.place.tenant_id = ? for update of place -- [1]

-- key: all columns
insert into app.spot (id, za, zb) values (?, (select spot_parent.a from app.zone as spot_parent where (spot_parent.a = ? and spot_parent.b = ? and spot_parent.tenant_id = cast(? as uuid))), ?) -- [5, 1, 1, 00000000-0000-0000-0000-000000000001, 1]

-- key: all columns from a query
insert into app.spot (id, za, zb) select boundary_source.c1, (select spot_parent.a from app.zone as spot_parent where (spot_parent.a = (boundary_source.c2) and spot_parent.b = (boundary_source.c3) and spot_parent.tenant_id = cast(? as uuid))), boundary_source.c3 from (select app.zone.a, app.zone.a, app.zone.b from app.zone where app.zone.tenant_id = cast(? as uuid)) as boundary_source (c1, c2, c3) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- key: a batch
-- StatementRefusedException: Refused: insert of app.spot. Its tenant is that of the row that za and zb reference together, and their values are computed or placeholders of a batch, so they could differ when they are checked. Assign plain values: no expressions, no batch(query).bind(...).

-- key: one column
-- StatementRefusedException: Refused: update of app.spot. It sets a column that decides the tenant of the row apart from the rest of its foreign key. Set that column alone to a value (all columns of a foreign key in one row(...)), or leave it unchanged.

-- key: all columns, apart
-- StatementRefusedException: Refused: update of app.spot. It sets a column that decides the tenant of the row apart from the rest of its foreign key. Set that column alone to a value (all columns of a foreign key in one row(...)), or leave it unchanged.

-- key: all columns in a row
update app.spot set (za, zb) = row ((select spot_parent.a from app.zone as spot_parent where (spot_parent.a = ? and spot_parent.b = ? and spot_parent.tenant_id = cast(? as uuid))), ?) where exists (select 1 from app.zone as spot_parent where (spot_parent.a = app.spot.za and spot_parent.b = app.spot.zb and spot_parent.tenant_id = cast(? as uuid))) -- [1, 1, 00000000-0000-0000-0000-000000000001, 1, 00000000-0000-0000-0000-000000000001]

-- key: all columns in a row, from a query
update app.spot set (za, zb) = (select (select spot_parent.a from app.zone as spot_parent where (spot_parent.a = (boundary_source.c1) and spot_parent.b = (boundary_source.c2) and spot_parent.tenant_id = cast(? as uuid))), boundary_source.c2 from (select app.zone.a, app.zone.b from app.zone where app.zone.tenant_id = cast(? as uuid)) as boundary_source (c1, c2)) where exists (select 1 from app.zone as spot_parent where (spot_parent.a = app.spot.za and spot_parent.b = app.spot.zb and spot_parent.tenant_id = cast(? as uuid))) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- call: batch that binds its tenant
insert into app.court (name, tenant_id) values (?, (select boundary_value.v from (select cast(? as uuid) as v) as boundary_value where boundary_value.v = cast('00000000-0000-0000-0000-000000000001' as uuid))) -- [[a, 00000000-0000-0000-0000-000000000001], [b, null]]

-- call: batch that binds another tenant
-- CrossTenantException: The statement gives the tenant column of table app.court the value 00000000-0000-0000-0000-000000000002, and the open scope is tenant 00000000-0000-0000-0000-000000000001. Leave the column out and it is filled in, or open the scope of that tenant with TenantContext.where(tenant).

-- call: batch of updates that bind their tenant
update app.court set tenant_id = (select boundary_value.v from (select cast(? as uuid) as v) as boundary_value where boundary_value.v = cast('00000000-0000-0000-0000-000000000001' as uuid)), name = ? where (app.court.id = ? and app.court.tenant_id = cast('00000000-0000-0000-0000-000000000001' as uuid)) -- [00000000-0000-0000-0000-000000000001, a, 1]

-- call: condition for the tenant that somebody takes away
-- StatementRefusedException: Refused: select. jOOQ did not render the tenant predicate that the query layer added. Write the statement differently, and please report it. If row-level security may decide alone, run it on boundary.rlsOnly(dsl, the reason).

-- call: condition for the tenant of a join that somebody takes away
-- StatementRefusedException: Refused: merge. jOOQ did not render the tenant predicate that the query layer added. Write the statement differently, and please report it. If row-level security may decide alone, run it on boundary.rlsOnly(dsl, the reason).

-- call: condition for the tenant beside a table that somebody takes away
-- StatementRefusedException: Refused: select. jOOQ did not render the tenant predicate that the query layer added. Write the statement differently, and please report it. If row-level security may decide alone, run it on boundary.rlsOnly(dsl, the reason).

-- call: condition for the tenant of a path that somebody takes away
-- StatementRefusedException: Refused: statement. jOOQ did not render the tenant predicate that the query layer added. Write the statement differently, and please report it. If row-level security may decide alone, run it on boundary.rlsOnly(dsl, the reason).

-- call: plain SQL after a subquery in a value that is read from the parent
-- StatementRefusedException: Refused: plain SQL in a statement. Its text could read or change any table, and the query layer does not parse SQL text. Write it with jOOQ's DSL. If row-level security may decide alone, run it on boundary.rlsOnly(dsl, the reason).

-- call: routine without its schema
select doubled(n := court.id) from court where court.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001]

-- call: type of a column of jsonTable that is text
-- StatementRefusedException: Refused: plain SQL in a statement. A value is cast to a data type whose name is SQL text: int), note from app.booking) t --. Write it with jOOQ's DSL. If row-level security may decide alone, run it on boundary.rlsOnly(dsl, the reason).

-- call: column in a template that is a table
-- StatementRefusedException: Refused: plain SQL in a statement. Its text is used as a table, and even a bare name would be one. Write it with jOOQ's DSL. If row-level security may decide alone, run it on boundary.rlsOnly(dsl, the reason).

-- call: function of another schema with a harmless name
-- StatementRefusedException: Refused: a statement that calls app.lower. A function can read and change rows of every tenant, and this one is not known to be harmless. If it is, declare it: allowFunctions(app.lower). If row-level security may decide alone, run it on boundary.rlsOnly(dsl, the reason).

-- call: function of PostgreSQL with its schema
select pg_catalog.lower(?) -- [X]

-- call: batch that binds the tenant of a mixed table
insert into app.template (id, tenant_id) values (?, (select case when boundary_value.v = cast('00000000-0000-0000-0000-000000000001' as uuid) then cast('00000000-0000-0000-0000-000000000001' as uuid) else cast(('boundary: not the tenant of the scope: ' || coalesce(cast(boundary_value.v as text), 'no tenant')) as uuid) end from (select cast(? as uuid) as v) as boundary_value)) -- [1, 00000000-0000-0000-0000-000000000001]

-- call: child without its parent
-- StatementRefusedException: Refused: insert of app.maintenance. It has no value for court_id, which decides the tenant of the row. Name the row of the parent table that it belongs to.

-- call: child of default values
-- StatementRefusedException: Refused: insert of app.maintenance. It has no value for court_id, which decides the tenant of the row. Name the row of the parent table that it belongs to.

-- call: query into a table without a list of columns
-- StatementRefusedException: Refused: insert of app.court. It names no columns, so the one that decides the tenant cannot be identified among the values. Name the columns: insertInto(table, columns).

-- call: tenant as a text
insert into app.court (tenant_id) values (?) -- [00000000-0000-0000-0000-000000000001]

-- call: another tenant as a text
-- CrossTenantException: The statement gives the tenant column of table app.court the value 00000000-0000-0000-0000-000000000002, and the open scope is tenant 00000000-0000-0000-0000-000000000001. Leave the column out and it is filled in, or open the scope of that tenant with TenantContext.where(tenant).

-- call: no tenant at all
-- CrossTenantException: The statement gives the tenant column of table app.court the value north, and the open scope is tenant 00000000-0000-0000-0000-000000000001. Leave the column out and it is filled in, or open the scope of that tenant with TenantContext.where(tenant).

-- call: table by a name in another case
-- StatementRefusedException: Refused: select on app.Court. No table of that name is declared in the TenantSchema. Declare it in the TenantSchema (global or exempt if it has no tenant), or name it with its schema.

-- call: batch of records with the tenant
update app.court set name = ? where (app.court.id = ? and app.court.tenant_id = cast('00000000-0000-0000-0000-000000000001' as uuid)) -- [[x, 1], [x, 1]]

-- call: shown, not executed
select app.court.id from app.court where app.court.tenant_id = cast('00000000-0000-0000-0000-000000000001' as uuid)

-- call: rows of a tenant and a column
update app.court set (name) = row (?) where app.court.tenant_id = cast(? as uuid) -- [x, 00000000-0000-0000-0000-000000000001]

-- call: rows of a tenant alone
update app.court set (tenant_id) = row (cast(? as uuid)) where app.court.tenant_id = cast(? as uuid) -- [00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000001]

-- statement: alter table "app"."booking" drop "note"
-- StatementRefusedException: Refused: DDL (AlterTable). It is not a SELECT, INSERT, UPDATE, DELETE or MERGE, so no tenant predicate can be added to it. Run it in a migration, or in TenantContext.unscoped(the reason).

-- statement: alter index "i" rename to "j"
-- StatementRefusedException: Refused: DDL (AlterIndex). It is not a SELECT, INSERT, UPDATE, DELETE or MERGE, so no tenant predicate can be added to it. Run it in a migration, or in TenantContext.unscoped(the reason).

-- statement: alter schema "s" rename to "t"
-- StatementRefusedException: Refused: DDL (AlterSchema). It is not a SELECT, INSERT, UPDATE, DELETE or MERGE, so no tenant predicate can be added to it. Run it in a migration, or in TenantContext.unscoped(the reason).

-- statement: alter sequence "s" restart
-- StatementRefusedException: Refused: DDL (AlterSequence). It is not a SELECT, INSERT, UPDATE, DELETE or MERGE, so no tenant predicate can be added to it. Run it in a migration, or in TenantContext.unscoped(the reason).

-- statement: alter view "v" rename to "w"
-- StatementRefusedException: Refused: DDL (AlterView). It is not a SELECT, INSERT, UPDATE, DELETE or MERGE, so no tenant predicate can be added to it. Run it in a migration, or in TenantContext.unscoped(the reason).

-- statement: alter type "t" rename to "u"
-- StatementRefusedException: Refused: DDL (AlterType). It is not a SELECT, INSERT, UPDATE, DELETE or MERGE, so no tenant predicate can be added to it. Run it in a migration, or in TenantContext.unscoped(the reason).

-- statement: alter domain "d" rename to "e"
-- StatementRefusedException: Refused: DDL (AlterDomain). It is not a SELECT, INSERT, UPDATE, DELETE or MERGE, so no tenant predicate can be added to it. Run it in a migration, or in TenantContext.unscoped(the reason).

-- statement: alter database "d" rename to "e"
-- StatementRefusedException: Refused: DDL (AlterDatabase). It is not a SELECT, INSERT, UPDATE, DELETE or MERGE, so no tenant predicate can be added to it. Run it in a migration, or in TenantContext.unscoped(the reason).

-- statement: comment on table "app"."booking" is 'x'
-- StatementRefusedException: Refused: DDL (CommentOn). It is not a SELECT, INSERT, UPDATE, DELETE or MERGE, so no tenant predicate can be added to it. Run it in a migration, or in TenantContext.unscoped(the reason).

-- statement: create table "x" (
  "id" int
)
-- StatementRefusedException: Refused: DDL (CreateTable). It is not a SELECT, INSERT, UPDATE, DELETE or MERGE, so no tenant predicate can be added to it. Run it in a migration, or in TenantContext.unscoped(the reason).

-- statement: create index "i" on "app"."booking"("note")
-- StatementRefusedException: Refused: DDL (CreateIndex). It is not a SELECT, INSERT, UPDATE, DELETE or MERGE, so no tenant predicate can be added to it. Run it in a migration, or in TenantContext.unscoped(the reason).

-- statement: create schema "s"
-- StatementRefusedException: Refused: DDL (CreateSchema). It is not a SELECT, INSERT, UPDATE, DELETE or MERGE, so no tenant predicate can be added to it. Run it in a migration, or in TenantContext.unscoped(the reason).

-- statement: create sequence "s"
-- StatementRefusedException: Refused: DDL (CreateSequence). It is not a SELECT, INSERT, UPDATE, DELETE or MERGE, so no tenant predicate can be added to it. Run it in a migration, or in TenantContext.unscoped(the reason).

-- statement: create view "v"
as
select "b"."id"
from "app"."booking" as "b"
-- StatementRefusedException: Refused: DDL (CreateView). It is not a SELECT, INSERT, UPDATE, DELETE or MERGE, so no tenant predicate can be added to it. Run it in a migration, or in TenantContext.unscoped(the reason).

-- statement: create type "t" as enum ('a')
-- StatementRefusedException: Refused: DDL (CreateType). It is not a SELECT, INSERT, UPDATE, DELETE or MERGE, so no tenant predicate can be added to it. Run it in a migration, or in TenantContext.unscoped(the reason).

-- statement: create domain "d" as int
-- StatementRefusedException: Refused: DDL (CreateDomain). It is not a SELECT, INSERT, UPDATE, DELETE or MERGE, so no tenant predicate can be added to it. Run it in a migration, or in TenantContext.unscoped(the reason).

-- statement: create database "d"
-- StatementRefusedException: Refused: DDL (CreateDatabase). It is not a SELECT, INSERT, UPDATE, DELETE or MERGE, so no tenant predicate can be added to it. Run it in a migration, or in TenantContext.unscoped(the reason).

-- statement: drop table "x"
-- StatementRefusedException: Refused: DDL (DropTable). It is not a SELECT, INSERT, UPDATE, DELETE or MERGE, so no tenant predicate can be added to it. Run it in a migration, or in TenantContext.unscoped(the reason).

-- statement: drop index "i"
-- StatementRefusedException: Refused: DDL (DropIndex). It is not a SELECT, INSERT, UPDATE, DELETE or MERGE, so no tenant predicate can be added to it. Run it in a migration, or in TenantContext.unscoped(the reason).

-- statement: drop schema "s"
-- StatementRefusedException: Refused: DDL (DropSchema). It is not a SELECT, INSERT, UPDATE, DELETE or MERGE, so no tenant predicate can be added to it. Run it in a migration, or in TenantContext.unscoped(the reason).

-- statement: drop sequence "s"
-- StatementRefusedException: Refused: DDL (DropSequence). It is not a SELECT, INSERT, UPDATE, DELETE or MERGE, so no tenant predicate can be added to it. Run it in a migration, or in TenantContext.unscoped(the reason).

-- statement: drop view "v"
-- StatementRefusedException: Refused: DDL (DropView). It is not a SELECT, INSERT, UPDATE, DELETE or MERGE, so no tenant predicate can be added to it. Run it in a migration, or in TenantContext.unscoped(the reason).

-- statement: drop type "t"
-- StatementRefusedException: Refused: DDL (DropType). It is not a SELECT, INSERT, UPDATE, DELETE or MERGE, so no tenant predicate can be added to it. Run it in a migration, or in TenantContext.unscoped(the reason).

-- statement: drop domain "d"
-- StatementRefusedException: Refused: DDL (DropDomain). It is not a SELECT, INSERT, UPDATE, DELETE or MERGE, so no tenant predicate can be added to it. Run it in a migration, or in TenantContext.unscoped(the reason).

-- statement: drop database "d"
-- StatementRefusedException: Refused: DDL (DropDatabase). It is not a SELECT, INSERT, UPDATE, DELETE or MERGE, so no tenant predicate can be added to it. Run it in a migration, or in TenantContext.unscoped(the reason).

-- statement: grant select on "app"."booking" to "u"
-- StatementRefusedException: Refused: DDL (Grant). It is not a SELECT, INSERT, UPDATE, DELETE or MERGE, so no tenant predicate can be added to it. Run it in a migration, or in TenantContext.unscoped(the reason).

-- statement: revoke select on "app"."booking" from "u"
-- StatementRefusedException: Refused: DDL (Revoke). It is not a SELECT, INSERT, UPDATE, DELETE or MERGE, so no tenant predicate can be added to it. Run it in a migration, or in TenantContext.unscoped(the reason).

-- statement: set "row_security" = 'off'
-- StatementRefusedException: Refused: DDL (SetCommand). It is not a SELECT, INSERT, UPDATE, DELETE or MERGE, so no tenant predicate can be added to it. Run it in a migration, or in TenantContext.unscoped(the reason).

-- statement: set local "app"."current_tenant_id" = 'x'
-- StatementRefusedException: Refused: DDL (SetCommand). It is not a SELECT, INSERT, UPDATE, DELETE or MERGE, so no tenant predicate can be added to it. Run it in a migration, or in TenantContext.unscoped(the reason).

-- statement: set "lock_timeout" = 1
-- StatementRefusedException: Refused: DDL (SetCommand). It is not a SELECT, INSERT, UPDATE, DELETE or MERGE, so no tenant predicate can be added to it. Run it in a migration, or in TenantContext.unscoped(the reason).

-- statement: set search_path = "s"
-- StatementRefusedException: Refused: DDL (SetSchema). It is not a SELECT, INSERT, UPDATE, DELETE or MERGE, so no tenant predicate can be added to it. Run it in a migration, or in TenantContext.unscoped(the reason).

-- statement: set search_path = "c"
-- StatementRefusedException: Refused: DDL (SetCatalog). It is not a SELECT, INSERT, UPDATE, DELETE or MERGE, so no tenant predicate can be added to it. Run it in a migration, or in TenantContext.unscoped(the reason).

-- statement: start transaction
-- StatementRefusedException: Refused: plain SQL. It is not a SELECT, INSERT, UPDATE, DELETE or MERGE, so no tenant predicate can be added to it. Write it with jOOQ's DSL. If row-level security may decide alone, run it on boundary.rlsOnly(dsl, the reason).

-- statement: savepoint "s"
-- StatementRefusedException: Refused: plain SQL. It is not a SELECT, INSERT, UPDATE, DELETE or MERGE, so no tenant predicate can be added to it. Write it with jOOQ's DSL. If row-level security may decide alone, run it on boundary.rlsOnly(dsl, the reason).

-- statement: release savepoint "s"
-- StatementRefusedException: Refused: plain SQL. It is not a SELECT, INSERT, UPDATE, DELETE or MERGE, so no tenant predicate can be added to it. Write it with jOOQ's DSL. If row-level security may decide alone, run it on boundary.rlsOnly(dsl, the reason).

-- statement: rollback
-- StatementRefusedException: Refused: plain SQL. It is not a SELECT, INSERT, UPDATE, DELETE or MERGE, so no tenant predicate can be added to it. Write it with jOOQ's DSL. If row-level security may decide alone, run it on boundary.rlsOnly(dsl, the reason).

-- statement: commit
-- StatementRefusedException: Refused: plain SQL. It is not a SELECT, INSERT, UPDATE, DELETE or MERGE, so no tenant predicate can be added to it. Write it with jOOQ's DSL. If row-level security may decide alone, run it on boundary.rlsOnly(dsl, the reason).

-- statement: truncate table "app"."booking"
-- StatementRefusedException: Refused: TRUNCATE. It is not a SELECT, INSERT, UPDATE, DELETE or MERGE, so no tenant predicate can be added to it. Use deleteFrom(table) for the rows of one tenant; to empty the table for all, use TenantContext.unscoped(the reason).

