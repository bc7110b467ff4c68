package dev.boundary.testing;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import dev.boundary.core.TenantKeyType;
import dev.boundary.jooq.schema.TenantSchema;
import dev.boundary.rls.CreateBoundaryRoles;
import dev.boundary.rls.InstallBoundary;
import dev.boundary.rls.RlsChange;
import dev.boundary.rls.RoleNames;
import dev.boundary.rls.TableChanges;
import dev.boundary.rls.TableName;
import dev.boundary.rls.TablePrivilege;
import dev.boundary.rls.TableRows;
import dev.boundary.testing.postgresql.TestDatabase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Schema;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;

/**
 * Tables of every classification, in two schemas, with types, keys, names and checks that are hard to fill. Thirty have
 * every combination of classification, schema and kind of name; ten have every classification.
 */
public class AwkwardSetup implements DatabaseSetup {

    private static final String OTHER_SCHEMA = "Other \"Schema\"";
    private static final int EVERY_COMBINATION = 30;

    private static final String TYPES = """
            create type mood as enum ('calm', 'wild');
            create type pair as (a int, b text);
            create domain email as text check (value ~ '^[a-z0-9._-]+@[a-z0-9-]+\\.[a-z]{2,}$');
            create domain work_email as email check (length(value) < 60);
            create domain moods as mood[] check (array_length(value, 1) >= 1);
            create table tenant (id bigint primary key, name text not null unique);
            """;

    /** What all tables have beside their keys. */
    private static final String COLUMNS = """
            "Odd ""Name" text not null,
            code char(4) not null check (code ~ '^[A-Z]{2}[0-9]{2}$'),
            state text not null check (state in ('new', 'done')),
            m mood not null, ms mood[] not null, dm moods not null, p pair not null, e work_email not null,
            price numeric(6,2) not null check (price > 0 and price < 100),
            starts date not null, ends date not null, check (ends > starts),
            shout text not null check (shout = upper(shout) and length(shout) between 3 and 20),
            span tstzrange not null, tags text[] not null, grid int[][] not null, doc jsonb not null, j json not null,
            ip inet not null, net cidr not null, raw bytea not null, flags bit(5) not null, more varbit(12) not null,
            at timestamptz not null default now(), clock timetz not null, took interval not null,
            place point not null, area polygon not null, words tsvector not null, yes boolean not null,
            twice numeric generated always as (price * 2) stored,
            short varchar(3) not null, one "char" not null, small smallint not null, big double precision not null,
            cash money not null, mac macaddr not null, mac8 macaddr8 not null, days datemultirange not null,
            lsn pg_lsn not null, markup xml not null, path jsonpath not null, maybe uuid, nothing int
            """;

    private final int tables;

    /** Every combination once; public for the test kit. */
    public AwkwardSetup() {
        this(EVERY_COMBINATION);
    }

    AwkwardSetup(int tables) {
        this.tables = tables;
    }

    /** Every combination twice. */
    static final class Twice extends AwkwardSetup {
        Twice() {
            super(2 * EVERY_COMBINATION);
        }
    }

    /** Every classification once. */
    static final class Few extends AwkwardSetup {
        Few() {
            super(10);
        }
    }

    /** What a table is declared as, and how its keys look. */
    private enum Kind {
        TENANT,
        CHILD,
        MIXED,
        GLOBAL,
        ONE_ROW,
        PARTITIONED
    }

    private static Kind kind(int i) {
        return switch (i % 10) {
            case 2 -> Kind.CHILD;
            case 4 -> Kind.MIXED;
            case 5 -> Kind.CHILD; // of the mixed one
            case 6 -> Kind.GLOBAL;
            case 8 -> Kind.ONE_ROW;
            case 9 -> Kind.PARTITIONED;
            default -> Kind.TENANT;
        };
    }

    private static TableName tableName(int i) {
        return new TableName(i % 2 == 0 ? OTHER_SCHEMA : "public", i % 3 == 0 ? "Table \"" + i + "\"" : "t" + i);
    }

    private static String keys(int i) {
        // Through the tenant of the table before it, so that no row can refer to a foreign one.
        String before = i > 1 && kind(i - 1) == Kind.TENANT
                ? ", before bigint, foreign key (tenant_id, before) references "
                        + tableName(i - 1).quoted() + " (tenant_id, id)"
                : "";
        String tenant = "tenant_id bigint not null references public.tenant";
        return switch (kind(i)) {
            case TENANT ->
                "id bigint generated always as identity unique, " + tenant
                        + ", primary key (tenant_id, id), self bigint, foreign key (tenant_id, self) references "
                        + tableName(i).quoted() + before;
            case CHILD ->
                "id uuid primary key default gen_random_uuid(), parent bigint not null references "
                        + tableName(i - 1).quoted() + " (id) on delete cascade";
            case MIXED ->
                "id bigint generated by default as identity primary key,"
                        + " tenant_id bigint references public.tenant, unique (tenant_id, code)";
            case GLOBAL -> "id bigserial primary key";
            case ONE_ROW -> "tenant_id bigint primary key references public.tenant" + before;
            case PARTITIONED -> "id bigint not null default 7, " + tenant + ", primary key (tenant_id, id, starts)";
        };
    }

    private static List<String> create(int i) {
        String quoted = tableName(i).quoted();
        boolean partitioned = kind(i) == Kind.PARTITIONED;
        String create = "create table " + quoted + " (" + keys(i) + ", " + COLUMNS + ")";
        if (!partitioned) {
            return List.of(create);
        }
        String partition = " partition of " + quoted + " for values from ";
        return List.of(
                create + " partition by range (starts)",
                "create table part_" + i + "_old" + partition + "('2000-01-01') to ('2025-01-01')",
                "create table part_" + i + "_new" + partition + "('2025-01-01') to ('2030-01-01')");
    }

    private static RlsChange protect(int i) {
        RoleNames roles = RoleNames.DEFAULT;
        Set<TablePrivilege> all = TablePrivilege.ALL;
        return switch (kind(i)) {
            case TENANT, ONE_ROW ->
                TableChanges.protectTable(tableName(i), TableRows.byTenantColumn("tenant_id"), roles, all);
            case CHILD -> TableChanges.protectTable(tableName(i), TableRows.byForeignKey("parent"), roles, all);
            case MIXED -> TableChanges.protectTable(tableName(i), TableRows.mixed("tenant_id"), roles, all);
            case PARTITIONED ->
                TableChanges.protectTable(
                        tableName(i), TableRows.byTenantColumn("tenant_id").inPartitions(), roles, all);
            case GLOBAL -> TableChanges.grantGlobalTable(tableName(i), roles, Set.of(TablePrivilege.SELECT));
        };
    }

    @Override
    public TenantSchema schema() {
        TenantSchema.Builder schema = TenantSchema.builder(new Schema[0]).global(table(name("public", "tenant")));
        IntStream.rangeClosed(1, tables).forEach(i -> declare(schema, i));
        return schema.build();
    }

    private static void declare(TenantSchema.Builder schema, int i) {
        switch (kind(i)) {
            case TENANT, ONE_ROW, PARTITIONED -> schema.tenant(jooq(i), column(i, "tenant_id", true));
            case MIXED -> schema.mixed(jooq(i), column(i, "tenant_id", false));
            case CHILD -> schema.child(jooq(i), column(i, "parent", true), jooq(i - 1), column(i - 1, "id", true));
            case GLOBAL -> schema.global(jooq(i));
        }
    }

    private static Table<Record> jooq(int i) {
        return table(name(tableName(i).schema(), tableName(i).table()));
    }

    private static Field<Long> column(int i, String column, boolean notNull) {
        return field(
                name(tableName(i).schema(), tableName(i).table(), column),
                notNull ? SQLDataType.BIGINT.notNull() : SQLDataType.BIGINT);
    }

    @Override
    public void migrate(TestDatabase database) throws SQLException {
        List<String> statements = new ArrayList<>();
        statements.add("create schema \"Other \"\"Schema\"\"\"");
        statements.addAll(InstallBoundary.of(TenantKeyType.BIGINT).apply());
        statements.addAll(new CreateBoundaryRoles(RoleNames.DEFAULT, "public").apply());
        statements.addAll(new CreateBoundaryRoles(RoleNames.DEFAULT, OTHER_SCHEMA).apply());
        statements.add(TYPES);
        for (int i = 1; i <= tables; i++) {
            statements.addAll(create(i));
            statements.addAll(protect(i).apply());
        }
        statements.addAll(
                TableChanges.grantGlobalTable(TableName.of("tenant"), RoleNames.DEFAULT, Set.of(TablePrivilege.SELECT))
                        .apply());
        TestDatabase.execute(database.owner(), statements.toArray(String[]::new));
    }
}
