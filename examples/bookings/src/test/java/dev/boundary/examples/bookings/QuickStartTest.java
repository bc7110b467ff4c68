package dev.boundary.examples.bookings;

import static dev.boundary.examples.bookings.db.Tables.BOOKING_LINE;
import static dev.boundary.examples.bookings.db.Tables.CLUB;
import static dev.boundary.examples.bookings.db.Tables.COURT;
import static dev.boundary.examples.bookings.db.Tables.CURRENCY;
import static dev.boundary.examples.bookings.db.Tables.TEMPLATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.boundary.core.CrossTenantException;
import dev.boundary.core.StatementRefusedException;
import dev.boundary.core.TenantContext;
import dev.boundary.core.TenantKey;
import dev.boundary.core.TenantNotSetException;
import dev.boundary.core.UnsafeDatabaseException;
import dev.boundary.examples.bookings.data.Migration;
import dev.boundary.examples.bookings.data.Pool;
import dev.boundary.examples.bookings.db.Public;
import dev.boundary.examples.bookings.db.tables.records.CourtRecord;
import dev.boundary.jooq.Boundary;
import dev.boundary.jooq.schema.TenantSchema;
import dev.boundary.testing.postgresql.PostgresServer;
import dev.boundary.testing.postgresql.TestDatabase;
import dev.boundary.testing.postgresql.TestRoles;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;

/** The regions of this test are the examples of the README. */
class QuickStartTest {

    private static final UUID PADEL_NORTH = UUID.fromString("00000000-0000-0000-0000-000000000001");
    private static final UUID TENNIS_SOUTH = UUID.fromString("00000000-0000-0000-0000-000000000002");

    @Test
    void theFirstIntegration() throws SQLException {
        try (TestDatabase database = clubs();
                var appDataSource = Pool.of(database.application(), 4);
                var adminDataSource = Pool.of(database.admin(), 1)) {
            DSLContext db = setUp(appDataSource, adminDataSource);
            use(db);
            errors(db);
            refusesToStart(database.superuser(), adminDataSource);
        }
    }

    private static DSLContext setUp(DataSource appDataSource, DataSource adminDataSource) {
        // @start region="setup"
        TenantSchema schema = TenantSchema.builder(Public.PUBLIC) // the schema that jOOQ generated
                .tenantColumn("tenant_id") // TENANT: every table that has it
                .child(BOOKING_LINE.BOOKING_ID) // CHILD: through this foreign key
                .mixed(TEMPLATE) // a null tenant is a row shared by all
                .global(CURRENCY, CLUB) // belong to no tenant, read-only here
                .build(); // a table left over is an error

        Boundary boundary = Boundary.builder(schema).admin(adminDataSource).build();
        DSLContext db = boundary.dsl(appDataSource); // checks role and policies
        // @end
        return db;
    }

    private static void use(DSLContext db) {
        // @start region="use"
        TenantKey padelNorth = TenantKey.of(PADEL_NORTH);

        List<CourtRecord> courts = TenantContext.where(padelNorth).call(() -> {
            db.insertInto(COURT, COURT.NAME).values("Centre").execute(); // the tenant is filled in
            return db.selectFrom(COURT).fetch(); // ... where tenant_id = ?
        });

        int all = TenantContext.unscoped("courts of all clubs, for the monthly report")
                .call(() -> db.fetchCount(COURT)); // as the admin role, audited
        // @end
        assertThat(courts).extracting(CourtRecord::getTenantId).containsOnly(PADEL_NORTH);
        assertThat(courts).extracting(CourtRecord::getName).containsOnly("Centre");
        assertThat(all).isEqualTo(courts.size() + 1);
    }

    private static void errors(DSLContext db) {
        // @start region="errors"
        assertThatExceptionOfType(TenantNotSetException.class) // no scope, no statement
                .isThrownBy(() -> db.selectFrom(COURT).fetch());

        TenantContext.where(TenantKey.of(PADEL_NORTH)).run(() -> {
            assertThatExceptionOfType(CrossTenantException.class) // another club's row
                    .isThrownBy(() -> db.insertInto(COURT, COURT.TENANT_ID, COURT.NAME)
                            .values(TENNIS_SOUTH, "Centre")
                            .execute());
            assertThatExceptionOfType(StatementRefusedException.class) // SQL that cannot be understood
                    .isThrownBy(() -> db.fetch("select * from court"));
        });
        // @end
    }

    private static void refusesToStart(DataSource superuser, DataSource admin) {
        assertThatExceptionOfType(UnsafeDatabaseException.class)
                .isThrownBy(() -> setUp(superuser, admin))
                .withMessageContaining("SUPERUSER");
    }

    private static TestDatabase clubs() throws SQLException {
        return PostgresServer.shared().createDatabase("quick start", TestRoles.DEFAULT, database -> {
            Migration.run(database.owner());
            TestDatabase.execute(
                    database.superuser(),
                    "insert into club (id, subdomain, name, currency_code) values ('" + PADEL_NORTH
                            + "', 'padel-north', 'Padel North', 'EUR'), ('" + TENNIS_SOUTH
                            + "', 'tennis-south', 'Tennis South', 'EUR')",
                    "insert into court (tenant_id, name) values ('" + TENNIS_SOUTH + "', 'Centre')");
        });
    }
}
