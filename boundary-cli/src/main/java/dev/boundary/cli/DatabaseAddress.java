package dev.boundary.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/**
 * Where the database is, as properties of the driver: from a URL, from a service of the service file, or from
 * PostgreSQL's environment variables.
 *
 * @param properties host, port, database and other properties of the connection; perhaps a user, and that user's
 *     password
 */
record DatabaseAddress(Properties properties) {

    private static final Pattern PASSWORD_PARAMETER =
            Pattern.compile("(?s).*[?&](?i:password|sslpassword|oauthClientSecret|oauthToken)=.*");
    private static final Pattern PASSWORD_OF_USER = Pattern.compile("(?s)[^?]*//[^/?]*:[^/?]*@.*");

    /** Variables of PostgreSQL that say how to connect; to ignore PGSSLMODE would give up what it asks for. */
    private static final Map<String, PGProperty> VARIABLES = Map.of(
            "PGSSLMODE", PGProperty.SSL_MODE,
            "PGSSLROOTCERT", PGProperty.SSL_ROOT_CERT,
            "PGSSLCERT", PGProperty.SSL_CERT,
            "PGSSLKEY", PGProperty.SSL_KEY,
            "PGCONNECT_TIMEOUT", PGProperty.CONNECT_TIMEOUT);

    private static final List<String> PLACE = List.of("PGHOST", "PGPORT", "PGDATABASE");

    static DatabaseAddress of(@Nullable String option, Map<String, String> environment) {
        return withVariables(place(option, environment), environment);
    }

    /** That of a region. */
    static DatabaseAddress ofRegion(String url, Map<String, String> environment) {
        return withVariables(ofUrl("--region-url", url), environment);
    }

    private static DatabaseAddress withVariables(Properties properties, Map<String, String> environment) {
        VARIABLES.forEach((variable, property) -> {
            String value = environment.get(variable);
            if (value != null && !properties.containsKey(property.getName())) {
                properties.setProperty(property.getName(), value);
            }
        });
        return new DatabaseAddress(properties);
    }

    private static Properties place(@Nullable String option, Map<String, String> environment) {
        if (option != null) {
            return ofUrl("--url", option);
        }
        String url = environment.get("BOUNDARY_URL");
        if (url != null) {
            return ofUrl("BOUNDARY_URL", url);
        }
        String service = environment.get("PGSERVICE");
        if (service != null) {
            return ofService(service);
        }
        if (PLACE.stream().anyMatch(environment::containsKey)) {
            return ofVariables(environment);
        }
        throw new IllegalArgumentException("Which database? Use --url jdbc:postgresql://host:port/database, or the"
                + " environment: BOUNDARY_URL, PGSERVICE, or PGHOST, PGPORT and PGDATABASE.");
    }

    private static Properties ofUrl(String source, String text) {
        String url = text.startsWith("postgresql://") ? "jdbc:" + text : text;
        if (!url.startsWith("jdbc:postgresql:")) {
            throw new IllegalArgumentException(
                    source + " is not a URL of PostgreSQL. Write jdbc:postgresql://host:port/database.");
        }
        if (PASSWORD_PARAMETER.matcher(url).matches()
                || PASSWORD_OF_USER.matcher(url).matches()) {
            throw new IllegalArgumentException(
                    source + " holds a password, which others can see. Put it into PGPASSWORD"
                            + " or ~/.pgpass, or use -W to be asked.");
        }
        Properties parsed = Driver.parseURL(url, new Properties());
        if (parsed == null) {
            throw new IllegalArgumentException(source
                    + " is not a URL that the driver understands, or it names a service that is not in the service"
                    + " file. Write jdbc:postgresql://host:port/database.");
        }
        return parsed;
    }

    /** Never shows a line of the file: there may be a password on it. */
    private static Properties ofService(String service) {
        Properties parsed = Driver.parseURL(
                "jdbc:postgresql://?service=" + URLEncoder.encode(service, StandardCharsets.UTF_8), new Properties());
        if (parsed == null) {
            throw new IllegalArgumentException("The service \"" + service + "\" (PGSERVICE) cannot be used. The service"
                    + " file (PGSERVICEFILE, or ~/.pg_service.conf) must have a section [" + service
                    + "] with nothing but"
                    + " properties that the driver knows, such as host, port, dbname, user and sslmode.");
        }
        return parsed;
    }

    private static Properties ofVariables(Map<String, String> environment) {
        Properties properties = new Properties();
        String host = environment.getOrDefault("PGHOST", "localhost");
        if (host.startsWith("/")) {
            throw new IllegalArgumentException("PGHOST is \"" + host
                    + "\", a Unix-domain socket, which this program does not support. Set it to a host name.");
        }
        properties.setProperty(PGProperty.PG_HOST.getName(), host);
        properties.setProperty(PGProperty.PG_PORT.getName(), environment.getOrDefault("PGPORT", "5432"));
        String database = environment.get("PGDATABASE");
        if (database != null) {
            properties.setProperty(PGProperty.PG_DBNAME.getName(), database);
        }
        return properties;
    }

    /** The role that the URL or the service names, or null. */
    @Nullable
    String user() {
        return properties.getProperty(PGProperty.USER.getName());
    }

    /** The same address for a role, without the password that was found for another. */
    Properties as(@Nullable String role) {
        Properties copy = new Properties();
        copy.putAll(properties);
        if (role != null) {
            if (!role.equals(user())) {
                copy.remove(PGProperty.PASSWORD.getName());
            }
            copy.setProperty(PGProperty.USER.getName(), role);
        }
        return copy;
    }
}
