package dev.boundary.rls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boundary.core.TenantKeyType;
import dev.boundary.testing.postgresql.PostgresServer;
import dev.boundary.testing.postgresql.TestDatabase;
import dev.boundary.testing.postgresql.TestRoles;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Keys reach past the policies: each attack works before the change and fails after it. */
@Tag("every-postgresql")
class KeysTest {

    private static final RoleNames ROLES = RoleNames.DEFAULT;

    private TestDatabase database;

    @BeforeEach
    void prepare() throws SQLException {
        database = PostgresServer.shared().createDatabase("keys", TestRoles.DEFAULT, KeysTest::build);
    }

    private static void build(TestDatabase database) throws SQLException {
        TestDatabase.execute(
                database.owner(),
                "create table member (id bigint primary key, tenant_id bigint not null, email text unique,"
                        + " badge int, constraint badge unique (badge) deferrable initially deferred)",
                "create unique index member_code on member (id, badge)",
                "create table booking (id bigint primary key, tenant_id bigint not null,"
                        + " member_id bigint references member on delete cascade)",
                "create table extra (id bigint primary key, tenant_id bigint not null, member_id bigint)",
                "insert into member values (1, 1, 'a@x', 1), (2, 2, 'b@x', 2)",
                "insert into booking values (1, 1, 1), (2, 2, 2)");
        Scripts.apply(
                database.owner(),
                InstallBoundary.of(TenantKeyType.BIGINT),
                new CreateBoundaryRoles(ROLES, "public"),
                protect("member"),
                protect("booking"),
                protect("extra"));
    }

    @AfterEach
    void drop() throws SQLException {
        database.close();
    }

    @Test
    void aUniqueKeyIsNoOracle() throws SQLException {
        assertThatThrownBy(() -> as("1", "insert into member (id, email, badge) values (3, 'b@x', 9)"))
                .as("tenant 1 learns that somebody has this address")
                .hasMessageContaining("member_email_key");
        roundTrip(unique("member", "email"));
        assertThat(as("1", "insert into member (id, email, badge) values (3, 'b@x', 9)"))
                .containsExactly("1");
        assertThatThrownBy(() -> as("1", "insert into member (id, email, badge) values (4, 'b@x', 10)"))
                .hasMessageContaining("member_email_key");

        roundTrip(unique("member", "badge"));
        assertThat(as("1", "insert into member (id, email, badge) values (5, 'c@x', 2)"))
                .containsExactly("1");
        roundTrip(unique("member", "badge", "id"));
        assertThat(Catalog.of(database.superuser()))
                .anyMatch(line -> line.contains("UNIQUE (tenant_id, badge) DEFERRABLE INITIALLY DEFERRED"))
                .anyMatch(line -> line.contains("member_code ON public.member USING btree (tenant_id, id, badge)"));
    }

    @Test
    void aPrimaryKeyIsNoOracle() throws SQLException {
        assertThatThrownBy(() -> as("1", "insert into extra values (7, 1, 1), (7, 1, 1)"))
                .hasMessageContaining("extra_pkey");
        assertThat(as("2", "insert into extra (id) values (8)")).containsExactly("1");
        assertThatThrownBy(() -> as("1", "insert into extra (id) values (8)")).hasMessageContaining("extra_pkey");
        roundTrip(new KeyChanges(TableName.of("extra"), "tenant_id").addTenantPrimaryKey());
        assertThat(as("1", "insert into extra (id) values (8)")).containsExactly("1");
        assertThatThrownBy(() -> as("1", "insert into extra (id) values (8)")).hasMessageContaining("extra_pkey");
    }

    @Test
    void anIndexBuiltBeforeIsUsed() throws SQLException {
        TestDatabase.execute(
                database.owner(),
                "create unique index concurrently ready on extra (tenant_id, id)",
                "create unique index concurrently ready_too on extra (tenant_id, member_id)",
                "create unique index concurrently ready_email on member (tenant_id, email)");
        roundTrip(new KeyChanges(TableName.of("extra"), "tenant_id").addTenantPrimaryKey());
        roundTrip(unique("extra", "member_id"));
        roundTrip(unique("member", "email"));
        assertThat(Catalog.of(database.superuser())).noneMatch(line -> line.contains("ready"));
    }

    @Test
    void aForeignKeyDoesNotReachAnotherTenant() throws SQLException {
        // The attack: tenant 1 refers to tenant 2's member, learns that it exists, and is deleted with it.
        assertThat(as("1", "insert into booking (id, member_id) values (10, 2)"))
                .containsExactly("1");
        assertThatThrownBy(() -> as("1", "insert into booking (id, member_id) values (11, 99)"))
                .hasMessageContaining("booking_member_id_fkey");
        assertThat(as("2", "delete from member where id = 2")).containsExactly("1");
        assertThat(as("1", "select id from booking"))
                .as("tenant 1's row went with it")
                .containsExactly("1");

        Scripts.apply(database.owner(), unique("member", "id"));
        roundTrip(foreignKey("booking", "member_id", null));
        Scripts.as(database.admin(), null, "insert into member values (2, 2, 'b@x', 2)");
        for (String id : List.of("2", "99")) {
            assertThatThrownBy(() -> as("1", "insert into booking (id, member_id) values (10, " + id + ")"))
                    .as("no difference between a foreign and a missing member")
                    .hasMessageContaining("violates foreign key constraint \"booking_member_id_fkey\"");
        }
        assertThat(as("1", "delete from member where id = 1")).containsExactly("1");
        assertThat(as("1", "select id from booking")).as("cascades still work").isEmpty();
        // Nothing refers to the old key any more.
        roundTrip(new KeyChanges(TableName.of("member"), "tenant_id").addTenantPrimaryKey());
    }

    @Test
    void existingRowsAreCheckedUnderForce() throws SQLException {
        Scripts.as(database.admin(), null, "insert into booking values (10, 1, 2)");
        Scripts.apply(database.owner(), unique("member", "id"));
        List<String> before = Catalog.of(database.superuser());
        assertThatThrownBy(() -> Scripts.apply(database.owner(), foreignKey("booking", "member_id", null)))
                .hasMessageContaining("violates foreign key constraint");
        assertThat(Catalog.of(database.superuser())).isEqualTo(before);
        // Why FORCE is lifted meanwhile: the owner's check sees no row, and accepts what is wrong.
        TestDatabase.execute(
                database.owner(),
                "alter table booking add constraint blind foreign key (tenant_id, member_id) references member (tenant_id, id)");
    }

    @Test
    void aNewForeignKey() throws SQLException {
        Scripts.apply(database.owner(), unique("member", "id"));
        roundTrip(foreignKey("extra", "member_id", TableName.of("member")));
        assertThatThrownBy(() -> as("1", "insert into extra (id, member_id) values (10, 2)"))
                .hasMessageContaining("extra_tenant_id_member_id_fkey");
    }

    @Test
    void setNullKeepsTheTenant() throws SQLException {
        TestDatabase.execute(
                database.owner(),
                "alter table extra add constraint gone foreign key (member_id) references member on delete set null");
        Scripts.apply(database.owner(), unique("member", "id"));
        if (PostgresVersionTest.major() < 15) {
            refused(foreignKey("extra", "member_id", null), "before PostgreSQL 15 would take the tenant away too");
            return;
        }
        roundTrip(foreignKey("extra", "member_id", null));
        assertThat(as("1", "insert into extra (id, member_id) values (1, 1)")).containsExactly("1");
        assertThat(as("1", "delete from member where id = 1")).containsExactly("1");
        assertThat(as("1", "select coalesce(member_id, 0) || ' ' || tenant_id from extra"))
                .containsExactly("0 1");
    }

    @Test
    void saysWhatIsInTheWay() throws SQLException {
        refused(
                new KeyChanges(TableName.of("member"), "tenant_id").addTenantPrimaryKey(),
                "Foreign keys refer to the key of public.member without the tenant: booking_member_id_fkey on public.booking");
        refused(foreignKey("booking", "member_id", null), "member has no unique key on tenant_id, id");
        refused(foreignKey("extra", "member_id", null), "has no foreign key on (member_id) to take");
        refused(foreignKey("extra", "member_id", TableName.of("nothing")), "has no foreign key on (member_id)");
        refused(unique("member", "nothing"), "has no column \"nothing\"");
        Scripts.apply(database.owner(), unique("member", "id"));
        refused(unique("member", "id"), "has a unique key on tenant_id, id already");
        TestDatabase.execute(database.owner(), "create table bare (id bigint, tenant_id bigint)");
        refused(new KeyChanges(TableName.of("bare"), "tenant_id").addTenantPrimaryKey(), "has no primary key");
        refused(foreignKey("bare", "id", TableName.of("member")), "may be null");
        assertThatThrownBy(() -> unique("member", "tenant_id")).hasMessageContaining("without the tenant column");
    }

    private void refused(RlsChange change, String message) {
        assertThatThrownBy(() -> Scripts.apply(database.owner(), change)).hasMessageContaining(message);
    }

    /** Applies, rolls back, compares, applies again. */
    private void roundTrip(RlsChange change) throws SQLException {
        List<String> before = Catalog.of(database.superuser());
        Scripts.apply(database.owner(), change);
        List<String> after = Catalog.of(database.superuser());
        assertThat(after).isNotEqualTo(before);
        Scripts.rollback(database.owner(), change);
        assertThat(Catalog.of(database.superuser())).isEqualTo(before);
        Scripts.apply(database.owner(), change);
        assertThat(Catalog.of(database.superuser())).isEqualTo(after);
    }

    private static RlsChange unique(String table, String... columns) {
        return new KeyChanges(TableName.of(table), "tenant_id").addTenantUnique(List.of(columns), null);
    }

    private static RlsChange foreignKey(String table, String column, @Nullable TableName referenced) {
        return new KeyChanges(TableName.of(table), "tenant_id")
                .addTenantForeignKey(
                        List.of(column), referenced, "tenant_id", referenced == null ? List.of() : List.of("id"), null);
    }

    private static RlsChange protect(String table) {
        return TableChanges.protectTable(
                TableName.of(table), TableRows.byTenantColumn("tenant_id"), ROLES, TablePrivilege.ALL);
    }

    private List<String> as(String tenant, String sql) throws SQLException {
        return Scripts.as(database.application(), tenant, sql);
    }
}
