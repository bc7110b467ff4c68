package dev.boundary.testing.postgresql;

import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/** A server that is there already, named by a JDBC URL with a superuser's name and password. */
final class UrlProvider implements PostgresProvider {

    @Override
    public String name() {
        return "url";
    }

    @Override
    public String obstacle() {
        if (url() == null) {
            return "set " + PostgresServer.URL_VARIABLE + " (or the system property " + PostgresServer.URL_PROPERTY
                    + ") to the JDBC URL of a PostgreSQL server, with user and password of a superuser.";
        }
        return parsed() == null ? "the value of " + PostgresServer.URL_VARIABLE + " is not a PostgreSQL JDBC URL." : "";
    }

    @Override
    public PostgresServer start() {
        Properties url = Objects.requireNonNull(parsed(), obstacle());
        return new PostgresServer(
                Objects.requireNonNull(PGProperty.PG_HOST.getOrDefault(url)),
                Integer.parseInt(Objects.requireNonNull(PGProperty.PG_PORT.getOrDefault(url))),
                Objects.requireNonNullElse(PGProperty.USER.getOrDefault(url), "postgres"),
                PGProperty.PASSWORD.getOrDefault(url));
    }

    private static @Nullable Properties parsed() {
        String url = url();
        return url == null ? null : Driver.parseURL(url, null);
    }

    private static @Nullable String url() {
        return PostgresProviders.setting(PostgresServer.URL_PROPERTY, PostgresServer.URL_VARIABLE);
    }
}
