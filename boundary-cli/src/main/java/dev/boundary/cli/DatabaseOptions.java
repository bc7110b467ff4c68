package dev.boundary.cli;

import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGProperty;
import picocli.CommandLine.Option;

/**
 * Where the database is. Passwords come from the environment, from the password file ({@code ~/.pgpass}, or
 * PGPASSFILE), from the service file, or from a prompt; on the command line every user of the machine could read them.
 */
final class DatabaseOptions {

    static final String DEFAULT_APPLICATION_ROLE = "boundary_app";

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "The database: jdbc:postgresql://host:port/database, without a password. Otherwise the"
                    + " environment says: BOUNDARY_URL, PGSERVICE, or PGHOST, PGPORT and PGDATABASE.")
    private @Nullable String url;

    @Option(
            names = {"-W", "--password"},
            description =
                    "Ask for passwords. Otherwise: PGPASSWORD (BOUNDARY_APP_PASSWORD for the application role), then"
                            + " the password file, then a prompt where there is a terminal.")
    private boolean prompt;

    /** Connections of the role of --user, of the URL or the service, of PGUSER, or of the login. */
    RoleDataSource operator(@Nullable String option, CliEnvironment cliEnvironment) {
        return operator(option, DatabaseAddress.of(url, cliEnvironment.environment()), cliEnvironment);
    }

    /** Connections of the same role to the database of a region. */
    RoleDataSource operatorAt(String regionUrl, @Nullable String option, CliEnvironment cliEnvironment) {
        return operator(option, DatabaseAddress.ofRegion(regionUrl, cliEnvironment.environment()), cliEnvironment);
    }

    private RoleDataSource operator(@Nullable String option, DatabaseAddress address, CliEnvironment cliEnvironment) {
        Map<String, String> environment = cliEnvironment.environment();
        String named = address.user() == null ? environment.get("PGUSER") : address.user();
        return dataSource(address.as(option == null ? named : option), environment.get("PGPASSWORD"), cliEnvironment);
    }

    /** Connections of the application role, never of another that a URL may name. */
    RoleDataSource application(@Nullable String option, CliEnvironment cliEnvironment) {
        return application(option, DatabaseAddress.of(url, cliEnvironment.environment()), cliEnvironment);
    }

    /** Connections of the same role to the database of a region. */
    RoleDataSource applicationAt(String regionUrl, @Nullable String option, CliEnvironment cliEnvironment) {
        return application(option, DatabaseAddress.ofRegion(regionUrl, cliEnvironment.environment()), cliEnvironment);
    }

    private RoleDataSource application(
            @Nullable String option, DatabaseAddress address, CliEnvironment cliEnvironment) {
        Map<String, String> environment = cliEnvironment.environment();
        String named = environment.getOrDefault("BOUNDARY_APP_USER", DEFAULT_APPLICATION_ROLE);
        String role = option == null ? named : option;
        String own = environment.get("BOUNDARY_APP_PASSWORD");
        String password = own == null && role.equals(environment.get("PGUSER")) ? environment.get("PGPASSWORD") : own;
        return dataSource(address.as(role), password, cliEnvironment);
    }

    private RoleDataSource dataSource(Properties properties, @Nullable String password, CliEnvironment cliEnvironment) {
        if (password != null) {
            properties.setProperty(PGProperty.PASSWORD.getName(), password);
        }
        RoleDataSource source = new RoleDataSource(properties, cliEnvironment);
        if (prompt) {
            source.ask();
        }
        return source;
    }
}
