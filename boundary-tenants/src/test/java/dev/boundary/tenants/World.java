package dev.boundary.tenants;

import dev.boundary.core.Scope.TenantScope;
import dev.boundary.core.TenantKey;
import dev.boundary.core.TenantKeyType;
import dev.boundary.rls.CreateBoundaryRoles;
import dev.boundary.rls.InstallBoundary;
import dev.boundary.rls.RlsChange;
import dev.boundary.rls.RoleNames;
import dev.boundary.rls.TableChanges;
import dev.boundary.rls.TableName;
import dev.boundary.rls.TablePrivilege;
import dev.boundary.rls.TableRows;
import dev.boundary.tenants.erasure.TenantErasure;
import dev.boundary.testing.postgresql.PostgresServer;
import dev.boundary.testing.postgresql.TestDatabase;
import dev.boundary.testing.postgresql.TestRoles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** A database with every kind of table, with rows of two tenants and shared ones. */
public final class World implements AutoCloseable {

    public static final TenantScope A = scope("aaaaaaaa-0000-4000-8000-000000000001");
    public static final TenantScope B = scope("bbbbbbbb-0000-4000-8000-000000000002");
    public static final TenantScope C = scope("cccccccc-0000-4000-8000-000000000003");

    /** Every protected table, as SQL. */
    public static final List<String> TABLES = List.of(
            "public.customer",
            "public.booking",
            "public.booking_line",
            "public.line_note",
            "public.template",
            "public.log",
            "public.measure",
            "public.project",
            "public.task",
            "public.subtask",
            "public.node",
            "\"Odd Schema\".\"Weird \"\"Table\"\" ☃\"");

    private final PooledDatabase database;

    private World(PooledDatabase database) {
        this.database = database;
    }

    public static TenantScope scope(String uuid) {
        return new TenantScope(TenantKey.of(UUID.fromString(uuid)));
    }

    /** The tables, the shared rows, and the rows of A and B. */
    public static World filled() throws SQLException {
        return copy("world filled", database -> {
            build(database);
            fill(database.superuser(), A);
            fill(database.superuser(), B);
        });
    }

    /** The tables and the shared rows. */
    public static World empty() throws SQLException {
        return copy("world", World::build);
    }

    /** The tables and the shared rows, and what else is built once for all tests. */
    public static World with(String name, PostgresServer.Migration more) throws SQLException {
        return copy("world with " + name, database -> {
            build(database);
            more.run(database);
        });
    }

    private static World copy(String template, PostgresServer.Migration migration) throws SQLException {
        return new World(
                new PooledDatabase(PostgresServer.shared().createDatabase(template, TestRoles.DEFAULT, migration)));
    }

    private static void build(TestDatabase database) throws SQLException {
        TestDatabase.execute(database.owner(), resource("world.sql"));
        apply(database.owner(), changes());
        TestDatabase.execute(database.superuser(), resource("shared.sql"));
    }

    private static List<RlsChange> changes() {
        RoleNames roles = RoleNames.DEFAULT;
        List<RlsChange> changes = new ArrayList<>(List.of(
                InstallBoundary.of(TenantKeyType.UUID),
                new CreateBoundaryRoles(roles, "public"),
                new CreateBoundaryRoles(roles, "Odd Schema")));
        for (String table : List.of("customer", "booking", "log", "project", "task", "node")) {
            changes.add(TableChanges.protectTable(
                    TableName.of(table), TableRows.byTenantColumn("tenant_id"), roles, TablePrivilege.ALL));
        }
        changes.add(TableChanges.protectTable(
                TableName.of("measure"),
                TableRows.byTenantColumn("tenant_id").inPartitions(),
                roles,
                TablePrivilege.ALL));
        changes.add(TableChanges.protectTable(
                TableName.of("template"), TableRows.mixed("tenant_id"), roles, TablePrivilege.ALL));
        changes.add(TableChanges.protectTable(
                TableName.of("booking_line"), TableRows.byForeignKey("booking_id"), roles, TablePrivilege.ALL));
        changes.add(TableChanges.protectTable(
                TableName.of("line_note"), TableRows.byForeignKey("booking_id", "line_no"), roles, TablePrivilege.ALL));
        changes.add(TableChanges.protectTable(
                TableName.of("subtask"), TableRows.byForeignKey("tenant", "task_id"), roles, TablePrivilege.ALL));
        changes.add(TableChanges.protectTable(
                new TableName("Odd Schema", "Weird \"Table\" ☃"),
                TableRows.byTenantColumn("Tenant \"Id\""),
                roles,
                TablePrivilege.ALL));
        changes.add(TableChanges.grantGlobalTable(
                TableName.of("currency"), roles, java.util.Set.of(TablePrivilege.SELECT)));
        return changes;
    }

    public static void apply(DataSource owner, List<RlsChange> changes) throws SQLException {
        TestDatabase.execute(
                owner,
                changes.stream().flatMap(change -> change.apply().stream()).toArray(String[]::new));
    }

    /** Rows of a tenant in every table, all different from those of other tenants. */
    public void fill(TenantScope tenant) throws SQLException {
        fill(database.superuser(), tenant);
    }

    public static void fill(DataSource superuser, TenantScope tenant) throws SQLException {
        TestDatabase.execute(superuser, forTenant("tenant.sql", tenant));
    }

    /** Deletes the rows of a tenant in every table, without checks. */
    public void clear(TenantScope tenant) throws SQLException {
        run(forTenant("clear.sql", tenant));
    }

    private static String forTenant(String resource, TenantScope tenant) {
        return resource(resource).replace("TENANT", tenant.tenant().asText());
    }

    private static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(World.class.getResourceAsStream("/" + name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public TestDatabase database() {
        return database.database();
    }

    public DataSource application() {
        return database.application();
    }

    public DataSource admin() {
        return database.admin();
    }

    /**
     * What a superuser sees of everything but one tenant, with the places of the rows: the same as long as nobody
     * touched them.
     */
    public Map<String, String> digestWithout(TenantScope tenant) throws SQLException {
        List<String> all = new ArrayList<>(TABLES);
        all.add("public.currency");
        List<String> digests = database.rows(all.stream()
                .map(table -> digest(table, tenant.tenant().asText()))
                .collect(Collectors.joining(" union all ")));
        Map<String, String> byTable = new TreeMap<>();
        for (int i = 0; i < all.size(); i++) {
            byTable.put(all.get(i), digests.get(i));
        }
        return byTable;
    }

    private static String digest(String table, String tenant) {
        return "select count(*) || ' ' || coalesce(md5(string_agg(row, '|' order by row)), '') from (select tableoid::text"
                + " || ctid::text || xmin::text || whole_row::text as row from " + table
                + " whole_row where whole_row::text not like '%" + tenant
                + "%' and not exists (select from public.booking b where b.tenant_id = '" + tenant
                + "' and to_jsonb(whole_row) ->> 'booking_id' = b.id::text)) r";
    }

    public String ask(String sql) throws SQLException {
        return database.rows(sql).getFirst();
    }

    public void run(String... sql) throws SQLException {
        database.run(sql);
    }

    @Override
    public void close() throws SQLException {
        database.close();
    }

    /** An erasure that is checked as the admin role. */
    public TenantErasure erasure() {
        return TenantErasure.of(application()).withAdmin(admin());
    }
}
