package com.acme.library;

import dev.boundary.jooq.schema.TenantSchema;
import dev.boundary.testing.liquibase.ChangeLog;
import dev.boundary.testing.DatabaseSetup;
import dev.boundary.testing.postgresql.TestDatabase;
import java.sql.SQLException;

/** Named once for all tests in junit-platform.properties. */
public final class LibraryDatabase implements DatabaseSetup {

    @Override
    public TenantSchema schema() {
        return Loans.SCHEMA;
    }

    @Override
    public void migrate(TestDatabase database) throws SQLException {
        ChangeLog.update(database, "db/changelog.yaml");
    }
}
