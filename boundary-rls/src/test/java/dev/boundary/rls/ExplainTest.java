package dev.boundary.rls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boundary.core.SessionVariable;
import dev.boundary.core.TenantKeyType;
import dev.boundary.rls.InstallBoundary.LeakproofMode;
import dev.boundary.rls.InstallBoundary.MissingTenant;
import dev.boundary.rls.InstallBoundary.PredicateForm;
import dev.boundary.rls.internal.catalog.RoleBypass;
import dev.boundary.testing.postgresql.PostgresServer;
import dev.boundary.testing.postgresql.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Plans of the application role on protected tables, beside those of the hand-written query on the same tables without
 * row-level security. 30,000 rows, all of which ANALYZE reads, so that estimates are the same in each run: tenant 1 has
 * 30 %, 99 others share the rest.
 */
class ExplainTest {

    private static final RoleNames ROLES = RoleNames.DEFAULT;
    private static final int BIG = 1;
    private static final int SMALL = 50;
    private static final Path GUIDE = Path.of("..", "docs", "guides", "rls-migrations.md");
    private static final Map<PredicateForm, TestDatabase> DATABASES = new EnumMap<>(PredicateForm.class);

    /**
     * What EXPLAIN says of a statement.
     *
     * @param nodes the types of the nodes that ran
     * @param tables the tables that they read, of partitioned ones the partitions
     * @param indexes the indexes that they used
     * @param estimate the rows expected of the first scan
     */
    private record Plan(Set<String> nodes, Set<String> tables, Set<String> indexes, long estimate, String text) {

        static Plan of(JsonNode explained) {
            Plan plan = new Plan(new TreeSet<>(), new TreeSet<>(), new TreeSet<>(), 0, explained.toPrettyString());
            List<Long> estimates = new ArrayList<>();
            plan.collect(explained.get(0).get("Plan"), estimates);
            return new Plan(plan.nodes, plan.tables, plan.indexes, estimates.getFirst(), plan.text);
        }

        private void collect(JsonNode node, List<Long> estimates) {
            if (node.get("Actual Loops").asLong() > 0) {
                String type = node.get("Node Type").asString();
                nodes.add(type);
                add(tables, node.path("Relation Name").asString(""));
                add(indexes, node.path("Index Name").asString(""));
                if (type.contains("Scan") && !type.startsWith("Bitmap Index")) {
                    estimates.add(node.get("Plan Rows").asLong());
                }
            }
            node.path("Plans").forEach(child -> collect(child, estimates));
        }

        private static void add(Set<String> names, String name) {
            if (!name.isEmpty()) {
                names.add(name.replace("plain_", ""));
            }
        }
    }

    @BeforeAll
    static void prepare() throws SQLException {
        for (PredicateForm form : PredicateForm.values()) {
            DATABASES.put(form, create(form));
        }
    }

    private static TestDatabase database(PredicateForm form) {
        return Objects.requireNonNull(DATABASES.get(form));
    }

    @AfterAll
    static void drop() throws SQLException {
        for (TestDatabase database : DATABASES.values()) {
            database.close();
        }
    }

    /** Tables of a prefix of their own for the hand-written queries: same rows, same indexes, no policies. */
    private static TestDatabase create(PredicateForm form) throws SQLException {
        TestDatabase database = PostgresServer.shared().createDatabase();
        try (Connection connection = database.application().getConnection()) {
            assertThat(RoleBypass.find(connection)).isEmpty();
        }
        for (String prefix : List.of("", "plain_")) {
            String booking = prefix + "booking";
            String event = prefix + "event";
            TestDatabase.execute(
                    database.owner(),
                    "create table " + booking + " (tenant_id bigint not null, id bigint not null, title text not null,"
                            + " day int not null, constraint " + booking + "_pkey primary key (tenant_id, id))",
                    "create index " + booking + "_day on " + booking + " (tenant_id, day)",
                    "insert into " + booking + " select case when n % 10 < 3 then 1 else 2 + n % 99 end, n,"
                            + " repeat('x', 60), n % 365 from generate_series(1, 30000) n",
                    "create table " + event + " (tenant_id bigint not null, id bigint not null, constraint " + event
                            + "_pkey primary key (tenant_id, id)) partition by hash (tenant_id)");
            for (int i = 0; i < 4; i++) {
                TestDatabase.execute(
                        database.owner(),
                        "create table " + event + "_" + i + " partition of " + event
                                + " for values with (modulus 4, remainder " + i + ")");
            }
            TestDatabase.execute(
                    database.owner(),
                    "insert into " + event + " select 1 + n % 100, n from generate_series(1, 10000) n",
                    "grant select on " + booking + ", " + event + " to boundary_app");
        }
        Scripts.apply(
                database.owner(),
                new InstallBoundary(
                        TenantKeyType.BIGINT, SessionVariable.DEFAULT, MissingTenant.ERROR, form, LeakproofMode.AUTO),
                new CreateBoundaryRoles(ROLES, "public"),
                TableChanges.protectTable(
                        TableName.of("booking"), TableRows.byTenantColumn("tenant_id"), ROLES, TablePrivilege.ALL),
                TableChanges.protectTable(
                        TableName.of("event"),
                        TableRows.byTenantColumn("tenant_id").inPartitions(),
                        ROLES,
                        TablePrivilege.ALL));
        TestDatabase.execute(database.superuser(), "vacuum analyze");
        return database;
    }

    @ParameterizedTest
    @EnumSource(PredicateForm.class)
    void indexPlansAreThoseOfTheHandWrittenQuery(PredicateForm form) throws SQLException {
        for (String condition : List.of("id = 4711", "day = 17", "day between 10 and 12 and title <> 'y'")) {
            Plan protectedPlan = explain(form, SMALL, "select * from booking where " + condition);
            Plan written = written(form, SMALL, "select * from plain_booking where " + condition);
            assertThat(protectedPlan.indexes())
                    .as("%s: %s%n%s", form, condition, protectedPlan.text())
                    .isEqualTo(written.indexes())
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(PredicateForm.class)
    void partitionsArePruned(PredicateForm form) throws SQLException {
        Plan protectedPlan = explain(form, SMALL, "select count(*) from event");
        Plan written = written(form, SMALL, "select count(*) from plain_event");
        assertThat(written.tables()).hasSize(1);
        assertThat(protectedPlan.tables()).as(protectedPlan.text()).isEqualTo(written.tables());
        // Without a tenant predicate all four are read, so the assertion above can fail.
        assertThat(explain(database(form).admin(), "select count(*) from event").tables())
                .hasSize(4);
    }

    @ParameterizedTest
    @EnumSource(PredicateForm.class)
    void parallelPlansSurvive(PredicateForm form) throws SQLException {
        String sql = "select count(*) from booking where title like '%x%'";
        assertThat(explain(form, BIG, sql).nodes()).contains("Gather");
        TestDatabase.execute(database(form).owner(), "alter function boundary.current_tenant_id() parallel unsafe");
        try {
            assertThat(explain(form, BIG, sql).nodes())
                    .as("what a function is by default")
                    .doesNotContain("Gather");
        } finally {
            TestDatabase.execute(database(form).owner(), "alter function boundary.current_tenant_id() parallel safe");
        }
    }

    /** The guide has the table that this makes. */
    @Test
    void theGuideHasTheFigures() throws SQLException, IOException {
        List<String> rows = new ArrayList<>();
        rows.add(row("one booking by its id", "booking", "select * from booking where id = 4711", SMALL));
        rows.add(row("all rows of a small tenant", "booking", "select * from booking", SMALL));
        rows.add(row("all rows of the big tenant", "booking", "select * from booking", BIG));
        rows.add(row("one tenant of a partitioned table", "event", "select count(*) from event", SMALL));
        assertThat(Files.readString(GUIDE)).contains(String.join("\n", rows));
    }

    private static String row(String what, String table, String sql, int tenant) throws SQLException {
        StringBuilder row = new StringBuilder("| ").append(what);
        row.append(cell(written(PredicateForm.PINNED, tenant, sql.replace(table, "plain_" + table))));
        for (PredicateForm form : PredicateForm.values()) {
            row.append(cell(explain(form, tenant, sql)));
        }
        return row.append(" |").toString();
    }

    private static String cell(Plan plan) {
        return " | " + plan.estimate()
                + (plan.tables().contains("booking") ? "" : ", " + plan.tables().size() + " of 4");
    }

    private static Plan written(PredicateForm form, int tenant, String sql) throws SQLException {
        return explain(
                database(form).application(),
                sql + (sql.contains(" where ") ? " and " : " where ") + "tenant_id = " + tenant);
    }

    private static Plan explain(PredicateForm form, int tenant, String sql) throws SQLException {
        return explain(
                database(form).application(),
                "select set_config('app.current_tenant_id', '" + tenant + "', true)",
                sql);
    }

    private static Plan explain(DataSource dataSource, String... statements) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            boolean parallel = statements[statements.length - 1].contains("title like");
            statement.execute("set local max_parallel_workers_per_gather = " + (parallel ? 2 : 0));
            statement.execute("set local parallel_setup_cost = 0");
            statement.execute("set local parallel_tuple_cost = 0");
            statement.execute("set local min_parallel_table_scan_size = 0");
            if (parallel) {
                // The table is small: an index would win.
                statement.execute("set local enable_bitmapscan = off");
                statement.execute("set local enable_indexscan = off");
            }
            for (int i = 0; i < statements.length - 1; i++) {
                statement.execute(statements[i]);
            }
            try (ResultSet row = statement.executeQuery(
                    "explain (analyze, timing off, summary off, format json) " + statements[statements.length - 1])) {
                row.next();
                return Plan.of(JsonMapper.shared().readTree(row.getString(1)));
            }
        }
    }
}
