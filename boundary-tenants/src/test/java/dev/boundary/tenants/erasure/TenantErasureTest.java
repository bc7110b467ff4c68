package dev.boundary.tenants.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boundary.rls.TableRows;
import dev.boundary.tenants.RowCounts;
import dev.boundary.tenants.RowProgress;
import dev.boundary.tenants.TenantDataException;
import dev.boundary.tenants.World;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TenantErasureTest {

    private static final long ROWS = 36;
    private static World world;

    @BeforeAll
    static void create() throws SQLException {
        world = World.filled();
    }

    @AfterAll
    static void drop() throws SQLException {
        world.close();
    }

    @BeforeEach
    void refill() throws SQLException {
        world.clear(World.A);
        world.fill(World.A);
    }

    private static TenantErasure erasure() {
        return world.erasure();
    }

    @Test
    void deletesEveryRowOfTheTenantAndNoOther() throws SQLException {
        Map<String, String> before = world.digestWithout(World.A);
        List<RowProgress> progress = new ArrayList<>();
        RowCounts planned = erasure().dryRun(World.A);
        assertThat(planned.byTable())
                .hasSize(World.TABLES.size())
                .allSatisfy((table, rows) -> assertThat(rows).as(table).isPositive());
        assertThat(erasure().scan(World.A).isClean()).isFalse();
        RowCounts deleted =
                erasure().withBatchSize(2).withProgress(progress::add).erase(World.A);
        assertThat(deleted).isEqualTo(planned);
        assertThat(deleted.total()).isEqualTo(ROWS);
        assertThat(erasure().scan(World.A).requireClean().admin()).isPresent();
        assertThat(world.digestWithout(World.A)).isEqualTo(before);
        assertThat(erasure().dryRun(World.B).total()).isEqualTo(ROWS);
        assertThat(progress.stream()
                        .filter(step -> step.table().equals("public.log"))
                        .map(RowProgress::rows))
                .containsExactly(2L, 4L);
    }

    @Test
    void aSecondRunContinuesAnInterruptedOne() throws SQLException {
        List<RowProgress> progress = new ArrayList<>();
        assertThatThrownBy(() -> erasure()
                        .withBatchSize(1)
                        .withProgress(step -> {
                            progress.add(step);
                            if (progress.size() == 9) {
                                throw new IllegalStateException("interrupted");
                            }
                        })
                        .erase(World.A))
                .hasMessage("interrupted");
        long left = erasure().dryRun(World.A).total();
        assertThat(left).isBetween(1L, ROWS - 1);
        assertThat(erasure().erase(World.A).total()).isEqualTo(left);
        erasure().scan(World.A).requireClean();
        assertThat(erasure().erase(World.A).total()).isZero();
    }

    @Test
    void theScanFindsRemainingRows() throws SQLException {
        world.run(
                "create policy hides on log as restrictive for select to boundary_app using (message not like 'last%')");
        try {
            erasure().erase(World.A);
            TenantErasure.Scan scan = erasure().scan(World.A);
            assertThat(scan.application().total()).isZero();
            assertThat(scan.isClean()).isFalse();
            assertThatThrownBy(scan::requireClean)
                    .isInstanceOf(TenantDataException.class)
                    .hasMessageContaining("Table public.log has 1 rows that the admin role sees");
            assertThat(TenantErasure.of(world.application()).scan(World.A).isClean())
                    .as("without the admin role")
                    .isTrue();
        } finally {
            world.run("drop policy hides on log");
            erasure().erase(World.A);
        }
    }

    @Test
    void reportsMissingPrivilegesBeforeAnythingIsDeleted() throws SQLException {
        world.run("revoke delete on log, booking from boundary_app");
        try {
            assertThatThrownBy(() -> erasure().erase(World.A))
                    .isInstanceOf(TenantDataException.class)
                    .hasMessageContaining(
                            "may not DELETE on public.log. Run: grant delete on \"public\".\"log\" to \"boundary_app\"")
                    .hasMessageContaining("may not DELETE on public.booking.");
        } finally {
            world.run("grant delete on log, booking to boundary_app");
        }
        assertThat(erasure().dryRun(World.A).total()).isEqualTo(ROWS);
    }

    @Test
    void refusesARoleThatSeesTooMuchOrNothing() {
        for (var wrong : List.of(
                world.database().superuser(), world.admin(), world.database().owner())) {
            assertThatThrownBy(() -> TenantErasure.of(wrong).erase(World.A)).isInstanceOf(TenantDataException.class);
        }
        assertThatThrownBy(() -> TenantErasure.of(world.application())
                        .withAdmin(world.application())
                        .scan(World.A))
                .isInstanceOf(TenantDataException.class)
                .hasMessageContaining("does not see every row of table public.booking");
    }

    @Test
    void findsRowsOfOthersThatACascadeWouldDelete() throws SQLException {
        world.run(
                "create table hole (id int primary key, tenant_id uuid not null, customer_id bigint not null references"
                        + " customer on delete cascade)",
                "alter table hole owner to boundary_owner");
        World.apply(
                world.database().owner(),
                List.of(dev.boundary.rls.TableChanges.protectTable(
                        dev.boundary.rls.TableName.of("hole"),
                        TableRows.byTenantColumn("tenant_id"),
                        dev.boundary.rls.RoleNames.DEFAULT,
                        dev.boundary.rls.TablePrivilege.ALL)));
        try {
            assertThatThrownBy(() -> TenantErasure.of(world.application()).erase(World.A))
                    .isInstanceOf(TenantDataException.class)
                    .hasMessageContaining("hole_customer_id_fkey")
                    .hasMessageContaining("withAdmin");
            world.run("insert into hole select 1, '" + World.B.tenant() + "', min(id) from customer where tenant_id = '"
                    + World.A.tenant() + "'");
            assertThatThrownBy(() -> erasure().erase(World.A))
                    .isInstanceOf(TenantDataException.class)
                    .hasMessageContaining("1 rows: Foreign key hole_customer_id_fkey");
            assertThat(erasure().scan(World.A).application().total()).isEqualTo(ROWS);
            world.run("alter table hole drop constraint hole_customer_id_fkey, add constraint hole_customer_id_fkey"
                    + " foreign key (customer_id) references customer");
            assertThatThrownBy(() -> erasure().erase(World.A))
                    .isInstanceOf(TenantDataException.class)
                    .hasMessageContaining("public.customer")
                    .hasMessageContaining("others refer to them");
            world.run("delete from hole");
            erasure().erase(World.A);
        } finally {
            world.run("drop table hole", "delete from boundary.protected_table where table_name = 'hole'");
        }
        erasure().scan(World.A).requireClean();
    }

    /** No archive contains them. */
    @Test
    void findsRowsOfUnprotectedTablesThatACascadeWouldDelete() throws SQLException {
        world.run("create table attachment (customer_id bigint references customer (id) on delete cascade)");
        try {
            assertThatThrownBy(() -> TenantErasure.of(world.application()).erase(World.A))
                    .isInstanceOf(TenantDataException.class)
                    .hasMessageContaining("attachment_customer_id_fkey")
                    .hasMessageContaining("withAdmin");
            assertThatThrownBy(() -> erasure().dryRun(World.A))
                    .isInstanceOf(TenantDataException.class)
                    .hasMessageContaining("may not read table public.attachment");
            world.run(
                    "grant select on attachment to boundary_admin",
                    "insert into attachment select min(id) from customer where tenant_id = '" + World.A.tenant() + "'",
                    "insert into attachment values (null)");
            assertThatThrownBy(() -> erasure().erase(World.A))
                    .isInstanceOf(TenantDataException.class)
                    .hasMessageContaining("1 rows: Foreign key attachment_customer_id_fkey")
                    .hasMessageContaining("that table is not protected");
            assertThat(erasure().scan(World.A).application().total()).isEqualTo(ROWS);
            world.run("delete from attachment where customer_id is not null");
            erasure().erase(World.A);
        } finally {
            world.run("drop table attachment");
        }
        erasure().scan(World.A).requireClean();
    }

    @Test
    void stopsWhenATriggerKeepsRows() throws SQLException {
        world.run(
                "create function keep() returns trigger language plpgsql as 'begin return null; end'",
                "create trigger keep before delete on log for each row execute function keep()");
        try {
            assertThatThrownBy(() -> erasure().erase(World.A))
                    .isInstanceOf(TenantDataException.class)
                    .hasMessageContaining("public.log are not deleted: a trigger");
        } finally {
            world.run("drop trigger keep on log", "drop function keep()");
        }
    }

    @Test
    void reportsARenamedTable() throws SQLException {
        world.run("alter table log rename to journal");
        try {
            assertThatThrownBy(() -> erasure().dryRun(World.A))
                    .isInstanceOf(TenantDataException.class)
                    .hasMessageContaining("boundary.protected_table lists table public.log, which does not exist");
        } finally {
            world.run("alter table journal rename to log");
        }
    }
}
