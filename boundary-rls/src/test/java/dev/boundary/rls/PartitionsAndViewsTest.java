package dev.boundary.rls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.boundary.core.TenantKeyType;
import dev.boundary.testing.postgresql.PostgresServer;
import dev.boundary.testing.postgresql.TestDatabase;
import dev.boundary.testing.postgresql.TestRoles;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is reached past a table's policies: its partitions and the views on it. */
@Tag("every-postgresql")
class PartitionsAndViewsTest {

    private static final RoleNames ROLES = RoleNames.DEFAULT;
    private static final TableName EVENT = TableName.of("event");
    private static final RlsChange PROTECT_EVENT = TableChanges.protectTable(
            EVENT, TableRows.byTenantColumn("tenant_id").inPartitions(), ROLES, TablePrivilege.ALL);
    private static final RlsChange PROTECT_BOOKING = TableChanges.protectTable(
            TableName.of("booking"), TableRows.byTenantColumn("tenant_id"), ROLES, TablePrivilege.ALL);

    private TestDatabase database;

    @BeforeEach
    void prepare() throws SQLException {
        database = PostgresServer.shared()
                .createDatabase("partitions-and-views", TestRoles.DEFAULT, PartitionsAndViewsTest::build);
    }

    private static void build(TestDatabase database) throws SQLException {
        TestDatabase.execute(
                database.owner(),
                "create table event (id bigint, tenant_id bigint, day date) partition by range (day)",
                "create table event_2025 partition of event for values from ('2025-01-01') to ('2026-01-01')",
                "create table event_2026 partition of event for values from ('2026-01-01') to ('2027-01-01')"
                        + " partition by list (tenant_id)",
                "create table event_2026_1 partition of event_2026 for values in (1)",
                "create table event_2026_x partition of event_2026 default",
                "alter table event_2025 alter column tenant_id set not null",
                "create index own on event_2025 (tenant_id)",
                "grant select, insert on event_2025, event_2026_x to boundary_app",
                "insert into event values (1, 1, '2025-06-01'), (2, 2, '2025-06-01'), (3, 1, '2026-06-01'), (4, 2,"
                        + " '2026-06-01')",
                "create table booking (id bigint primary key, tenant_id bigint, title text)",
                "insert into booking values (1, 1, 'a'), (2, 2, 'b')");
        Scripts.apply(
                database.owner(), InstallBoundary.of(TenantKeyType.BIGINT), new CreateBoundaryRoles(ROLES, "public"));
    }

    @AfterEach
    void drop() throws SQLException {
        database.close();
    }

    @Test
    void partitionsAreClosed() throws SQLException {
        // The attack works before.
        assertThat(as("1", "select id from event_2025")).containsExactlyInAnyOrder("1", "2");
        Scripts.apply(database.owner(), PROTECT_EVENT);
        assertThat(as("1", "select id from event")).containsExactlyInAnyOrder("1", "3");
        assertThat(as("1", "insert into event (id, day) values (5, '2026-07-01')"))
                .containsExactly("1");
        for (String partition : List.of("event_2025", "event_2026", "event_2026_1", "event_2026_x")) {
            denied("select id from " + partition, "permission denied");
            denied("insert into " + partition + " values (9, 1, '2025-06-01')", "permission denied");
        }
        // Also where somebody grants on a partition again.
        TestDatabase.execute(database.owner(), "grant select, insert on event_2025 to boundary_app");
        assertThat(as("1", "select id from event_2025")).isEmpty();
        denied("insert into event_2025 values (9, 2, '2025-06-01')", "row-level security policy");
    }

    @Test
    void aPartitionAddedLaterIsClosedByTheStep() throws SQLException {
        Scripts.apply(database.owner(), PROTECT_EVENT);
        addOpenPartition();
        assertThat(as("1", "select id from event_2027")).containsExactlyInAnyOrder("7", "8");
        RlsChange step = TableChanges.protectPartitions(EVENT, ROLES);
        List<String> before = Catalog.of(database.superuser());
        Scripts.apply(database.owner(), step);
        denied("select id from event_2027", "permission denied");
        assertThat(as("1", "select id from event")).containsExactlyInAnyOrder("1", "3", "7");
        Scripts.rollback(database.owner(), step);
        assertThat(Catalog.of(database.superuser())).isEqualTo(before);
    }

    @Test
    void aPartitionAddedLaterIsClosedByTheEventTrigger() throws SQLException {
        RlsChange trigger = TableChanges.protectFuturePartitions();
        assertThatThrownBy(() -> Scripts.apply(database.owner(), trigger)).hasMessageContaining("Only a superuser");
        List<String> before = Catalog.of(database.superuser());
        Scripts.apply(database.superuser(), trigger);
        Scripts.apply(database.owner(), PROTECT_EVENT);
        addOpenPartition();
        assertThat(as("1", "select id from event_2027")).isEmpty();
        TestDatabase.execute(
                database.owner(),
                "create table event_2028 (like event)",
                "grant select on event_2028 to boundary_app",
                "insert into event_2028 values (9, 2, '2028-01-01')");
        assertThat(as("1", "select id from event_2028")).containsExactly("9");
        TestDatabase.execute(
                database.owner(),
                "alter table event attach partition event_2028 for values from ('2028-01-01') to ('2029-01-01')");
        assertThat(as("1", "select id from event_2028")).isEmpty();
        // Whoever has nothing to do with Boundary is left alone.
        TestDatabase.execute(database.superuser(), "create schema others authorization boundary_app");
        TestDatabase.execute(database.application(), "create table others.mine (id int)");
        TestDatabase.execute(
                database.superuser(), "drop schema others cascade", "drop table event_2027", "drop table event_2028");
        Scripts.rollback(database.owner(), PROTECT_EVENT);
        Scripts.rollback(database.superuser(), trigger);
        assertThat(Catalog.of(database.superuser())).isEqualTo(before);
    }

    @Test
    void restoresPartitions() throws SQLException {
        List<String> before = Catalog.of(database.superuser());
        Scripts.apply(database.owner(), PROTECT_EVENT);
        List<String> after = Catalog.of(database.superuser());
        Scripts.rollback(database.owner(), PROTECT_EVENT);
        assertThat(Catalog.of(database.superuser())).isEqualTo(before);
        Scripts.apply(database.owner(), PROTECT_EVENT);
        assertThat(Catalog.of(database.superuser())).isEqualTo(after);
    }

    @Test
    void partitionedChildrenAreClosed() throws SQLException {
        TestDatabase.execute(
                database.owner(),
                "alter table event add primary key (id, tenant_id, day)",
                "create table remark (id bigint, booking_id bigint references booking, event_id bigint, event_tenant bigint,"
                        + " event_day date, foreign key (event_id, event_tenant, event_day) references event"
                        + " (id, tenant_id, day)) partition by hash (id)",
                "create table remark_0 partition of remark for values with (modulus 2, remainder 0)",
                "create table remark_1 partition of remark for values with (modulus 2, remainder 1)",
                "insert into remark values (1, 1, 1, 1, '2025-06-01'), (2, 2, 2, 2, '2025-06-01')",
                "grant select on remark, remark_0, remark_1 to boundary_app");
        assertThat(as("1", "select id from remark")).containsExactlyInAnyOrder("1", "2");
        Scripts.apply(database.owner(), PROTECT_BOOKING, PROTECT_EVENT);
        // Through an ordinary table, and through a partitioned one.
        for (List<String> key : List.of(List.of("booking_id"), List.of("event_id", "event_tenant", "event_day"))) {
            RlsChange protect = TableChanges.protectTable(
                    TableName.of("remark"), TableRows.byForeignKey(key).inPartitions(), ROLES, TablePrivilege.ALL);
            List<String> before = Catalog.of(database.superuser());
            Scripts.apply(database.owner(), protect);
            List<String> after = Catalog.of(database.superuser());
            assertThat(as("1", "select id from remark")).containsExactly("1");
            denied("insert into remark values (3, 2, 2, 2, '2025-06-01')", "row-level security policy");
            for (String partition : List.of("remark_0", "remark_1")) {
                denied("select id from " + partition, "permission denied");
            }
            assertThat(TableChanges.findDrift(database.owner().getConnection(), TableName.of("remark"), ROLES))
                    .isEmpty();
            Scripts.rollback(database.owner(), protect);
            assertThat(Catalog.of(database.superuser())).isEqualTo(before);
            Scripts.apply(database.owner(), protect);
            assertThat(Catalog.of(database.superuser())).isEqualTo(after);
            Scripts.rollback(database.owner(), protect);
        }
    }

    @Test
    void partitionedTablesWithSharedRowsAreClosed() throws SQLException {
        TestDatabase.execute(
                database.owner(),
                "create table hint (id bigint, tenant_id bigint) partition by list (tenant_id)",
                "create table hint_shared partition of hint for values in (null)",
                "create table hint_rest partition of hint default",
                "insert into hint values (0, null), (1, 1), (2, 2)",
                "grant select, delete on hint, hint_shared, hint_rest to boundary_app");
        assertThat(as("1", "select id from hint_rest")).containsExactlyInAnyOrder("1", "2");
        RlsChange protect = TableChanges.protectTable(
                TableName.of("hint"), TableRows.mixed("tenant_id").inPartitions(), ROLES, TablePrivilege.ALL);
        List<String> before = Catalog.of(database.superuser());
        Scripts.apply(database.owner(), protect);
        List<String> after = Catalog.of(database.superuser());
        assertThat(as("1", "select id from hint")).containsExactlyInAnyOrder("0", "1");
        assertThat(as("1", "delete from hint where id = 0")).containsExactly("0");
        denied("select id from hint_rest", "permission denied");
        denied("delete from hint_shared", "permission denied");
        Scripts.rollback(database.owner(), protect);
        assertThat(Catalog.of(database.superuser())).isEqualTo(before);
        Scripts.apply(database.owner(), protect);
        assertThat(Catalog.of(database.superuser())).isEqualTo(after);
    }

    @Test
    void partitionsMustBeProtectedFromTheTop() {
        Stream.of("booking", "event_2026")
                .forEach(table -> assertThatThrownBy(() -> Scripts.apply(
                                database.owner(),
                                TableChanges.protectTable(
                                        TableName.of(table),
                                        TableRows.byTenantColumn("tenant_id").inPartitions(),
                                        ROLES,
                                        TablePrivilege.ALL)))
                        .hasMessageContaining(
                                table.equals("booking") ? "is not a partitioned table" : "is itself a partition"));
    }

    @Test
    void aViewReadsAsWhoeverQueriesIt() throws SQLException {
        Scripts.apply(database.owner(), PROTECT_BOOKING);
        if (PostgresVersionTest.major() < 15) {
            TestDatabase.execute(database.owner(), "create view looking as select 1 as one");
            refused("looking", "A view cannot be protected before PostgreSQL 15");
            return;
        }
        // A view of a role that bypasses policies shows everything.
        TestDatabase.execute(
                database.superuser(),
                "create view looking as select id, tenant_id, title from booking",
                "grant select on looking to boundary_app, public",
                "grant insert (id) on looking to boundary_app");
        assertThat(as("1", "select id from looking")).containsExactlyInAnyOrder("1", "2");

        RlsChange protect = TableChanges.protectView(
                TableName.of("looking"), ROLES, Set.of(TablePrivilege.SELECT, TablePrivilege.UPDATE));
        List<String> before = Catalog.of(database.superuser());
        Scripts.apply(database.superuser(), protect);
        assertThat(as("1", "select id from looking")).containsExactly("1");
        assertThat(as("1", "update looking set title = 'x'")).containsExactly("1");
        denied("insert into looking (id) values (9)", "permission denied");
        Scripts.rollback(database.superuser(), protect);
        assertThat(Catalog.of(database.superuser())).isEqualTo(before);
    }

    @Test
    void refusesViewsThatStayOpen() throws SQLException {
        assumeTrue(PostgresVersionTest.major() >= 15, "no view can be protected");
        TestDatabase.execute(
                database.owner(),
                "create view open_view as select * from booking",
                "create view over_view as select * from open_view",
                "create materialized view stored as select * from booking",
                "create view over_stored as select * from stored",
                "create view ruled as select * from booking",
                "create rule away as on delete to ruled do instead delete from booking");
        refused("over_view", "reads another view that is not protected");
        refused("stored", "is a materialized view");
        refused("over_stored", "reads a materialized view");
        refused("ruled", "has rules");
        refused("booking", "is not a view");
        refused("nothing", "There is no view public.nothing");
        Scripts.apply(database.owner(), view("open_view"), view("over_view"));
    }

    private void refused(String name, String message) {
        assertThatThrownBy(() -> Scripts.apply(database.owner(), view(name))).hasMessageContaining(message);
    }

    private static RlsChange view(String name) {
        return TableChanges.protectView(TableName.of(name), ROLES, Set.of(TablePrivilege.SELECT));
    }

    private void addOpenPartition() throws SQLException {
        TestDatabase.execute(
                database.owner(),
                "create table event_2027 partition of event for values from ('2027-01-01') to ('2028-01-01')",
                "grant select on event_2027 to boundary_app");
        TestDatabase.execute(database.admin(), "insert into event values (7, 1, '2027-06-01'), (8, 2, '2027-06-01')");
    }

    private List<String> as(String tenant, String sql) throws SQLException {
        return Scripts.as(database.application(), tenant, sql);
    }

    private void denied(String sql, String message) {
        assertThatThrownBy(() -> as("1", sql)).as(sql).hasMessageContaining(message);
    }
}
