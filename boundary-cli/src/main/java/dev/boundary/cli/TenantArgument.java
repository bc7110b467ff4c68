package dev.boundary.cli;

import dev.boundary.core.TenantKey;
import dev.boundary.core.TenantKeyType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** One tenant: by its slug, which is in the registry, or by its key. */
final class TenantArgument {

    @Parameters(index = "0", arity = "0..1", paramLabel = "TENANT", description = "The tenant's slug.")
    private @Nullable String slug;

    @Option(
            names = "--key",
            paramLabel = "KEY",
            description = "The tenant's key instead of its slug; works without a registry.")
    private @Nullable String key;

    Optional<String> slug() {
        if ((slug == null) == (key == null)) {
            throw new IllegalArgumentException("Name one tenant: its slug, or --key and its key.");
        }
        return Optional.ofNullable(slug);
    }

    TenantKey key(TenantKeyType type) {
        return TenantKey.parse(type, String.valueOf(key));
    }
}
