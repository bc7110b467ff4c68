package dev.boundary.rls;

import dev.boundary.rls.internal.sql.Quoting;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Gives a populated table its tenant column while the service keeps writing: adds it nullable, fills it in by a trigger
 * for new rows and in batches for old ones, builds the index concurrently, and makes it NOT NULL by way of a check that
 * is validated apart. No step holds a lock that blocks writers for as long as a scan of the table takes; a step that needs
 * an exclusive lock for a moment gives up after two seconds of waiting and tries again.
 *
 * <p>The statements must run outside of a transaction, one by one. After a failure run them all again: what is done is
 * skipped, and the filling goes on where it stopped. {@code boundary.retrofit_progress} shows how far it is.
 *
 * <p>The trigger stays, for writers that do not name the tenant yet; protect the table next, and run
 * {@link #finish} when all of them are gone.
 *
 * @param table the table
 * @param tenantColumn the column, made if it is not there
 * @param expression SQL for a row's tenant, over the columns of the table; null to take the tenant of the parent
 * @param foreignKeyColumns the columns of the foreign key to the parent, which has its tenant column; empty with an
 *     expression
 * @param parentTenantColumn the parent's tenant column
 * @param batchPages how many pages of 8 kB are filled in one transaction; at least 1
 */
public record RetrofitTenantColumn(
        TableName table,
        String tenantColumn,
        @Nullable String expression,
        List<String> foreignKeyColumns,
        String parentTenantColumn,
        int batchPages)
        implements RlsChange {

    static final String TRIGGER = "boundary_retrofit";
    private static final String CHECK = "boundary_retrofit_not_null";

    /** Checks that there is one source of tenants. */
    public RetrofitTenantColumn {
        Quoting.checkIdentifier("column", tenantColumn);
        Quoting.checkIdentifier("column", parentTenantColumn);
        foreignKeyColumns = List.copyOf(foreignKeyColumns);
        if ((expression == null) == foreignKeyColumns.isEmpty()) {
            throw new IllegalArgumentException("The tenant of the rows of " + table + " comes either from an expression"
                    + " or from a parent: give one of expression and foreignKeyColumns.");
        }
        if (batchPages < 1) {
            throw new IllegalArgumentException("batchPages is " + batchPages + ". Use 1 or more.");
        }
    }

    @Override
    public String name() {
        return "retrofitTenantColumn";
    }

    @Override
    public String object() {
        return table.toString();
    }

    @Override
    public List<String> apply() {
        return List.of(
                addColumn(),
                createTrigger(),
                fill(),
                prepareIndex(),
                "create index concurrently if not exists " + Quoting.identifier(indexName()) + " on " + table.quoted()
                        + " (" + Quoting.identifier(tenantColumn) + ")",
                PlpgsqlBlock.of(
                        "",
                        Guards.raise(
                                "not (select indisvalid from pg_catalog.pg_index where indexrelid = pg_catalog.to_regclass("
                                        + Quoting.literal(qualifiedIndex()) + "))",
                                "The index " + indexName() + " was not built to its end",
                                "Run the change again: it drops the remains and starts over.")),
                addCheck(),
                validateCheck(),
                setNotNull());
    }

    /**
     * Drops the trigger that this change left for writers that do not name the tenant.
     *
     * @param table the table
     * @return the change {@code finishRetrofit}
     */
    public static RlsChange finish(TableName table) {
        String trigger = "pg_catalog.pg_trigger where tgrelid = rel and tgname = '" + TRIGGER + "'";
        String remember = """
                insert into boundary.undo_step (change_id, statement)
                select this_change, pg_catalog.pg_get_triggerdef(oid) from %1$s;
                insert into boundary.undo_step (change_id, statement)
                select this_change, pg_catalog.pg_get_functiondef(tgfoid) from %1$s;
                """.formatted(trigger);
        String apply = PlpgsqlBlock.of(
                "rel pg_catalog.regclass := " + Quoting.literal(table.quoted())
                        + ";\nfilling pg_catalog.regprocedure := (select tgfoid from " + trigger + ");\n",
                "drop trigger " + TRIGGER + " on " + table.quoted()
                        + ";\nexecute pg_catalog.format('drop function %s', filling);\n");
        return new TableChange(
                "finishRetrofit",
                table,
                Guards.owned(table, "table")
                        + Guards.raise(
                                "not exists (select from " + trigger + ")",
                                "Table " + table + " has no trigger of retrofitTenantColumn",
                                "It was dropped already, or the table was not retrofitted."),
                List.of(Part.of("", remember, apply)),
                "Table " + table + " is written with its tenant named, or by its default");
    }

    private String resume() {
        return """
                this_change bigint := (select max(id) from boundary.applied_change where change = %s and object = %s);
                rel pg_catalog.regclass := pg_catalog.to_regclass(%s);
                """.formatted(Quoting.literal(name()), Quoting.literal(object()), Quoting.literal(table.quoted()));
    }

    private String addColumn() {
        String columnExists = "exists (select from pg_catalog.pg_attribute where attrelid = rel and attname = "
                + Quoting.literal(tenantColumn) + " and not attisdropped)";
        String alter = "execute 'alter table ' || " + Quoting.literal(table.quoted()) + " || ' add column ' || "
                + Quoting.literal(Quoting.identifier(tenantColumn))
                + " || ' ' || (select tenant_key_type from boundary.installation);\n";
        return PlpgsqlBlock.of(
                "this_change bigint;\nrel pg_catalog.regclass := pg_catalog.to_regclass("
                        + Quoting.literal(table.quoted()) + ");\n",
                Guards.installed()
                        + Guards.raise(
                                "pg_catalog.to_regclass('boundary.retrofit_progress') is null",
                                "The installed version of Boundary is too old for this change",
                                "Run upgradeBoundary first.")
                        + Guards.ordinaryTable(table)
                        + Guards.unprotected(table)
                        + "select max(id) into this_change from boundary.applied_change where change = "
                        + Quoting.literal(name()) + " and object = " + Quoting.literal(object()) + ";\n"
                        + "if this_change is null then\n" + Undo.begin(this).indent(2)
                        + Undo.step("delete from boundary.retrofit_progress where schema_name = "
                                        + Quoting.literal(table.schema()) + " and table_name = "
                                        + Quoting.literal(table.table()))
                                .indent(2)
                        + "end if;\n"
                        + "if not " + columnExists + " then\n"
                        + ("commit;\n" + PlpgsqlBlock.PINNED
                                        + patiently(alter
                                                + Undo.step("alter table " + table.quoted() + " drop column "
                                                        + Quoting.identifier(tenantColumn))))
                                .indent(2)
                        + "end if;\n"
                        + Guards.tenantColumn(table, tenantColumn));
    }

    private String createTrigger() {
        String source = expression == null
                ? """
                select pg_catalog.format('(select boundary_parent.%%I from %%s as boundary_parent where %%s)', %3$s,
                    k.confrelid::pg_catalog.regclass,
                    (select pg_catalog.string_agg(pg_catalog.format('boundary_parent.%%I operator(%%I.%%s) %%s.%%I', p.attname, n.nspname, o.oprname,
                       %4$s, c.attname), ' and ')
                     from unnest(k.conkey, k.confkey, k.conpfeqop) as u(child, parent, equal)
                     join pg_catalog.pg_operator o on o.oid = u.equal join pg_catalog.pg_namespace n on n.oid = o.oprnamespace
                     join pg_catalog.pg_attribute c on c.attrelid = k.conrelid and c.attnum = u.child
                     join pg_catalog.pg_attribute p on p.attrelid = k.confrelid and p.attnum = u.parent))
                into source from pg_catalog.pg_constraint k
                where k.contype = 'f' and k.conparentid = 0 and k.conrelid = rel and pg_catalog.cardinality(k.conkey) = %2$s
                  and not exists (select from pg_catalog.pg_attribute a where a.attrelid = rel and a.attnum = any (k.conkey)
                    and a.attname <> all (%1$s));
                if source is null then
                  raise exception using errcode = '55000',
                    message = %5$s,
                    hint = 'Name the columns of a foreign key in foreignKeyColumns, or give an expression.';
                end if;
                """.formatted(
                                Quoting.textArray(foreignKeyColumns),
                                foreignKeyColumns.size(),
                                Quoting.literal(parentTenantColumn),
                                Quoting.literal(Quoting.identifier(table.table())),
                                Quoting.literal("Table " + table + " has no foreign key on ("
                                        + String.join(", ", foreignKeyColumns) + ")"))
                : "source := " + Quoting.literal("(" + expression + ")") + ";\n";
        String create = (expression == null ? "" : PlpgsqlBlock.CALLERS)
                + """
                execute pg_catalog.format('create function boundary.%%I() returns trigger language plpgsql set search_path from current as %%L',
                  %1$s, pg_catalog.format('begin new.%%I := (select %%s from (select new.*) as %%s); return new; end', %2$s, source, %3$s));
                """.formatted(
                                Quoting.literal(functionName()),
                                Quoting.literal(tenantColumn),
                                Quoting.literal(Quoting.identifier(table.table())))
                + PlpgsqlBlock.PINNED
                + """
                execute pg_catalog.format('create trigger %3$s before insert or update on %%s for each row when (new.%%I is null) execute function boundary.%%I()',
                  rel, %2$s, %1$s);
                """.formatted(Quoting.literal(functionName()), Quoting.literal(tenantColumn), TRIGGER);
        String undo = Undo.step("drop function if exists boundary." + Quoting.identifier(functionName()))
                + Undo.step("drop trigger if exists " + TRIGGER + " on " + table.quoted());
        return PlpgsqlBlock.of(
                resume() + "source text;\n",
                "if not exists (select from pg_catalog.pg_trigger where tgrelid = rel and tgname = '" + TRIGGER
                        + "') then\n"
                        + (source + patiently(create + undo)).indent(2)
                        + "end if;\n"
                        + "insert into boundary.retrofit_progress (schema_name, table_name, source, pages_total)\n"
                        + "select " + Quoting.literal(table.schema()) + ", " + Quoting.literal(table.table())
                        + ", source, pg_catalog.pg_relation_size(rel) / pg_catalog.current_setting('block_size')::bigint"
                        + " where source is not null\n"
                        + "on conflict (schema_name, table_name) do update set source = excluded.source;\n");
    }

    /**
     * By ranges of pages, which needs no index and reads each page once. Rows added since were filled by the trigger. The
     * expression and the table's own triggers find what the caller's search path leads them to.
     */
    private String fill() {
        String batch =
                PlpgsqlBlock.CALLERS + "execute batch;\nget diagnostics changed = row_count;\n" + PlpgsqlBlock.PINNED;
        return PlpgsqlBlock.of(resume() + """
                progress boundary.retrofit_progress;
                batch text;
                changed bigint;
                left_over bigint;
                """, """
                select * into strict progress from boundary.retrofit_progress where schema_name = %1$s and table_name = %2$s;
                while progress.pages_done < progress.pages_total loop
                  batch := pg_catalog.format('update %%s set %%I = %%s where %%I is null and ctid >= %%L::tid and ctid < %%L::tid',
                    %3$s, %4$s, progress.source, %4$s, '(' || progress.pages_done || ',0)',
                    '(' || progress.pages_done + %5$s || ',0)');
                  begin
                %6$s    update boundary.retrofit_progress p set rows_filled = p.rows_filled + changed,
                      pages_done = least(p.pages_done + %5$s, p.pages_total), updated_at = pg_catalog.clock_timestamp()
                    where schema_name = %1$s and table_name = %2$s returning p.* into progress;
                  exception when deadlock_detected then
                    raise notice 'A batch met a deadlock and is tried again.';
                  end;
                  commit;
                %7$s  raise notice '%%: %% of %% pages', rel, progress.pages_done, progress.pages_total;
                end loop;
                execute pg_catalog.format('select pg_catalog.count(*) from %%s where %%I is null', %3$s, %4$s) into left_over;
                if left_over > 0 then
                  update boundary.retrofit_progress set pages_done = 0 where schema_name = %1$s and table_name = %2$s;
                  commit;
                  raise exception using errcode = '23502',
                    message = pg_catalog.format('%%s rows of %%s have no tenant: %%s gives null for them', left_over, rel, progress.source),
                    hint = 'Mend these rows or delete them, and run the change again.';
                end if;
                """.formatted(
                        Quoting.literal(table.schema()),
                        Quoting.literal(table.table()),
                        Quoting.literal(table.quoted()),
                        Quoting.literal(tenantColumn),
                        batchPages,
                        batch.indent(4),
                        PlpgsqlBlock.PINNED.indent(2)));
    }

    private String prepareIndex() {
        return PlpgsqlBlock.of(resume(), """
                if exists (select from pg_catalog.pg_class c left join pg_catalog.pg_index i on i.indexrelid = c.oid
                    where c.oid = pg_catalog.to_regclass(%1$s) and (i.indrelid is distinct from rel
                      or i.indpred is not null or (i.indkey::int2[])[0] <> (
                        select attnum from pg_catalog.pg_attribute where attrelid = rel and attname = %4$s))) then
                  raise exception using errcode = '42P07',
                    message = %5$s,
                    hint = 'Rename it, and run the change again.';
                end if;
                if pg_catalog.to_regclass(%1$s) is null then
                  %2$send if;
                if not coalesce((select indisvalid from pg_catalog.pg_index where indexrelid = pg_catalog.to_regclass(%1$s)), true) then
                  drop index %3$s;
                end if;
                """.formatted(
                        Quoting.literal(qualifiedIndex()),
                        Undo.step("drop index if exists " + qualifiedIndex()),
                        qualifiedIndex(),
                        Quoting.literal(tenantColumn),
                        Quoting.literal("There is something else of the name " + indexName()
                                + ", which the index on the tenant column is to have")));
    }

    private String addCheck() {
        return PlpgsqlBlock.of(
                resume(),
                "if not (select attnotnull from pg_catalog.pg_attribute where attrelid = rel and attname = "
                        + Quoting.literal(tenantColumn)
                        + ") and not exists (select from pg_catalog.pg_constraint where conrelid = rel and conname = '"
                        + CHECK + "') then\n"
                        + patiently("alter table " + table.quoted() + " add constraint " + CHECK + " check ("
                                        + Quoting.identifier(tenantColumn) + " is not null) not valid;\n"
                                        + Undo.step("alter table " + table.quoted() + " drop constraint if exists "
                                                + CHECK))
                                .indent(2)
                        + "end if;\n");
    }

    /** Reads the whole table, beside writers. */
    private String validateCheck() {
        return PlpgsqlBlock.of(
                resume(),
                "if exists (select from pg_catalog.pg_constraint where conrelid = rel and conname = '" + CHECK
                        + "') then\n  alter table " + table.quoted() + " validate constraint " + CHECK
                        + ";\nend if;\n");
    }

    /** The validated check spares SET NOT NULL its scan. */
    private String setNotNull() {
        String alter = "alter table " + table.quoted() + " alter column " + Quoting.identifier(tenantColumn)
                + " set not null;\n"
                + "alter table " + table.quoted() + " drop constraint " + CHECK + ";\n"
                + Undo.step("alter table " + table.quoted() + " alter column " + Quoting.identifier(tenantColumn)
                        + " drop not null");
        return PlpgsqlBlock.of(
                resume(),
                "if exists (select from pg_catalog.pg_constraint where conrelid = rel and conname = '" + CHECK
                        + "') then\n" + patiently(alter).indent(2) + "end if;\n");
    }

    /** A lock that is waited for blocks everyone behind it: give up soon, let them pass, try again. */
    private static String patiently(String code) {
        return """
                declare
                  waiting text := pg_catalog.current_setting('lock_timeout');
                  attempt int := 0;
                begin
                  loop
                    begin
                      perform pg_catalog.set_config('lock_timeout', '2s', true);
                %s      perform pg_catalog.set_config('lock_timeout', waiting, true);
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
                """.formatted(code.indent(6));
    }

    private String functionName() {
        return "retrofit_" + digest(table.quoted());
    }

    private String indexName() {
        String name = table.table() + "_" + tenantColumn + "_idx";
        return name.getBytes(StandardCharsets.UTF_8).length <= Quoting.MAX_IDENTIFIER_BYTES
                ? name
                : "retrofit_" + digest(name) + "_idx";
    }

    /** Of what is too long to be a name, or is two; the same for the same text on every machine. */
    private static String digest(String text) {
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8))
                .toString()
                .replace("-", "");
    }

    private String qualifiedIndex() {
        return Quoting.identifier(table.schema()) + "." + Quoting.identifier(indexName());
    }

    @Override
    public List<String> rollback() {
        return Undo.restore(this);
    }

    @Override
    public String confirmation() {
        return "Each row of " + table + " has its tenant in " + tenantColumn;
    }
}
