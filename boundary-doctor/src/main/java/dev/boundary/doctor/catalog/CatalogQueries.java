package dev.boundary.doctor.catalog;

/**
 * The queries, one for each part of the catalog, however many objects there are. They run with {@code pg_catalog} alone
 * on the search path, so PostgreSQL prints every other name with its schema.
 */
final class CatalogQueries {

    private CatalogQueries() {}

    private static String grants(String acl) {
        return "array(select a.grantee || ':' || a.privilege_type from aclexplode(" + acl + ") a)";
    }

    /** Schemas of users; Boundary's own is looked at apart. */
    private static final String USER_SCHEMA =
            "n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'boundary')";

    private static final String OF_EXTENSION = """
            exists (select from pg_depend x where x.classid = '%1$s'::regclass and x.objid = %2$s.oid and x.deptype = 'e')""";

    /** Parameter: the session variable. */
    static final String SERVER = """
            select current_setting('server_version_num')::int, current_setting('server_version'), current_database()::text,
              current_user::text, current_setting(?, true), (select count(*) from pg_largeobject_metadata),
              coalesce((select p.oid from pg_proc p join pg_namespace n on n.oid = p.pronamespace
                where n.nspname = 'boundary' and p.proname = 'current_tenant_id' and p.pronargs = 0), 0),
              coalesce((select has_schema_privilege(n.oid, 'USAGE')
                  and (select count(*) = 2 and bool_and(has_table_privilege(c.oid, 'SELECT')) from pg_class c
                    where c.relnamespace = n.oid and c.relname in ('installation', 'protected_table'))
                from pg_namespace n where n.nspname = 'boundary'), false)""";

    static final String ROLES = "select oid, rolname, quote_ident(rolname), rolsuper, rolbypassrls from pg_roles";

    static final String MEMBERSHIPS = "select roleid, member from pg_auth_members";

    static final String RELATIONS =
            """
            select c.oid, n.nspname, c.relname, quote_ident(n.nspname) || '.' || quote_ident(c.relname), c.relkind,
              c.relowner, c.relrowsecurity, c.relforcerowsecurity, c.relispartition, %s,
              coalesce(array_to_string(c.reloptions, ','), ''), %s
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where c.relkind in ('r', 'p', 'v', 'm', 'f', 'S') and c.relpersistence <> 't' and %s
            order by n.nspname, c.relname""".formatted(OF_EXTENSION.formatted("pg_class", "c"), grants("c.relacl"), USER_SCHEMA);

    /** A domain counts as what it is made of. */
    static final String COLUMNS = """
            with recursive base(type, oid) as (
              select t.oid, t.oid from pg_type t
              union all
              select b.type, t.typbasetype from base b join pg_type t on t.oid = b.oid where t.typtype = 'd'),
            bottom as (select b.type, b.oid from base b join pg_type t on t.oid = b.oid where t.typtype <> 'd'),
            leakproof as (
              select o.oprleft as type from pg_operator o join pg_proc p on p.oid = o.oprcode
              where o.oprname = '=' and o.oprleft = o.oprright and p.proleakproof
                and o.oprnamespace = 'pg_catalog'::regnamespace)
            select a.attrelid, a.attnum, a.attname, quote_ident(a.attname), format_type(a.atttypid, null),
              format_type(b.oid, null),
              (case when b.oid = 'varchar'::regtype then 'text'::regtype else b.oid end) in (select type from leakproof),
              a.attnotnull,
              a.attidentity <> '' or coalesce(pg_get_expr(d.adbin, d.adrelid), '') like 'nextval(%%', %s
            from pg_attribute a
            join pg_class c on c.oid = a.attrelid
            join pg_namespace n on n.oid = c.relnamespace
            join bottom b on b.type = a.atttypid
            left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
            where a.attnum > 0 and not a.attisdropped and c.relkind in ('r', 'p', 'f', 'v', 'm')
              and c.relpersistence <> 't' and (not c.relispartition or a.attacl is not null) and %s
            order by a.attrelid, a.attnum""".formatted(grants("a.attacl"), USER_SCHEMA);

    static final String POLICIES = """
            select p.polrelid, p.polname, quote_ident(p.polname), p.polcmd, p.polpermissive, p.polroles::text[],
              pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid),
              array(select distinct d.refobjid::text from pg_depend d where d.classid = 'pg_policy'::regclass
                and d.objid = p.oid and d.refclassid = 'pg_proc'::regclass),
              array(select distinct d.refobjid::text from pg_depend d where d.classid = 'pg_policy'::regclass
                and d.objid = p.oid and d.refclassid = 'pg_class'::regclass and d.refobjid <> p.polrelid)
            from pg_policy p
            order by p.polrelid, p.polname""";

    static final String INDEXES = """
            with strong as (
              select distinct f.amopfamily from pg_amop f
              join pg_operator o on o.oid = f.amopopr join pg_proc p on p.oid = o.oprcode where p.proleakproof)
            select i.indexrelid, i.indrelid, quote_ident(n.nspname) || '.' || quote_ident(c.relname), m.amname,
              i.indisunique, i.indisprimary, i.indisexclusion, i.indisvalid and i.indisready, i.indpred is not null,
              (i.indkey::int2[])[0:i.indnkeyatts - 1]::text[],
              array(select (k.position - 1)::text from unnest(i.indclass::oid[]) with ordinality k(class, position)
                join pg_opclass oc on oc.oid = k.class where oc.opcfamily not in (select amopfamily from strong)),
              array(select oc.opcname::text from unnest(i.indclass::oid[]) with ordinality k(class, position)
                join pg_opclass oc on oc.oid = k.class order by k.position),
              pg_get_indexdef(i.indexrelid),
              (select quote_ident(k.conname) from pg_constraint k
                where k.conindid = i.indexrelid and k.conrelid = i.indrelid and k.contype in ('p', 'u', 'x'))
            from pg_index i
            join pg_class c on c.oid = i.indexrelid
            join pg_am m on m.oid = c.relam
            join pg_class t on t.oid = i.indrelid
            join pg_namespace n on n.oid = t.relnamespace
            where t.relkind in ('r', 'p') and not t.relispartition and t.relpersistence <> 't' and %s
            order by i.indrelid, c.relname""".formatted(USER_SCHEMA);

    static final String FOREIGN_KEYS = """
            select k.conrelid, k.confrelid, k.conname, quote_ident(k.conname), k.conkey::text[], k.confkey::text[],
              array(select case when s.nspname = 'pg_catalog' then o.oprname::text
                  else 'OPERATOR(' || quote_ident(s.nspname) || '.' || o.oprname || ')' end
                from unnest(k.conpfeqop) with ordinality e(equal, position)
                join pg_operator o on o.oid = e.equal join pg_namespace s on s.oid = o.oprnamespace order by e.position),
              k.confdeltype, k.confupdtype, pg_get_constraintdef(k.oid)
            from pg_constraint k where k.contype = 'f' and k.conparentid = 0
            order by k.conrelid, k.conname""";

    static final String INHERITANCE = "select inhrelid, inhparent from pg_inherits order by 1, 2";

    static final String READERS = """
            select distinct r.ev_class, d.refobjid
            from pg_rewrite r
            join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.objid = r.oid
            where d.refclassid = 'pg_class'::regclass and d.refobjid <> r.ev_class and r.rulename = '_RETURN'
              and r.ev_class >= 16384 and d.refobjid >= 16384""";

    static final String ROUTINES = """
            select p.oid, p.oid::regprocedure::text, p.proowner, p.prosecdef, p.proleakproof, p.prosqlbody is not null,
              case when p.prosqlbody is null then p.prosrc else pg_get_function_sqlbody(p.oid) end, l.lanname,
              p.provolatile, p.proparallel, %s, coalesce(p.proconfig, '{}'), %s
            from pg_proc p
            join pg_namespace n on n.oid = p.pronamespace
            join pg_language l on l.oid = p.prolang
            where n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and p.prokind <> 'a'
            order by 2""".formatted(
                    OF_EXTENSION.formatted("pg_proc", "p"), grants("coalesce(p.proacl, acldefault('f', p.proowner))"));

    static final String TRIGGERS = """
            select t.tgrelid, quote_ident(t.tgname), t.tgfoid, t.tgenabled, t.tgisinternal
            from pg_trigger t
            where (not t.tgisinternal or t.tgenabled = 'D') and t.tgparentid = 0
            order by t.tgrelid, t.tgname""";

    static final String REWRITE_RULES = """
            select r.ev_class, quote_ident(r.rulename), pg_get_ruledef(r.oid)
            from pg_rewrite r where r.rulename <> '_RETURN' and r.ev_class >= 16384
            order by r.ev_class, r.rulename""";

    static final String SCHEMAS = """
            select n.nspname, quote_ident(n.nspname), n.nspowner, %s
            from pg_namespace n where n.nspname !~ '^pg_' and n.nspname <> 'information_schema' order by 1""".formatted(grants("coalesce(n.nspacl, acldefault('n', n.nspowner))"));

    static final String DATABASE = "select %s from pg_database d where d.datname = current_database()"
            .formatted(grants("coalesce(d.datacl, acldefault('d', d.datdba))"));

    static final String DEFAULT_PRIVILEGES = """
            select d.defaclrole, quote_ident(n.nspname), %s
            from pg_default_acl d left join pg_namespace n on n.oid = d.defaclnamespace
            where d.defaclobjtype = 'r' order by 1, 2""".formatted(grants("d.defaclacl"));

    static final String SETTINGS = """
            select s.setrole, s.setdatabase = 0, split_part(c.entry, '=', 1), substr(c.entry, strpos(c.entry, '=') + 1)
            from pg_db_role_setting s cross join unnest(s.setconfig) c(entry)
            where s.setdatabase in (0, (select oid from pg_database where datname = current_database()))
            order by 1, 2, 3""";

    static final String PARAMETER_GRANTS = """
            select p.parname, a.grantee || ':' || a.privilege_type
            from pg_parameter_acl p cross join aclexplode(p.paracl) a order by 1, 2""";

    static final String PUBLICATIONS_14 = """
            select quote_ident(p.pubname), 0::oid, false, false from pg_publication p where p.puballtables
            union all
            select quote_ident(p.pubname), r.prrelid, false, true
            from pg_publication p join pg_publication_rel r on r.prpubid = p.oid
            order by 1, 2""";

    static final String PUBLICATIONS_15 = """
            select quote_ident(p.pubname), 0::oid, false, false from pg_publication p where p.puballtables
            union all
            select quote_ident(p.pubname), r.prrelid, r.prqual is not null, true
            from pg_publication p join pg_publication_rel r on r.prpubid = p.oid
            union all
            select quote_ident(p.pubname), c.oid, false, false
            from pg_publication p join pg_publication_namespace s on s.pnpubid = p.oid
            join pg_class c on c.relnamespace = s.pnnspid and c.relkind in ('r', 'p')
            order by 1, 2""";

    static final String INSTALLATION = """
            select version, session_variable, tenant_key_type, missing, predicate, leakproof from boundary.installation""";

    static final String REGISTER = """
            select schema_name, table_name, classification, tenant_column, coalesce(child_columns, '{}'), parent_schema,
              parent_table, coalesce(parent_columns, '{}')
            from boundary.protected_table order by 1, 2""";
}
