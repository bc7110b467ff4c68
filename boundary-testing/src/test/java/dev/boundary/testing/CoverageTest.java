package dev.boundary.testing;

import static dev.boundary.testing.ShopSetup.BOOKING;
import static dev.boundary.testing.ShopSetup.TEMPLATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.boundary.core.TenantContext;
import dev.boundary.core.TenantKey;
import dev.boundary.core.event.BoundaryEvent.RlsOnlyAccess;
import dev.boundary.jooq.Boundary;
import dev.boundary.testing.postgresql.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run reports what a second tenant exercised, and fails if that is too little. */
class CoverageTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @Test
    void isWrittenAsText() throws IOException {
        Path file = folder.resolve("made/for/it/coverage.txt");
        assertThat(failures(file, "50", TwoTenants.class)).isEmpty();
        assertThat(Files.readString(file))
                .contains("Coverage by a second tenant, " + ShopSetup.class.getName())
                .contains("Tables: 66 %")
                .contains("[x] public.booking [SELECT, INSERT]")
                .contains("[ ] public.line")
                .contains("[x] public.template [SELECT]")
                .doesNotContain("boundary_admin")
                .containsPattern("\\[x] boundary_tenant on public\\.booking")
                .containsPattern("\\[ ] \\S+ on public\\.line")
                .contains("reporting: select count(*) from booking", "CoverageTest.java")
                .doesNotContain("Statements under row-level security only: none");
    }

    @Test
    void belowTheThresholdTheRunFails() throws IOException {
        Path file = folder.resolve("coverage.txt");
        assertThat(failures(file, "67", TwoTenants.class))
                .singleElement()
                .asString()
                .contains("Fewer than 67 %")
                .contains(ShopSetup.class.getName() + ": 66 %")
                .contains(file.toString());
        assertThat(Files.readString(file)).contains("66 %");
    }

    @Test
    void oneTenantDoesNotCount() throws IOException {
        Path file = folder.resolve("coverage.txt");
        assertThat(failures(file, "0", OneTenant.class)).isEmpty();
        assertThat(Files.readString(file)).contains("Tables: 0 %").contains("only: none");
    }

    @Test
    void aThresholdThatIsNoneIsRefused() {
        assertThat(failures(folder.resolve("coverage.txt"), "101", OneTenant.class))
                .anySatisfy(failure -> assertThat(failure).contains("\"101\"").contains("from 0 to 100"));
    }

    @Nested
    @BoundaryTest(ShopSetup.class)
    class OfOneLayer {

        @Test
        void statementsUnderRowLevelSecurityOnlyAreListedOnceEach(Isolation isolation, TestDatabase database)
                throws SQLException {
            DatabaseFixture fixture = isolation.databaseFixture();
            CoverageReport report;
            try (Connection superuser = database.superuser().getConnection()) {
                report = CoverageReport.of(fixture.ownership(), "boundary_app", superuser);
            }
            StrictMode strict = new StrictMode(fixture.relations(), Optional.empty(), new CoverageLog(report));
            for (int i = 0; i < 2; i++) {
                strict.onEvent(new RlsOnlyAccess(Optional.empty(), "reporting", "select count(*)\n  from booking"));
            }
            assertThat(report.text())
                    .contains("Statements under row-level security only:")
                    .containsOnlyOnce("- reporting: select count(*) from booking")
                    .contains("      at ");
        }
    }

    private static List<String> failures(Path file, String threshold, Class<?> tests) {
        return TestKit.failures(TestKit.run(
                Map.of(Coverage.FILE_PARAMETER, file.toString(), Coverage.THRESHOLD_PARAMETER, threshold),
                List.of(selectClass(tests))));
    }

    @BoundaryTest(ShopSetup.class)
    static class TwoTenants {

        @Test
        @WithTenants({"acme", "globex"})
        void both(DSLContext db, Boundary boundary, TenantKey acme, TenantKey globex) {
            for (TenantKey tenant : List.of(acme, globex)) {
                TenantContext.where(tenant).run(() -> {
                    boundary.rlsOnly(db, "reporting").fetch("select count(*) from booking");
                    ShopSetup.booking(db, "Ada").execute();
                    db.fetchCount(BOOKING);
                    db.fetchCount(TEMPLATE);
                });
            }
        }
    }

    @BoundaryTest(ShopSetup.class)
    static class OneTenant {

        @Test
        @WithTenant("acme")
        void one(DSLContext db) {
            ShopSetup.booking(db, "Ada").execute();
            db.fetchCount(BOOKING);
        }
    }
}
