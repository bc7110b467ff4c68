package dev.boundary.testing.postgresql;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server that is there already, named by a JDBC URL with a superuser's name and password. */
final class UrlProvider implements PostgresProvider {

    private static final Logger LOG = LoggerFactory.getLogger(UrlProvider.class);
    private static final Set<PGProperty> OWN =
            Set.of(PGProperty.PG_HOST, PGProperty.PG_PORT, PGProperty.PG_DBNAME, PGProperty.USER, PGProperty.PASSWORD);

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
        Properties url = parsed();
        if (url == null) {
            return "the value of " + PostgresServer.URL_VARIABLE + " is not a PostgreSQL JDBC URL.";
        }
        return Objects.requireNonNullElse(PGProperty.PG_HOST.getOrDefault(url), "")
                        .contains(",")
                ? "the value of " + PostgresServer.URL_VARIABLE + " names several hosts. Name the one to test on."
                : "";
    }

    @Override
    public PostgresServer start(String version) {
        Properties url = Objects.requireNonNull(parsed(), obstacle());
        ServerAccess access = new ServerAccess(
                Objects.requireNonNull(PGProperty.PG_HOST.getOrDefault(url)),
                Integer.parseInt(Objects.requireNonNull(PGProperty.PG_PORT.getOrDefault(url))),
                // Without a name in the URL the driver would take the user's.
                url.containsKey(PGProperty.PG_DBNAME.getName())
                        ? Objects.requireNonNull(PGProperty.PG_DBNAME.getOrDefault(url))
                        : "postgres",
                Objects.requireNonNullElse(PGProperty.USER.getOrDefault(url), "postgres"),
                PGProperty.PASSWORD.getOrDefault(url),
                others(url));
        PostgresServer server = new PostgresServer(access, password(access), () -> {});
        Runtime.getRuntime().addShutdownHook(new Thread(() -> tidy(server), "boundary-test-templates"));
        return server;
    }

    @Override
    public String versionAdvice() {
        return "Name another server in " + PostgresServer.URL_VARIABLE + " or " + PostgresServer.URL_PROPERTY + ".";
    }

    private static Map<String, String> others(Properties url) {
        Set<String> own = OWN.stream().map(PGProperty::getName).collect(Collectors.toSet());
        return url.stringPropertyNames().stream()
                .filter(name -> !own.contains(name))
                .collect(Collectors.toUnmodifiableMap(name -> name, url::getProperty));
    }

    /** Test runs that share a server share its roles: all who know the superuser's password find the same one. */
    private static String password(ServerAccess access) {
        String known = access.superuser() + ":" + Objects.requireNonNullElse(access.superuserPassword(), "");
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(known.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal("dev.boundary.testing".getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HmacSHA256", e);
        }
    }

    private static void tidy(PostgresServer server) {
        try {
            server.dropTemplates();
        } catch (SQLException e) {
            LOG.warn("The template databases of the tests cannot be dropped", e);
        }
    }

    private static @Nullable Properties parsed() {
        String url = url();
        return url == null ? null : Driver.parseURL(url, null);
    }

    private static @Nullable String url() {
        return PostgresProviders.setting(PostgresServer.URL_PROPERTY, PostgresServer.URL_VARIABLE);
    }
}
