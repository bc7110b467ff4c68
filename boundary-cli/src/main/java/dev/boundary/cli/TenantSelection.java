package dev.boundary.cli;

import dev.boundary.core.registry.Slug;
import dev.boundary.core.registry.Tenant;
import dev.boundary.core.registry.TenantState;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** Some of the tenants of the registry. */
final class TenantSelection {

    @Option(
            names = "--state",
            split = ",",
            paramLabel = "STATE",
            description = "Only tenants in these states: active, suspended, deleting, deleted, or all.")
    private List<String> states = new ArrayList<>();

    @Option(names = "--region", split = ",", paramLabel = "REGION", description = "Only tenants of these regions.")
    private List<String> regions = new ArrayList<>();

    @Option(names = "--exclude", split = ",", paramLabel = "SLUG", description = "Not these tenants.")
    private List<String> excluded = new ArrayList<>();

    @Option(names = "--only", split = ",", paramLabel = "SLUG", description = "Only these tenants.")
    private List<String> only = new ArrayList<>();

    /**
     * Selects tenants by the options.
     *
     * @param tenants all tenants
     * @param defaults the states if no option names any
     * @throws IllegalArgumentException if an option has a name that no tenant has: a misspelt exclusion would exclude
     *     no one
     */
    List<Tenant> select(List<Tenant> tenants, Set<TenantState> defaults) {
        Set<TenantState> selected = states.isEmpty() ? defaults : states();
        Set<Slug> without = known("--exclude", excluded, tenants);
        Set<Slug> with = known("--only", only, tenants);
        checkRegions(tenants);
        return tenants.stream()
                .filter(tenant -> selected.contains(tenant.state()))
                .filter(tenant -> regions.isEmpty()
                        || tenant.region().filter(regions::contains).isPresent())
                .filter(tenant -> !without.contains(tenant.slug()))
                .filter(tenant -> with.isEmpty() || with.contains(tenant.slug()))
                .toList();
    }

    private Set<TenantState> states() {
        return states.stream()
                .flatMap(state ->
                        state.equalsIgnoreCase("all") ? Stream.of(TenantState.values()) : Stream.of(state(state)))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(TenantState.class)));
    }

    private static TenantState state(String word) {
        try {
            return TenantState.valueOf(word.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "--state takes active, suspended, deleting, deleted or all, not \"" + word + "\".", e);
        }
    }

    private static Set<Slug> known(String option, List<String> names, List<Tenant> tenants) {
        Set<Slug> slugs = names.stream().map(Slug::new).collect(Collectors.toCollection(HashSet::new));
        Set<Slug> unknown = new HashSet<>(slugs);
        tenants.forEach(tenant -> unknown.remove(tenant.slug()));
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(option + " names " + unknown + ", and the registry has no such tenant.");
        }
        return slugs;
    }

    private void checkRegions(List<Tenant> tenants) {
        Set<String> known = tenants.stream()
                .flatMap(tenant -> tenant.region().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        for (String region : regions) {
            if (!known.contains(region)) {
                throw new IllegalArgumentException(
                        "--region names \"" + region + "\", and no tenant is in it. The registry has "
                                + (known.isEmpty() ? "no regions" : String.join(", ", known)) + ".");
            }
        }
    }
}
