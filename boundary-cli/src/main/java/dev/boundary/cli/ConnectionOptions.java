package dev.boundary.cli;

import java.io.Console;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGProperty;
import picocli.CommandLine.Option;

/**
 * Where the database is and who asks. The password comes from the environment variable PGPASSWORD, from the password
 * file ({@code ~/.pgpass}, or PGPASSFILE), or from a prompt; on the command line everybody on the machine could read it.
 */
@SuppressWarnings("SystemConsoleNull") // -Djdk.console may still choose a provider without one
final class ConnectionOptions {

    /** Refused for want of a right password: the only errors after which a prompt helps. */
    private static final Set<String> WRONG_PASSWORD = Set.of("28P01", "28000", "08004");

    private final Map<String, String> environment = System.getenv();

    @Option(
            names = "--url",
            required = true,
            paramLabel = "URL",
            description = "The database: jdbc:postgresql://host:port/database, without a password.")
    private String url = "";

    @Option(
            names = "--user",
            paramLabel = "ROLE",
            description = "The role to connect as. Default: PGUSER, or your login.")
    private @Nullable String user;

    @Option(
            names = {"-W", "--password"},
            description = "Ask for the password. Otherwise: PGPASSWORD, then the password file, then a prompt.")
    private boolean prompt;

    Connection connect() throws SQLException {
        String jdbcUrl = jdbcUrl();
        Properties properties = new Properties();
        properties.setProperty(PGProperty.APPLICATION_NAME.getName(), "boundary");
        properties.setProperty(PGProperty.READ_ONLY.getName(), "true");
        String role = user == null ? environment.get("PGUSER") : user;
        if (role != null) {
            properties.setProperty(PGProperty.USER.getName(), role);
        }
        String password = environment.get("PGPASSWORD");
        if (prompt) {
            ask(properties);
        } else if (password != null) {
            properties.setProperty(PGProperty.PASSWORD.getName(), password);
        }
        try {
            return open(jdbcUrl, properties);
        } catch (SQLException e) {
            if (prompt || !terminal() || !WRONG_PASSWORD.contains(String.valueOf(e.getSQLState()))) {
                throw e;
            }
            ask(properties);
            return open(jdbcUrl, properties);
        }
    }

    private String jdbcUrl() {
        String jdbcUrl = url.startsWith("postgresql://") ? "jdbc:" + url : url;
        Properties parsed = Driver.parseURL(jdbcUrl, new Properties());
        if (parsed == null) {
            throw new IllegalArgumentException(
                    "--url is not a URL of PostgreSQL. Write jdbc:postgresql://host:port/database.");
        }
        if (jdbcUrl.matches("(?s).*[?&](?i:password|sslpassword)=.*")
                || jdbcUrl.matches("(?s)[^?]*//[^/?]*:[^/?]*@.*")) {
            throw new IllegalArgumentException("--url holds a password, which others can see. Put it into PGPASSWORD or"
                    + " ~/.pgpass, or use -W to be asked.");
        }
        return jdbcUrl;
    }

    private static Connection open(String url, Properties properties) throws SQLException {
        Connection connection = new Driver().connect(url, properties);
        if (connection == null) {
            throw new SQLException("The driver does not know the URL");
        }
        return connection;
    }

    private static boolean terminal() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }

    private static void ask(Properties properties) {
        Console console = System.console();
        char[] password = console != null && terminal() ? console.readPassword("Password: ") : null;
        if (password == null) {
            throw new IllegalArgumentException(
                    "There is no terminal to ask for the password on. Put it into PGPASSWORD or" + " ~/.pgpass.");
        }
        properties.setProperty(PGProperty.PASSWORD.getName(), new String(password));
    }
}
