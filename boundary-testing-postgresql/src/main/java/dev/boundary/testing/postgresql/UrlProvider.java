package dev.boundary.testing.postgresql;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
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

/** An existing server, named by a JDBC URL with a superuser's name and password. */
final class UrlProvider implements PostgresProvider {

    private static final Set<PGProperty> OWN =
            Set.of(PGProperty.PG_HOST, PGProperty.PG_PORT, PGProperty.PG_DBNAME, PGProperty.USER, PGProperty.PASSWORD);

    @Override
    public String name() {
        return "url";
    }

    @Override
    public String obstacle() {
        if (Setting.URL.value() == null) {
            return "set " + Setting.URL_VARIABLE + " (or the system property " + Setting.URL_PROPERTY
                    + ") to the JDBC URL of a PostgreSQL server, with user and password of a superuser.";
        }
        Properties url = parsed();
        if (url == null) {
            return "the value of " + Setting.URL_VARIABLE + " is not a PostgreSQL JDBC URL.";
        }
        return Objects.requireNonNullElse(PGProperty.PG_HOST.getOrDefault(url), "")
                        .contains(",")
                ? "the value of " + Setting.URL_VARIABLE + " names several hosts. Name the one to test on."
                : "";
    }

    @Override
    public RunningServer start(String version) {
        ServerAccess access = access(Objects.requireNonNull(parsed(), obstacle()));
        return RunningServer.found(access, password(access));
    }

    @Override
    public String versionAdvice() {
        return "Name another server in " + Setting.URL_VARIABLE + " or " + Setting.URL_PROPERTY + ".";
    }

    private static ServerAccess access(Properties url) {
        return new ServerAccess(
                Objects.requireNonNull(PGProperty.PG_HOST.getOrDefault(url)),
                Integer.parseInt(Objects.requireNonNull(PGProperty.PG_PORT.getOrDefault(url))),
                // Without a name in the URL the driver would take the user's.
                url.containsKey(PGProperty.PG_DBNAME.getName())
                        ? Objects.requireNonNull(PGProperty.PG_DBNAME.getOrDefault(url))
                        : "postgres",
                Objects.requireNonNullElse(PGProperty.USER.getOrDefault(url), "postgres"),
                PGProperty.PASSWORD.getOrDefault(url),
                others(url));
    }

    private static Map<String, String> others(Properties url) {
        Set<String> own = OWN.stream().map(PGProperty::getName).collect(Collectors.toSet());
        return url.stringPropertyNames().stream()
                .filter(name -> !own.contains(name))
                .collect(Collectors.toUnmodifiableMap(name -> name, url::getProperty));
    }

    /** Test runs that share a server share its roles: all who know the superuser's password derive the same one. */
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

    private static @Nullable Properties parsed() {
        String url = Setting.URL.value();
        return url == null ? null : Driver.parseURL(url, null);
    }
}
