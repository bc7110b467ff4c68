package dev.boundary.tenants.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boundary.core.registry.Tenant;
import dev.boundary.rls.internal.sql.Jdbc;
import dev.boundary.tenants.isolation.PlaceMigration.Place;
import dev.boundary.testing.postgresql.TestDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import javax.sql.DataSource;
import liquibase.database.Database;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.LiquibaseException;
import liquibase.lockservice.LockServiceFactory;
import org.postgresql.ds.PGSimpleDataSource;

/** A process that migrates three tenants and waits to be killed in the middle of the second. */
final class KilledMigration {

    static final List<Tenant> TENANTS = IsolationDatabase.tenants(3);

    private static final String PASSWORD = "OWNER_PASSWORD";
    private static final String HALF = "half of the second is done";

    private KilledMigration() {}

    /** What it does between two steps. */
    @FunctionalInterface
    interface Pause {
        void between() throws Exception;
    }

    static IsolatedMigrations migrations(DataSource owner) {
        return IsolatedMigrations.of(placement -> owner);
    }

    static void steps(Connection connection, String how, Pause pause) throws Exception {
        Jdbc.run(connection, "create table if not exists " + how + "_1 (id int)");
        if (how.equals("commits")) {
            connection.commit();
        }
        pause.between();
        Jdbc.run(connection, "create table " + how + " (id int)");
    }

    /** Takes Liquibase's lock, as a changeset that does not end. */
    private static void lockLiquibase(Connection connection, Place place) throws LiquibaseException {
        Database schema =
                DatabaseFactory.getInstance().findCorrectDatabaseImplementation(new JdbcConnection(connection));
        schema.setLiquibaseSchemaName(place.schema());
        LockServiceFactory.getInstance().getLockService(schema).waitForLock();
    }

    public static void main(String[] arguments) throws InterruptedException {
        PGSimpleDataSource owner = new PGSimpleDataSource();
        owner.setUrl(arguments[0]);
        owner.setUser(arguments[1]);
        owner.setPassword(System.getenv(PASSWORD));
        String how = arguments[2];
        migrations(owner)
                .run(
                        how,
                        TENANTS,
                        (connection, place) -> steps(connection, how, () -> {
                            if (place.schema().equals("own_2")) {
                                if (how.equals("liquibase")) {
                                    lockLiquibase(connection, place);
                                }
                                System.out.println(HALF);
                                System.out.flush();
                                System.in.read(); // for ever
                            }
                        }));
    }

    static void startAndKill(TestDatabase database, String how) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledMigration.class.getName(),
                        database.jdbcUrl(),
                        database.roles().owner(),
                        how)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put(PASSWORD, database.password());
        Process process = builder.start();
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(output.readLine()).isEqualTo(HALF);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }
}
