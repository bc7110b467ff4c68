package dev.boundary.testing.postgresql;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The providers to choose from.
 *
 * @param providers the providers, the preferred one first
 */
record PostgresProviders(List<PostgresProvider> providers) {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresProviders.class);

    /** All that there are. */
    PostgresProviders() {
        this(List.of(new UrlProvider(), new TestcontainersProvider(), new EmbeddedProvider()));
    }

    /**
     * Chooses a provider.
     *
     * @param requested the name of a provider, or null for the first that can be used
     * @throws IllegalStateException if there is none of that name, or it cannot be used
     */
    PostgresProvider choose(@Nullable String requested) {
        PostgresProvider chosen = requested == null ? firstUsable() : named(requested);
        LOG.info("PostgreSQL for tests comes from provider {}", chosen.name());
        return chosen;
    }

    private PostgresProvider firstUsable() {
        return providers.stream()
                .filter(provider -> provider.obstacle().isEmpty())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No PostgreSQL for tests. Tried:"
                        + joined("", provider -> "\n  - " + provider.name() + ": " + provider.obstacle())));
    }

    private PostgresProvider named(String requested) {
        PostgresProvider provider = providers.stream()
                .filter(candidate -> candidate.name().equals(requested.strip().toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("\"" + requested + "\" (" + Setting.PROVIDER
                        + ") is not a provider of PostgreSQL for tests. Use one of "
                        + joined(", ", PostgresProvider::name) + "."));
        if (!provider.obstacle().isEmpty()) {
            throw new IllegalStateException("The provider \"" + provider.name()
                    + "\" was asked for and cannot be used: " + provider.obstacle());
        }
        return provider;
    }

    private String joined(String separator, Function<PostgresProvider, String> text) {
        return providers.stream().map(text).collect(Collectors.joining(separator));
    }
}
