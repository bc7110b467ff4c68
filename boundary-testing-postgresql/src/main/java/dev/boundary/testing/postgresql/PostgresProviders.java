package dev.boundary.testing.postgresql;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses a provider: the one asked for, else the first that can be used. */
final class PostgresProviders {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresProviders.class);

    private PostgresProviders() {}

    static PostgresProvider choose() {
        return choose(setting(PostgresServer.PROVIDER_PROPERTY, PostgresServer.PROVIDER_VARIABLE));
    }

    static PostgresProvider choose(@Nullable String askedFor) {
        return choose(List.of(new UrlProvider(), new TestcontainersProvider(), new EmbeddedProvider()), askedFor);
    }

    static PostgresProvider choose(List<PostgresProvider> providers, @Nullable String askedFor) {
        PostgresProvider chosen = askedFor == null ? firstUsable(providers) : named(providers, askedFor);
        LOG.info("PostgreSQL for tests comes from provider {}", chosen.name());
        return chosen;
    }

    /** Starts or finds a server and asserts that it is of use. */
    static PostgresServer start(PostgresProvider provider) {
        String version = version();
        PostgresServer server = provider.start(version);
        String fault = server.fault(provider.name(), version);
        if (!fault.isEmpty()) {
            server.stop();
            throw new IllegalStateException("The PostgreSQL for tests from provider \"" + provider.name()
                    + "\" cannot be used. " + fault + " " + provider.versionAdvice());
        }
        return server;
    }

    /** The major version that is wanted, or empty. */
    private static String version() {
        String version = setting(PostgresServer.VERSION_PROPERTY, PostgresServer.VERSION_VARIABLE);
        if (version == null) {
            return "";
        }
        if (!version.strip().matches("[1-9][0-9]")) {
            throw new IllegalStateException("\"" + version + "\" (" + PostgresServer.VERSION_PROPERTY + " or "
                    + PostgresServer.VERSION_VARIABLE + ") is no major version of PostgreSQL. Use for example 18.");
        }
        return version.strip();
    }

    private static PostgresProvider firstUsable(List<PostgresProvider> providers) {
        return providers.stream()
                .filter(provider -> provider.obstacle().isEmpty())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No PostgreSQL for tests. Tried:"
                        + providers.stream()
                                .map(provider -> "\n  - " + provider.name() + ": " + provider.obstacle())
                                .collect(Collectors.joining())));
    }

    private static PostgresProvider named(List<PostgresProvider> providers, String askedFor) {
        PostgresProvider provider = providers.stream()
                .filter(candidate -> candidate.name().equals(askedFor.strip().toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("\"" + askedFor + "\" (" + PostgresServer.PROVIDER_PROPERTY
                        + " or " + PostgresServer.PROVIDER_VARIABLE + ") is not a provider of PostgreSQL for tests."
                        + " Use one of "
                        + providers.stream().map(PostgresProvider::name).collect(Collectors.joining(", ")) + "."));
        if (!provider.obstacle().isEmpty()) {
            throw new IllegalStateException("The provider \"" + provider.name()
                    + "\" was asked for and cannot be used: " + provider.obstacle());
        }
        return provider;
    }

    /** A setting from a system property or, without it, from an environment variable; null if neither is there. */
    static @Nullable String setting(String property, String variable) {
        String value = System.getProperty(property, System.getenv(variable));
        return value == null || value.isBlank() ? null : value;
    }

    static boolean onClassPath(String className) {
        try {
            Class.forName(className, false, PostgresProviders.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            LOG.debug("{} is not on the class path", className, e);
            return false;
        }
    }
}
