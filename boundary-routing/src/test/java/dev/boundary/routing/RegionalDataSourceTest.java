package dev.boundary.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.boundary.core.Scope.TenantScope;
import dev.boundary.core.Scope.UnscopedScope;
import dev.boundary.core.TenantContext;
import dev.boundary.core.TenantKey;
import dev.boundary.core.TenantNotSetException;
import dev.boundary.core.routing.UnknownRegionException;
import dev.boundary.testing.postgresql.PostgresServer;
import dev.boundary.testing.postgresql.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RegionalDataSourceTest {

    private static final TenantKey ACME = TenantKey.of(1L);

    @SuppressWarnings("NullAway.Init")
    private static TestDatabase eu;

    @SuppressWarnings("NullAway.Init")
    private static TestDatabase us;

    @SuppressWarnings("NullAway.Init")
    private static RegionalDataSource databases;

    @BeforeAll
    static void start() throws SQLException {
        eu = PostgresServer.shared().createDatabase();
        us = PostgresServer.shared().createDatabase();
        databases = RegionalDataSource.of(Map.of("us", us.application(), "eu", eu.application()));
    }

    @AfterAll
    static void stop() throws SQLException {
        us.close();
        eu.close();
    }

    private static String databaseName(DataSource source) {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select current_database()")) {
            rows.next();
            return rows.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static TenantScope acmeIn(String region) {
        return new TenantScope(ACME, Optional.of(region));
    }

    @Test
    void routesByTheRegionOfTheScope() {
        DataSource europe = eu.application();
        DataSource america = us.application();
        // @start region="regions"
        RegionalDataSource regional = RegionalDataSource.of(Map.of("eu", europe, "us", america));
        TenantScope acme = new TenantScope(TenantKey.of(1L), Optional.of("eu")); // or tenant.scope()

        String database = TenantContext.where(acme).call(() -> databaseName(regional));
        // @end
        assertThat(database).isEqualTo(eu.name());
        assertThat(TenantContext.where(acmeIn("us")).call(() -> databaseName(regional)))
                .isEqualTo(us.name());
        assertThat(regional.regions()).containsExactly("eu", "us");
        assertThat(databaseName(regional.in("us"))).isEqualTo(us.name());
    }

    @Test
    void thereIsNoDefaultRegion() {
        assertThatExceptionOfType(TenantNotSetException.class).isThrownBy(databases::getConnection);
        assertThatExceptionOfType(UnknownRegionException.class)
                .isThrownBy(() -> TenantContext.where(ACME).call(databases::getConnection))
                .withMessageContaining("tenant 1")
                .withMessageContaining("[eu, us]");
        assertThatExceptionOfType(UnknownRegionException.class)
                .isThrownBy(() -> TenantContext.where(acmeIn("asia")).call(databases::getConnection))
                .withMessageContaining("\"asia\"");
        assertThatExceptionOfType(UnknownRegionException.class)
                .isThrownBy(() -> TenantContext.where(acmeIn("EU")).call(databases::getConnection));
        assertThatExceptionOfType(UnknownRegionException.class)
                .isThrownBy(() -> TenantContext.unscoped("report").call(databases::getConnection))
                .withMessageContaining("forEachRegion");
        assertThatExceptionOfType(UnknownRegionException.class).isThrownBy(() -> databases.in("asia"));
    }

    @Test
    void looksUpTheRegionOfATenant() {
        RegionalDataSource looking =
                databases.findingRegions(tenant -> tenant.equals(ACME) ? Optional.of("us") : Optional.empty());
        assertThat(TenantContext.where(ACME).call(() -> databaseName(looking))).isEqualTo(us.name());
        assertThat(TenantContext.where(acmeIn("eu")).call(() -> databaseName(looking)))
                .isEqualTo(eu.name());
        assertThatExceptionOfType(UnknownRegionException.class)
                .isThrownBy(() -> TenantContext.where(TenantKey.of(2L)).call(looking::getConnection));
    }

    @Test
    void runsUnscopedWorkInOneRegionAfterTheOther() {
        Map<String, String> seen = new LinkedHashMap<>();
        databases.forEachRegion("report", region -> {
            assertThat(TenantContext.require()).isEqualTo(new UnscopedScope("report", Optional.of(region)));
            seen.put(region, databaseName(databases));
        });
        assertThat(seen).containsExactly(Map.entry("eu", eu.name()), Map.entry("us", us.name()));
    }

    @Test
    void refusesSettingsThatBelongToEachRegion() {
        assertThatExceptionOfType(SQLFeatureNotSupportedException.class).isThrownBy(databases::getLoginTimeout);
        assertThatExceptionOfType(SQLFeatureNotSupportedException.class).isThrownBy(() -> databases.setLoginTimeout(1));
        assertThatExceptionOfType(SQLFeatureNotSupportedException.class).isThrownBy(databases::getLogWriter);
        assertThatExceptionOfType(SQLFeatureNotSupportedException.class).isThrownBy(databases::getParentLogger);
        assertThatExceptionOfType(SQLException.class).isThrownBy(() -> databases.unwrap(Connection.class));
        assertThatIllegalArgumentException().isThrownBy(() -> RegionalDataSource.of(Map.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> acmeIn(" "));
        assertThatIllegalArgumentException().isThrownBy(() -> new UnscopedScope("report", Optional.of("")));
    }
}
