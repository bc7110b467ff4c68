package dev.boundary.cli;

import dev.boundary.cli.text.Json;
import dev.boundary.cli.text.SafeText;
import dev.boundary.core.registry.Tenant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a command did to a tenant.
 *
 * @param tenant the tenant afterwards
 * @param dryRun whether nothing was changed
 * @param sentence the result for people
 */
record TenantResult(Tenant tenant, boolean dryRun, String sentence) {

    /** Writes the sentence for people, or one JSON object for programs. */
    void write(CliCommand command, boolean json) {
        command.print((json ? Json.of(facts()) : SafeText.line(sentence)) + "\n");
    }

    private Map<String, @Nullable Object> facts() {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("slug", tenant.slug());
        facts.put("key", tenant.key().value());
        facts.put("name", tenant.name());
        facts.put("region", tenant.region().orElse(null));
        facts.put("state", tenant.state().name().toLowerCase(Locale.ROOT));
        facts.put("dryRun", dryRun);
        return facts;
    }
}
