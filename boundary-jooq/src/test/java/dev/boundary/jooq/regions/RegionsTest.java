package dev.boundary.jooq.regions;

import static dev.boundary.jooq.internal.session.SessionDatabase.A;
import static dev.boundary.jooq.internal.session.SessionDatabase.B;
import static dev.boundary.jooq.internal.session.SessionDatabase.NOTE;
import static dev.boundary.jooq.internal.session.SessionDatabase.NOTE_TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.boundary.core.BoundaryException;
import dev.boundary.core.CrossTenantException;
import dev.boundary.core.Scope.TenantScope;
import dev.boundary.core.Scope.UnscopedScope;
import dev.boundary.core.StatementRefusedException;
import dev.boundary.core.TenantContext;
import dev.boundary.core.TenantNotSetException;
import dev.boundary.core.UnsafeDatabaseException;
import dev.boundary.core.routing.UnknownPlacementException;
import dev.boundary.core.routing.UnknownRegionException;
import dev.boundary.jooq.Boundary;
import dev.boundary.jooq.internal.session.SessionDatabase;
import dev.boundary.routing.RegionalDataSource;
import dev.boundary.testing.postgresql.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jooq.impl.DefaultConfiguration;
import org.jooq.impl.DefaultConnectionProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** One service, two databases: the statements of a tenant reach its region only, with the tenant bound there. */
class RegionsTest {

    private static final TenantScope A_IN_EU = new TenantScope(A, Optional.of("eu"));
    private static final TenantScope A_IN_US = new TenantScope(A, Optional.of("us"));
    private static final TenantScope B_IN_US = new TenantScope(B, Optional.of("us"));

    @SuppressWarnings("NullAway.Init")
    private static TestDatabase eu;

    @SuppressWarnings("NullAway.Init")
    private static TestDatabase us;

    @BeforeAll
    static void create() throws SQLException {
        eu = SessionDatabase.create();
        us = SessionDatabase.create();
    }

    @BeforeEach
    void reset() throws SQLException {
        SessionDatabase.reset(eu);
        SessionDatabase.reset(us);
        TestDatabase.execute(eu.superuser(), "update note set text = 'eu ' || text");
        TestDatabase.execute(us.superuser(), "update note set text = 'us ' || text");
    }

    @AfterAll
    static void drop() throws SQLException {
        us.close();
        eu.close();
    }

    private RegionalDataSource applications() {
        return RegionalDataSource.of(Map.of("eu", eu.application(), "us", us.application()));
    }

    private Boundary boundary() {
        return Boundary.builder(SessionDatabase.schema())
                .admin(RegionalDataSource.of(Map.of("eu", eu.admin(), "us", us.admin())))
                .build();
    }

    private static List<String> notes(DSLContext db) {
        return db.select(NOTE_TEXT).from(NOTE).orderBy(NOTE_TEXT).fetch(NOTE_TEXT);
    }

    @Test
    void aTenantsStatementsReachItsRegionOnly() {
        DSLContext db = boundary().dsl(applications());
        assertThat(TenantContext.where(A_IN_EU).call(() -> notes(db))).containsExactly("eu a1", "eu a2");
        assertThat(TenantContext.where(A_IN_US).call(() -> notes(db))).containsExactly("us a1", "us a2");
        assertThat(TenantContext.where(B_IN_US).call(() -> notes(db))).containsExactly("us b1", "us b2");
        TenantContext.where(A_IN_EU).run(() -> db.deleteFrom(NOTE).execute());
        assertThat(TenantContext.where(A_IN_US).call(() -> notes(db))).hasSize(2);
    }

    @Test
    void withoutARegionNothingIsSentAnywhere() {
        DSLContext db = boundary().dsl(applications());
        assertThatExceptionOfType(TenantNotSetException.class).isThrownBy(() -> notes(db));
        assertThatExceptionOfType(UnknownRegionException.class)
                .isThrownBy(() -> TenantContext.where(A).call(() -> notes(db)));
        assertThatExceptionOfType(UnknownRegionException.class)
                .isThrownBy(() -> TenantContext.where(new TenantScope(A, Optional.of("asia")))
                        .call(() -> notes(db)));
        assertThatExceptionOfType(UnknownRegionException.class)
                .isThrownBy(() -> TenantContext.unscoped("report").call(() -> notes(db)));
    }

    @Test
    void unscopedWorkRunsAsTheAdminRoleOfEachRegion() {
        DSLContext db = boundary().dsl(applications());
        List<String> all = new ArrayList<>();
        applications().forEachRegion("report", region -> all.addAll(notes(db)));
        assertThat(all).containsExactly("eu a1", "eu a2", "eu b1", "eu b2", "us a1", "us a2", "us b1", "us b2");
    }

    @Test
    void aTransactionStaysInItsRegion() {
        DSLContext db = boundary().dsl(applications());
        TenantContext.where(A_IN_EU)
                .run(() -> db.transaction(inner -> {
                    assertThat(notes(inner.dsl())).containsExactly("eu a1", "eu a2");
                    assertThatExceptionOfType(StatementRefusedException.class) // another tenant
                            .isThrownBy(() -> TenantContext.where(B_IN_US).call(() -> notes(inner.dsl())));
                }));
    }

    /** The same tenant in another region would be read from the database in which the transaction began. */
    @Test
    void aTransactionIsNotContinuedInAnotherRegion() {
        DSLContext db = boundary().dsl(applications());
        TenantContext.where(A_IN_EU)
                .run(() -> db.transaction(inner -> {
                    notes(inner.dsl());
                    assertThatExceptionOfType(StatementRefusedException.class)
                            .isThrownBy(() -> TenantContext.where(A_IN_US).call(() -> notes(inner.dsl())))
                            .withMessageContaining("region eu");
                    assertThat(TenantContext.where(A).call(() -> notes(inner.dsl())))
                            .hasSize(2); // the same tenant, anywhere
                }));
        TenantContext.where(A_IN_EU)
                .run(() -> db.connection(connection -> {
                    DSLContext onIt = boundary()
                            .dsl(new DefaultConfiguration()
                                    .set(SQLDialect.POSTGRES)
                                    .set(new DefaultConnectionProvider(connection)));
                    assertThatExceptionOfType(StatementRefusedException.class)
                            .isThrownBy(() -> TenantContext.where(A_IN_US).call(() -> notes(onIt)));
                }));
    }

    /** Unscoped work that would go on in another region would change that region's rows. */
    @Test
    void anUnscopedTransactionIsNotContinuedInAnotherRegion() throws SQLException {
        DSLContext db = boundary().dsl(applications());
        unscopedIn("eu")
                .run(() -> db.transaction(inner -> {
                    assertThat(notes(inner.dsl())).containsExactly("eu a1", "eu a2", "eu b1", "eu b2");
                    for (TenantContext.Opening other : List.of(unscopedIn("us"), TenantContext.unscoped("a test"))) {
                        assertThatExceptionOfType(BoundaryException.class)
                                .isThrownBy(() -> other.call(
                                        () -> inner.dsl().deleteFrom(NOTE).execute()));
                    }
                    assertThat(notes(inner.dsl())).hasSize(4); // the control: its own region
                }));
        unscopedIn("eu")
                .run(() -> db.transaction(inner -> assertThatExceptionOfType(StatementRefusedException.class)
                        .isThrownBy(() -> applications().forEachRegion("a test", region -> notes(inner.dsl())))
                        .withMessageContaining("in region us")));
        DataSource source = boundary().dataSource(applications());
        unscopedIn("eu").call(() -> {
            try (Connection connection = source.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("select 1"); // the control
                assertThatExceptionOfType(StatementRefusedException.class)
                        .isThrownBy(() -> unscopedIn("us").call(() -> statement.execute("delete from note")))
                        .withMessageContaining("on a connection to the shared tables in region eu");
            }
            return null;
        });
        assertThat(unscopedIn("eu").call(() -> notes(db))).hasSize(4);
        assertThat(unscopedIn("us").call(() -> notes(db))).hasSize(4);
    }

    private static TenantContext.Opening unscopedIn(String region) {
        return TenantContext.where(new UnscopedScope("a test", Optional.of(region)));
    }

    /** Which region it would be, nothing says. */
    @Test
    void adminConnectionsThatLeadToOnePlaceServeNoNamedRegion() {
        DSLContext db = Boundary.builder(SessionDatabase.schema())
                .admin(eu.admin())
                .build()
                .dsl(applications());
        assertThatExceptionOfType(UnknownPlacementException.class)
                .isThrownBy(() -> unscopedIn("us").call(() -> notes(db)))
                .withMessageContaining("RegionalDataSource");
        assertThat(TenantContext.unscoped("a test").call(() -> notes(db))).hasSize(4);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Boundary.builder(SessionDatabase.schema())
                        .admin(new DelegatingDataSource(
                                RegionalDataSource.of(Map.of("eu", eu.admin(), "us", us.admin()))))
                        .build()
                        .dsl(applications()))
                .withMessageContaining("DelegatingDataSource");
    }

    /** One region that is down takes no other along, and its error names it. */
    @Test
    void aRegionThatIsDownIsNamedAndTheOthersServe() {
        PGSimpleDataSource down = us.application();
        down.setServerNames(new String[] {"localhost"});
        down.setPortNumbers(new int[] {1});
        DSLContext db = boundary().dsl(RegionalDataSource.of(Map.of("eu", eu.application(), "us", down)));
        assertThat(TenantContext.where(A_IN_EU).call(() -> notes(db))).hasSize(2);
        assertThatExceptionOfType(DataAccessException.class)
                .isThrownBy(() -> TenantContext.where(A_IN_US).call(() -> notes(db)))
                .withMessageContaining("the shared tables in region us");
        assertThatExceptionOfType(DataAccessException.class)
                .isThrownBy(() -> boundary().dsl(RegionalDataSource.of(Map.of("us", down))))
                .withStackTraceContaining("region us");
    }

    @Test
    void eachLayerHoldsInEachRegion() {
        DSLContext db = boundary().dsl(applications());
        assertThatExceptionOfType(CrossTenantException.class)
                .isThrownBy(() -> TenantContext.where(A_IN_US)
                        .call(() -> db.insertInto(NOTE, SessionDatabase.NOTE_TENANT, NOTE_TEXT)
                                .values(2L, "foreign")
                                .execute()));
        Boundary boundary = boundary();
        List<String> byRls = TenantContext.where(B_IN_US)
                .call(() -> boundary.rlsOnly(boundary.dsl(applications()), "a test of the other layer")
                        .fetch("select text from note order by text")
                        .getValues(DSL.field("text", String.class)));
        assertThat(byRls).containsExactly("us b1", "us b2");
    }

    @Test
    void itDoesNotStartIfOneRegionIsUnsafe() throws SQLException {
        TestDatabase.execute(us.superuser(), "alter table note disable row level security");
        try {
            assertThatExceptionOfType(UnsafeDatabaseException.class)
                    .isThrownBy(() -> boundary().dsl(applications()))
                    .withMessageContaining(us.name());
            assertThatExceptionOfType(UnsafeDatabaseException.class)
                    .isThrownBy(() -> boundary().dataSource(applications()))
                    .withMessageContaining(us.name());
        } finally {
            TestDatabase.execute(us.superuser(), "alter table note enable row level security");
        }
    }
}
