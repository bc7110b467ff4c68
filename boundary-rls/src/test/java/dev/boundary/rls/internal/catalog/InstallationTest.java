package dev.boundary.rls.internal.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.boundary.core.SessionVariable;
import dev.boundary.core.TenantKeyType;
import dev.boundary.rls.CreateBoundaryRoles;
import dev.boundary.rls.InstallBoundary;
import dev.boundary.rls.InstallBoundary.LeakproofMode;
import dev.boundary.rls.InstallBoundary.MissingTenant;
import dev.boundary.rls.InstallBoundary.PredicateForm;
import dev.boundary.rls.RoleNames;
import dev.boundary.rls.Scripts;
import dev.boundary.rls.internal.catalog.InstallationUnavailableException.Reason;
import dev.boundary.testing.postgresql.PostgresServer;
import dev.boundary.testing.postgresql.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InstallationTest {

    private static final SessionVariable VARIABLE = new SessionVariable("club.tenant");

    private TestDatabase database;

    @BeforeEach
    void create() throws SQLException {
        database = PostgresServer.shared().createDatabase();
    }

    @AfterEach
    void drop() throws SQLException {
        database.close();
    }

    @Test
    void readsWhatWasInstalled() throws Exception {
        install();
        Scripts.apply(database.owner(), new CreateBoundaryRoles(RoleNames.DEFAULT, "public"));
        assertThat(read(database.application()))
                .isEqualTo(new Installation(
                        InstallBoundary.LAYOUT_VERSION,
                        VARIABLE,
                        TenantKeyType.UUID,
                        MissingTenant.EMPTY,
                        PredicateForm.INLINE,
                        false));
    }

    @Test
    void reportsThatNothingIsInstalled() {
        InstallationUnavailableException thrown = failure(database.application());
        assertThat(thrown.reason()).isEqualTo(Reason.NOT_INSTALLED);
        assertThat(thrown.database()).isEqualTo(database.name());
        assertThat(thrown.role()).isEqualTo("boundary_app");
    }

    @Test
    void reportsThatTheRoleLacksThePrivilege() throws SQLException {
        install();
        assertThat(failure(database.application()).reason()).isEqualTo(Reason.NOT_READABLE);
        TestDatabase.execute(database.owner(), "grant usage on schema boundary to boundary_app");
        assertThat(failure(database.application()).reason()).isEqualTo(Reason.NOT_READABLE);
    }

    @Test
    void reportsThatAnotherSchemaHasTheName() throws SQLException {
        TestDatabase.execute(database.owner(), "create schema boundary");
        assertThat(failure(database.owner()).reason()).isEqualTo(Reason.NOT_READABLE);
    }

    @Test
    void reportsThatTheInstallationWasNotFinished() throws SQLException {
        install();
        TestDatabase.execute(database.owner(), "delete from boundary.installation");
        assertThat(failure(database.owner()).reason()).isEqualTo(Reason.EMPTY);
    }

    private void install() throws SQLException {
        Scripts.apply(
                database.owner(),
                new InstallBoundary(
                        TenantKeyType.UUID, VARIABLE, MissingTenant.EMPTY, PredicateForm.INLINE, LeakproofMode.OFF));
    }

    private static InstallationUnavailableException failure(DataSource dataSource) {
        return Objects.requireNonNull(
                catchThrowableOfType(InstallationUnavailableException.class, () -> read(dataSource)));
    }

    private static Installation read(DataSource dataSource) throws InstallationUnavailableException, SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return Installation.read(connection);
        }
    }
}
