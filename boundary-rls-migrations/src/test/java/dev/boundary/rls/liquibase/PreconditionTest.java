package dev.boundary.rls.liquibase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boundary.rls.Catalog;
import dev.boundary.rls.Migrations;
import dev.boundary.testing.postgresql.PostgresServer;
import dev.boundary.testing.postgresql.TestDatabase;
import dev.boundary.testing.postgresql.TestRoles;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Preconditions hold after the changes, and each drift makes them fail with what has drifted. */
@ResourceLock(Migrations.LIQUIBASE)
class PreconditionTest {

    private static TestDatabase sound;

    @BeforeAll
    static void prepare() throws Exception {
        sound = prepared();
    }

    @AfterAll
    static void drop() throws Exception {
        sound.close();
    }

    @Tag("every-liquibase")
    @Test
    void holdWhereNothingDrifted() throws Exception {
        try (TestDatabase database = prepared()) {
            List<String> before = Catalog.of(database.superuser());
            for (String precondition : List.of(
                    "tableProtected: { tableName: booking }",
                    "tableProtected: { tableName: line, schemaName: public }",
                    "tableProtected: { tableName: note }",
                    "tableProtected: { tableName: template }",
                    "roleCannotBypass: {}",
                    "roleCannotBypass: { roleName: boundary_admin }",
                    "boundaryInstalled: {}",
                    "boundaryInstalled: { tenantKeyType: bigint, predicate: pinned, missing: error }")) {
                check(database, precondition);
            }
            assertThat(Catalog.of(database.superuser()))
                    .as("nothing left behind")
                    .isEqualTo(before);
        }
    }

    @Tag("every-liquibase")
    @Test
    void workInXml() throws Exception {
        try (TestDatabase database = prepared()) {
            String changeLog = """
                    <databaseChangeLog xmlns="http://www.liquibase.org/xml/ns/dbchangelog"
                        xmlns:boundary="http://www.boundary.dev/xml/ns/boundary-1.0"
                        xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                        xsi:schemaLocation="http://www.liquibase.org/xml/ns/dbchangelog
                            http://www.liquibase.org/xml/ns/dbchangelog/dbchangelog-latest.xsd
                            http://www.boundary.dev/xml/ns/boundary-1.0
                            http://www.boundary.dev/xml/ns/boundary-1.0.xsd">
                      <preConditions><boundary:tableProtected tableName="%s"/><boundary:roleCannotBypass/></preConditions>
                    </databaseChangeLog>
                    """;
            Migrations.updateText(database.owner(), "good.xml", changeLog.formatted("booking"));
            assertThatThrownBy(
                            () -> Migrations.updateText(database.owner(), "bad.xml", changeLog.formatted("currency")))
                    .hasStackTraceContaining("Table public.currency is not protected by Boundary");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            alter table booking disable row level security | tableProtected: { tableName: booking } | Row-level security is off
            alter table booking no force row level security | tableProtected: { tableName: booking } | not forced
            drop policy boundary_floor on booking | tableProtected: { tableName: booking } | Policy boundary_floor is missing
            drop policy boundary_admin on booking | tableProtected: { tableName: booking } | Policy boundary_admin is missing
            alter policy boundary_tenant on booking using (true) | tableProtected: { tableName: booking } | Policy boundary_tenant is not what Boundary would create: using (true)
            alter policy boundary_floor on booking with check (true) | tableProtected: { tableName: booking } | Policy boundary_floor is not what
            alter policy boundary_tenant on booking to boundary_admin | tableProtected: { tableName: booking } | Policy boundary_tenant is not what
            alter policy boundary_tenant on note using (id > 0) | tableProtected: { tableName: note } | Policy boundary_tenant is not what
            drop policy boundary_floor_delete on template | tableProtected: { tableName: template } | Policy boundary_floor_delete is missing
            grant truncate on booking to boundary_app | tableProtected: { tableName: booking } | may TRUNCATE
            grant trigger on booking to public | tableProtected: { tableName: booking } | may TRIGGER
            grant update (tenant_id) on booking to boundary_app | tableProtected: { tableName: booking } | may update the tenant column
            alter table booking alter column tenant_id drop not null | tableProtected: { tableName: booking } | Column tenant_id may be null
            alter table booking alter column tenant_id drop default | tableProtected: { tableName: booking } | does not default to the current tenant
            alter table booking rename column tenant_id to club_id | tableProtected: { tableName: booking } | Column tenant_id is gone
            drop index booking_tenant_id_idx | tableProtected: { tableName: booking } | No index is led by the tenant
            alter table note rename to remark | tableProtected: { tableName: note } | is registered as protected and is not there
            select 1 | tableProtected: { tableName: currency } | Table public.currency is not protected
            select 1 | tableProtected: {} | The attribute tableName is missing
            select 1 | tableProtected: { table: booking } | tableProtected has no attribute table
            select 1 | roleCannotBypass: { roleName: postgres } | postgres is a superuser
            select 1 | roleCannotBypass: { roleName: boundary_owner } | boundary_owner owns
            select 1 | roleCannotBypass: { roleName: nobody } | there is no role "nobody"
            select 1 | boundaryInstalled: { predicate: inline } | predicate is pinned and not inline
            select 1 | boundaryInstalled: { version: '1' } | version is 2 and not 1
            """)
    void find(String drift, String precondition, String message) throws Exception {
        if (drift.equals("select 1")) {
            assertThatThrownBy(() -> check(sound, precondition)).hasStackTraceContaining(message);
            return;
        }
        try (TestDatabase database = prepared()) {
            TestDatabase.execute(database.owner(), drift);
            assertThatThrownBy(() -> check(database, precondition)).hasStackTraceContaining(message);
        }
    }

    @Test
    void sayThatNothingIsInstalled() throws Exception {
        try (TestDatabase database = PostgresServer.shared().createDatabase()) {
            assertThatThrownBy(() -> check(database, "boundaryInstalled: {}"))
                    .hasStackTraceContaining("Boundary is not installed in this database");
            assertThatThrownBy(() -> check(database, "tableProtected: { tableName: booking }"))
                    .hasStackTraceContaining("Boundary is not installed in this database");
        }
    }

    private static void check(TestDatabase database, String precondition) throws Exception {
        Migrations.updateText(
                database.owner(),
                "check.yaml",
                "databaseChangeLog: [ { preConditions: [ { " + precondition + " } ] } ]");
    }

    private static TestDatabase prepared() throws Exception {
        return PostgresServer.shared().createDatabase("precondition", TestRoles.DEFAULT, database -> {
            TestDatabase.execute(database.owner(), ChangeLogTest.TABLES);
            try {
                Migrations.update(database.owner(), "changelogs/all.yaml");
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }
}
