package dev.boundary.tenants.internal.tables;

/** The queries of {@link CatalogReader}. They run with nothing but the catalog on the search path. */
final class CatalogSql {

    static final String TABLES = """
            select p.schema_name, p.table_name, c.oid::bigint, c.relkind = 'p', p.classification, p.tenant_column,
              p.parent_schema, p.parent_table, p.child_columns
            from boundary.protected_table p
            left join pg_namespace n on n.nspname = p.schema_name
            left join pg_class c on c.relnamespace = n.oid and c.relname = p.table_name and c.relkind in ('r', 'p')
            order by p.schema_name collate "C", p.table_name collate "C\"""";

    /** Of the tables whose oids are given. */
    static final String COLUMNS = """
            select a.attrelid::bigint, a.attname, format_type(a.atttypid, a.atttypmod), format_type(a.atttypid, -1),
              b.oid::regtype::text, a.attcollation <> 0, a.attnotnull, d.oid is not null or a.attidentity <> '',
              a.attgenerated <> '', s.name
            from pg_attribute a
            left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
            cross join lateral (
              with recursive base(oid, typtype, typbasetype) as (
                select t.oid, t.typtype, t.typbasetype from pg_type t where t.oid = a.atttypid
                union all
                select t.oid, t.typtype, t.typbasetype from pg_type t join base on t.oid = base.typbasetype
                where base.typtype = 'd')
              select oid from base where typtype <> 'd') b
            left join lateral (
              select format('%I.%I', n.nspname, c.relname) as name
              from pg_depend e join pg_class c on c.relkind = 'S' and c.oid = case e.deptype when 'i' then e.objid else e.refobjid end
              join pg_namespace n on n.oid = c.relnamespace
              where b.oid = any ('{int2, int4, int8}'::regtype[]::oid[])
                and (e.classid = 'pg_class'::regclass and e.refclassid = 'pg_class'::regclass and e.deptype = 'i'
                    and e.refobjid = a.attrelid and e.refobjsubid = a.attnum
                  or e.classid = 'pg_attrdef'::regclass and e.objid = d.oid and e.refclassid = 'pg_class'::regclass
                    and e.deptype = 'n')
              order by c.oid limit 1) s on true
            where a.attrelid = any (?::oid[]) and a.attnum > 0 and not a.attisdropped
            order by a.attrelid, a.attnum""";

    /** Of the tables whose oids are given: indexes whose every column is a column, not an expression. */
    static final String UNIQUE = """
            select i.indrelid::bigint, i.indisprimary, a.attname
            from pg_index i
            cross join unnest((i.indkey::int2[])[0:i.indnkeyatts - 1]) with ordinality as k(number, position)
            join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.number
            where i.indrelid = any (?::oid[]) and i.indisunique and i.indisvalid
            order by i.indrelid, i.indisprimary desc, i.indexrelid, k.position""";

    /** Of the tables whose oids are given, and of those that refer to them; not the copies on partitions. */
    static final String FOREIGN_KEYS = """
            select k.conrelid::bigint, k.conname, n.nspname, c.relname, fn.nspname, fc.relname,
              (select array_agg(a.attname::text order by x.position)
               from unnest(k.conkey) with ordinality as x(number, position)
               join pg_attribute a on a.attrelid = k.conrelid and a.attnum = x.number),
              (select array_agg(a.attname::text order by x.position)
               from unnest(k.confkey) with ordinality as x(number, position)
               join pg_attribute a on a.attrelid = k.confrelid and a.attnum = x.number),
              (select array_agg(format('operator(%I.%s)', s.nspname, o.oprname) order by x.position)
               from unnest(k.conpfeqop) with ordinality as x(operator, position)
               join pg_operator o on o.oid = x.operator join pg_namespace s on s.oid = o.oprnamespace),
              k.condeferrable, k.confmatchtype, k.confdeltype
            from pg_constraint k
            join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
            join pg_class fc on fc.oid = k.confrelid join pg_namespace fn on fn.oid = fc.relnamespace
            where k.contype = 'f' and k.conparentid = 0
              and (k.conrelid = any (?::oid[]) or k.confrelid = any (?::oid[]))
            order by n.nspname collate "C", c.relname collate "C", k.conname collate "C\"""";

    private CatalogSql() {}
}
