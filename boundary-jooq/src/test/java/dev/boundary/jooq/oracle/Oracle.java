package dev.boundary.jooq.oracle;

import dev.boundary.core.BoundaryException;
import dev.boundary.core.SessionVariable;
import dev.boundary.core.TenantContext;
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
import dev.boundary.testing.postgresql.PostgresServer;
import dev.boundary.testing.postgresql.TestDatabase;
import dev.boundary.testing.postgresql.TestRoles;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.Query;
import org.jooq.Record;
import org.jooq.ResultQuery;
import org.jooq.SQLDialect;
import org.jooq.Select;
import org.jooq.VisitListenerProvider;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jooq.impl.DefaultConfiguration;
import org.jooq.impl.QOM;

/**
 * The truth about a statement and a tenant: what the same statement, as it was written, returns and changes on a
 * database that holds only that tenant's rows and the shared ones. Both layers, each alone and both together, must do
 * exactly that on a database with the rows of all tenants, and must leave the others' rows as they were.
 */
final class Oracle implements AutoCloseable {

    /** Which layers are on. */
    enum Layers {
        QUERY,
        RLS,
        BOTH
    }

    /** How it ended. */
    enum Verdict {
        SAME,
        /** Refused before anything was sent, or rejected by the database. */
        REFUSED,
        /** Fails on the truth as well. */
        FAILS,
        LEAK,
        WRONG
    }

    /** One statement, or what came of calls that send statements, for whichever tenant runs it. */
    record Case(String shape, Function<Ids, Function<DSLContext, Object>> statement) {
        /** The shape without the seed. */
        String kind() {
            int seed = shape.indexOf(" (seed");
            return seed < 0 ? shape : shape.substring(0, seed);
        }
    }

    /** The keys of a tenant's rows. Those of members and bookings are the same for all tenants. */
    record Ids(int tenant) {
        UUID uuid() {
            return new UUID(0, tenant);
        }

        UUID foreignUuid() {
            return new UUID(0, tenant % TENANTS + 1);
        }

        int court(int number) {
            return tenant * 10 + number;
        }

        int foreignCourt(int number) {
            return tenant % TENANTS * 10 + 10 + number;
        }

        int maintenance(int number) {
            return tenant * 100 + number;
        }

        TenantKey key() {
            return TenantKey.of(uuid());
        }
    }

    record Judgement(Verdict verdict, String detail) {}

    /** What a statement returned and, if it may change rows, what it left. */
    private record Outcome(
            List<String> rows, boolean changes, List<String> mine, List<String> others, Throwable error) {}

    static final int TENANTS = 3;

    private static final List<String> TABLES = List.of(
            "select tenant_id::text, 'court' || t::text from app.court t",
            "select tenant_id::text, 'member' || t::text from app.member t",
            "select tenant_id::text, 'booking' || t::text from app.booking t",
            "select c.tenant_id::text, 'maintenance' || t::text from app.maintenance t"
                    + " left join app.court c on c.id = t.court_id",
            "select c.tenant_id::text, 'part' || t::text from app.part t"
                    + " left join app.maintenance m on m.id = t.maintenance_id"
                    + " left join app.court c on c.id = m.court_id",
            "select coalesce(tenant_id::text, '*'), 'template' || t::text from app.template t",
            "select tenant_id::text, 'visit' || t::text from app.visit t",
            "select tenant_id::text, 'archive' || t::text from archive.court t",
            "select '*', 'currency' || t::text from app.currency t",
            "select '*', 'counter' || t::text from app.counter t",
            "select '*', 'setting' || t::text from app.setting t");

    private static final String DUMP = String.join(" union all ", TABLES) + " order by 2";

    private final TestDatabase all;
    private final Map<Integer, TestDatabase> only = new HashMap<>();
    private final List<Connection> connections = new ArrayList<>();
    private final Connection everybody;
    private final Map<Integer, Connection> alone = new HashMap<>();
    private final Map<Integer, List<String>> untouched = new HashMap<>();
    private final VisitListenerProvider queryLayer;
    private Case lastStatement;
    private Ids lastIds;
    private Outcome lastTruth;

    Oracle(VisitListenerProvider queryLayer) throws SQLException {
        this.queryLayer = queryLayer;
        all = copyOf("clubs of all tenants", Oracle::buildAll);
        everybody = connect(all);
        for (int number = 1; number <= TENANTS; number++) {
            int tenant = number;
            TestDatabase database = copyOf("clubs of tenant " + tenant, empty -> buildOnly(empty, tenant));
            only.put(tenant, database);
            alone.put(tenant, connect(database));
            untouched.put(tenant, dump(everybody, tenant).get(1));
        }
    }

    private static TestDatabase copyOf(String template, PostgresServer.Migration migration) throws SQLException {
        return PostgresServer.shared().createDatabase(template, TestRoles.DEFAULT, migration);
    }

    private static void buildAll(TestDatabase database) throws SQLException {
        create(database);
        for (int tenant = 1; tenant <= TENANTS; tenant++) {
            fill(database, tenant);
        }
        protect(database);
    }

    private static void buildOnly(TestDatabase database, int tenant) throws SQLException {
        create(database);
        fill(database, tenant);
        protectSharedRows(database, tenant);
    }

    /** Runs a statement for a tenant and compares. */
    Judgement judge(Case statement, Ids ids, Layers layers) throws SQLException {
        return judge(statement, ids, layers, queryLayer);
    }

    /** The same with something else in place of the query layer. */
    Judgement judge(Case statement, Ids ids, Layers layers, VisitListenerProvider instead) throws SQLException {
        Outcome actual = actual(statement, ids, layers, instead);
        String who = statement.shape() + ", tenant " + ids.tenant() + ", " + layers + ": ";
        if (actual.error() instanceof BoundaryException refused) {
            return new Judgement(Verdict.REFUSED, who + refused.getMessage());
        }
        Outcome truth = knownTruth(statement, ids);
        if (actual.error() != null) {
            return new Judgement(
                    truth.error() != null
                            ? Verdict.FAILS
                            : isRejection(actual.error()) ? Verdict.REFUSED : Verdict.WRONG,
                    who
                            + actual.error().getMessage()
                            + (truth.error() == null
                                    ? ""
                                    : " / " + truth.error().getMessage()));
        }
        if (actual.changes() && !actual.others().equals(untouched.get(ids.tenant()))) {
            return new Judgement(
                    Verdict.LEAK,
                    who + "changed rows of others: " + difference(untouched.get(ids.tenant()), actual.others()));
        }
        if (truth.error() != null) {
            return new Judgement(
                    Verdict.WRONG, who + "should fail: " + truth.error().getMessage());
        }
        if (!actual.rows().equals(truth.rows())) {
            return new Judgement(Verdict.LEAK, who + "returned " + difference(truth.rows(), actual.rows()));
        }
        if (!actual.mine().equals(truth.mine())) {
            return new Judgement(Verdict.WRONG, who + "left " + difference(truth.mine(), actual.mine()));
        }
        return new Judgement(Verdict.SAME, who + truth.rows().size() + " rows");
    }

    /** The truth is the same for all layers, which are judged one after the other. */
    private Outcome knownTruth(Case statement, Ids ids) throws SQLException {
        if (!statement.equals(lastStatement) || !ids.equals(lastIds)) {
            lastTruth = truth(statement, ids);
            lastStatement = statement;
            lastIds = ids;
        }
        return lastTruth;
    }

    private Outcome truth(Case statement, Ids ids) throws SQLException {
        Connection connection = alone.get(ids.tenant());
        try {
            return run(statement, ids, connection, DSL.using(connection, SQLDialect.POSTGRES));
        } finally {
            connection.rollback();
        }
    }

    private Outcome actual(Case statement, Ids ids, Layers layers, VisitListenerProvider listener) throws SQLException {
        try {
            if (layers != Layers.QUERY) {
                execute(
                        everybody,
                        "set local role " + RoleNames.DEFAULT.application() + "; select set_config('"
                                + SessionVariable.DEFAULT.name() + "', '" + ids.uuid() + "', true)");
            }
            DefaultConfiguration configuration = new DefaultConfiguration();
            configuration.set(SQLDialect.POSTGRES).set(everybody);
            if (layers != Layers.RLS) {
                configuration.set(listener);
            }
            return TenantContext.where(ids.key()).call(() -> run(statement, ids, everybody, DSL.using(configuration)));
        } finally {
            everybody.rollback();
        }
    }

    private static Outcome run(Case statement, Ids ids, Connection connection, DSLContext db) throws SQLException {
        List<String> rows = new ArrayList<>();
        boolean changes;
        try {
            Object made = statement.statement().apply(ids).apply(db);
            changes = !(made instanceof Select<?> select && readsOnly(select));
            rows.addAll(made instanceof Query query ? executed(query, db) : texts(made));
            rows.sort(null);
        } catch (BoundaryException | DataAccessException e) {
            return new Outcome(List.of(), false, List.of(), List.of(), e);
        }
        if (!changes) {
            return new Outcome(rows, false, List.of(), List.of(), null);
        }
        execute(connection, "reset role");
        List<List<String>> state = dump(connection, ids.tenant());
        return new Outcome(rows, true, state.get(0), state.get(1), null);
    }

    private static boolean readsOnly(Select<?> select) {
        return select.$with() == null && select.$from().stream().noneMatch(QOM.DataChangeDeltaTable.class::isInstance);
    }

    private static List<String> executed(Query query, DSLContext db) {
        query.attach(db.configuration());
        return query instanceof ResultQuery<?> result
                ? texts(result.fetch())
                : List.of(query.execute() + " rows changed");
    }

    private static List<String> texts(Object result) {
        return result instanceof Collection<?> rows
                ? rows.stream().map(Oracle::text).toList()
                : List.of(text(result));
    }

    /** The driver reads 30 or 30.0, depending on whether the statement was prepared on the server. */
    private static String text(Object value) {
        return switch (value) {
            case null -> "null";
            case BigDecimal number -> number.stripTrailingZeros().toPlainString();
            case Record record ->
                Arrays.stream(record.intoArray()).map(Oracle::text).toList().toString();
            case int[] array -> Arrays.toString(array);
            case Object[] array -> Arrays.deepToString(array);
            default -> value.toString();
        };
    }

    /** Rejected by a policy or for want of a privilege. */
    private static boolean isRejection(Throwable error) {
        return error instanceof DataAccessException e && "42501".equals(e.sqlState());
    }

    /** The rows that the tenant sees, and the others'. */
    private static List<List<String>> dump(Connection connection, int tenant) throws SQLException {
        List<String> mine = new ArrayList<>();
        List<String> others = new ArrayList<>();
        Set<String> own = Set.of(new UUID(0, tenant).toString(), "*");
        // Prepared, so that the server plans it once.
        try (PreparedStatement statement = connection.prepareStatement(DUMP);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                (own.contains(String.valueOf(rows.getString(1))) ? mine : others).add(rows.getString(2));
            }
        }
        return List.of(mine, others);
    }

    private static String difference(List<String> expected, List<String> actual) {
        List<String> missing = new ArrayList<>(expected);
        actual.forEach(missing::remove);
        List<String> added = new ArrayList<>(actual);
        expected.forEach(added::remove);
        return "too few: " + shortened(missing) + ", too many: " + shortened(added);
    }

    private static String shortened(List<String> rows) {
        return rows.size() + " " + rows.subList(0, Math.min(3, rows.size()));
    }

    private Connection connect(TestDatabase database) throws SQLException {
        Connection connection = database.superuser().getConnection();
        execute(connection, "set search_path to app, public");
        connection.setAutoCommit(false);
        connections.add(connection);
        return connection;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void create(TestDatabase database) throws SQLException {
        TestDatabase.execute(
                database.superuser(),
                "grant create on database \"" + database.name() + "\" to " + RoleNames.DEFAULT.owner());
        TestDatabase.execute(database.owner(), Clubs.DDL);
        TestDatabase.execute(database.owner(), """
                insert into app.currency values ('EUR', 'Euro'), ('CHF', 'Franken');
                insert into app.counter values ('visits', 7), ('errors', 2);
                insert into app.setting values ('theme', 'dark');
                insert into app.template (id, tenant_id, name, body) values
                  (1, null, 'Welcome', 'shared'), (2, null, 'Court 1', 'shared too');
                """);
    }

    private static void fill(TestDatabase database, int tenant) throws SQLException {
        // The business values are the same for all tenants; how often they occur is not.
        TestDatabase.execute(database.owner(), """
                insert into app.court select %1$d * 10 + n, '%2$s', 'Court ' || n,
                  case when n = 2 then null else 'clay' end, 10 * n from generate_series(1, 2 + %1$d) n;
                insert into app.member select '%2$s', n, 'Member ' || n, case when n %% 2 = 0 then 'Bern' end,
                  case when n > 1 then n - 1 end from generate_series(1, 3 + %1$d) n;
                insert into app.booking select '%2$s', n, %1$d * 10 + 1 + n %% 3,
                  case when n %% 4 <> 0 then 1 + n %% (3 + %1$d) end, case when n %% 3 = 0 then 'paid' else 'open' end,
                  n * 5, case when n %% 2 = 0 then 'Court ' || n %% 3 end from generate_series(1, 5 + 2 * %1$d) n;
                insert into app.maintenance select %1$d * 100 + n, %1$d * 10 + 1 + n %% 2, 'Net ' || n, n * 10
                  from generate_series(1, 2 + %1$d) n;
                insert into app.part select %1$d * 1000 + n, %1$d * 100 + 1 + n %% 2, 'Part ' || n
                  from generate_series(1, 3 + %1$d) n;
                insert into app.template select %1$d * 10 + n, '%2$s', 'Welcome', 'own ' || n
                  from generate_series(1, %1$d) n;
                insert into app.stray values (%1$d, '%2$s', 'secret');
                insert into app.visit select '%2$s', n, 3 * n, 'Guest ' || n from generate_series(1, 4 + %1$d) n;
                insert into archive.court select '%2$s', n, 'Court ' || n from generate_series(1, 1 + %1$d) n;
                """.formatted(tenant, new UUID(0, tenant)));
    }

    /** With only one tenant there is nobody to protect from, except that nobody writes shared rows. */
    private static void protectSharedRows(TestDatabase database, int tenant) throws SQLException {
        UUID key = new UUID(0, tenant);
        TestDatabase.execute(database.owner(), """
                create function app.skip() returns trigger language plpgsql as 'begin return null; end';
                create trigger shared before update or delete on app.template for each row
                  when (old.tenant_id is null) execute function app.skip();
                alter table app.court alter tenant_id set default '%1$s';
                alter table app.member alter tenant_id set default '%1$s';
                alter table app.booking alter tenant_id set default '%1$s';
                alter table app.template alter tenant_id set default '%1$s';
                alter table app.visit alter tenant_id set default '%1$s';
                alter table archive.court alter tenant_id set default '%1$s';
                alter view app.open_booking alter tenant_id set default '%1$s';
                """.formatted(key));
    }

    private static void protect(TestDatabase database) throws SQLException {
        RoleNames roles = RoleNames.DEFAULT;
        EnumSet<TablePrivilege> any = EnumSet.allOf(TablePrivilege.class);
        List<RlsChange> changes = List.of(
                InstallBoundary.of(TenantKeyType.UUID),
                new CreateBoundaryRoles(roles, "app"),
                new CreateBoundaryRoles(roles, "archive"),
                TableChanges.protectTable(table("court"), TableRows.byTenantColumn("tenant_id"), roles, any),
                TableChanges.protectTable(table("member"), TableRows.byTenantColumn("tenant_id"), roles, any),
                TableChanges.protectTable(table("booking"), TableRows.byTenantColumn("tenant_id"), roles, any),
                TableChanges.protectTable(table("stray"), TableRows.byTenantColumn("tenant_id"), roles, any),
                TableChanges.protectTable(
                        new TableName("archive", "court"), TableRows.byTenantColumn("tenant_id"), roles, any),
                TableChanges.protectTable(
                        table("visit"), TableRows.byTenantColumn("tenant_id").inPartitions(), roles, any),
                TableChanges.protectView(table("open_booking"), roles, any),
                TableChanges.protectTable(table("maintenance"), TableRows.byForeignKey("court_id"), roles, any),
                TableChanges.protectTable(table("part"), TableRows.byForeignKey("maintenance_id"), roles, any),
                TableChanges.protectTable(table("template"), TableRows.mixed("tenant_id"), roles, any),
                TableChanges.grantGlobalTable(table("currency"), roles, EnumSet.of(TablePrivilege.SELECT)),
                TableChanges.grantGlobalTable(table("counter"), roles, any),
                TableChanges.grantGlobalTable(table("setting"), roles, any));
        for (RlsChange change : changes) {
            TestDatabase.execute(database.owner(), change.apply().toArray(String[]::new));
        }
        TestDatabase.execute(database.owner(), "grant usage on sequence app.booking_number to " + roles.application());
    }

    private static TableName table(String name) {
        return new TableName("app", name);
    }

    @Override
    public void close() throws SQLException {
        for (Connection connection : connections) {
            connection.close();
        }
        all.close();
        for (TestDatabase database : only.values()) {
            database.close();
        }
    }
}
