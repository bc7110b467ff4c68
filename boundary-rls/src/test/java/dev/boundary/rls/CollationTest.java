package dev.boundary.rls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.boundary.core.TenantKeyType;
import dev.boundary.testing.postgresql.PostgresServer;
import dev.boundary.testing.postgresql.TestDatabase;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Under a collation that takes "acme" and "ACME" for equal, two tenants would be one. */
@Tag("every-postgresql")
class CollationTest {

    private static TestDatabase database;

    @BeforeAll
    static void create() throws SQLException {
        database = PostgresServer.shared().createDatabase();
        Scripts.apply(
                database.owner(),
                InstallBoundary.of(TenantKeyType.TEXT),
                new CreateBoundaryRoles(RoleNames.DEFAULT, "public"));
        TestDatabase.execute(
                database.owner(),
                "create collation caseless (provider = icu, locale = 'und-u-ks-level2', deterministic = false)",
                "create domain code as text collate caseless",
                "create table by_column (tenant_id text collate caseless not null)",
                "create table by_domain (tenant_id code not null)",
                "create table mixed (tenant_id text collate caseless)",
                "create table club (code text primary key, tenant_id text not null)",
                "create table caseless_club (code text collate caseless primary key, tenant_id text not null)",
                "create table team (club text collate caseless not null references caseless_club)");
        Scripts.apply(database.owner(), protect("club", TableRows.byTenantColumn("tenant_id")));
        Scripts.apply(database.owner(), protect("caseless_club", TableRows.byTenantColumn("tenant_id")));
    }

    @AfterAll
    static void drop() throws SQLException {
        database.close();
    }

    private static RlsChange protect(String table, TableRows rows) {
        return TableChanges.protectTable(TableName.of(table), rows, RoleNames.DEFAULT, TablePrivilege.ALL);
    }

    static Stream<RlsChange> changes() {
        TableRows byTenant = TableRows.byTenantColumn("tenant_id");
        return Stream.of(
                protect("by_column", byTenant),
                protect("by_domain", byTenant),
                protect("mixed", TableRows.mixed("tenant_id")),
                protect("team", TableRows.byForeignKey("club")),
                TableChanges.createTenantPolicies(TableName.of("by_column"), byTenant, RoleNames.DEFAULT.application()),
                new RetrofitTenantColumn(
                        TableName.of("by_column"), "tenant_id", new RetrofitTenantColumn.Expression("'acme'"), 100));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void isRefusedByEveryChangeThatRestsOnIt(RlsChange change) {
        assertThatThrownBy(() -> Scripts.apply(database.owner(), change))
                .hasMessageContaining("a collation that is not deterministic")
                .hasMessageContaining("COLLATE \"C\"");
    }

    /** What is compared is the column; the database's own collation is never one of these. */
    @Test
    void otherCollationsAreFine() throws SQLException {
        TestDatabase.execute(
                database.owner(),
                "create table plain (tenant_id text collate \"C\" not null)",
                "create table usual (tenant_id text not null)");
        for (String table : List.of("plain", "usual")) {
            Scripts.apply(database.owner(), protect(table, TableRows.byTenantColumn("tenant_id")));
            TestDatabase.execute(database.superuser(), "insert into " + table + " values ('acme'), ('ACME')");
            assertThat(Scripts.as(database.application(), "acme", "select tenant_id from " + table))
                    .containsExactly("acme");
        }
    }

    /** An ICU locale of the whole database that ignores case still tells texts apart. */
    @Test
    void aDatabaseWhoseLocaleIgnoresCaseTellsTextsApart() throws SQLException {
        assumeThat(Scripts.as(
                        database.superuser(), null, "select current_setting('server_version_num')::int >= 150000"))
                .containsExactly("t");
        TestDatabase.execute(
                database.superuser(),
                "create database caseless_database template template0 encoding 'UTF8' locale_provider icu icu_locale"
                        + " 'und-u-ks-level2' locale 'C'");
        try {
            var source = database.superuser();
            source.setDatabaseName("caseless_database");
            assertThat(Scripts.as(source, null, "select 'acme' = 'ACME'")).containsExactly("f");
        } finally {
            TestDatabase.execute(database.superuser(), "drop database caseless_database");
        }
    }
}
