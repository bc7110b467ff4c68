package dev.boundary.jooq.internal.query;

import dev.boundary.jooq.internal.QualifiedName;
import dev.boundary.jooq.internal.query.ResolvedTable.Classified;
import dev.boundary.jooq.internal.query.ResolvedTable.Harmless;
import dev.boundary.jooq.internal.query.ResolvedTable.Unknown;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jooq.Configuration;
import org.jooq.Name;
import org.jooq.Schema;
import org.jooq.Table;
import org.jooq.conf.RenderMapping;
import org.jooq.conf.Settings;
import org.jspecify.annotations.Nullable;

/**
 * Finds the declaration of a table under the settings of a configuration, which may render another name. Thread-safe.
 */
final class MappedTableNames {

    private final TableNames names;

    private volatile @Nullable MappedNames mappedNames;

    MappedTableNames(TableNames names) {
        this.names = names;
    }

    /** The names as they are without settings. */
    TableNames unmapped() {
        return names;
    }

    /**
     * What a named table is.
     *
     * @param table a table for which {@link TableNames#isNamedTable} is true
     * @param ctes the names of the common table expressions in scope
     */
    ResolvedTable resolve(Table<?> table, CteNames ctes, Configuration configuration) {
        ResolvedTable found = names.resolve(table, ctes);
        return switch (found) {
            case Classified classified -> unlessAmbiguous(classified, configuration);
            case Harmless harmless -> unlessMapped(table, harmless, configuration);
            case Unknown unknown -> resolveMapped(table, unknown, configuration);
        };
    }

    /** A {@code RenderMapping} may give two declared tables one name; which of them is meant is then not known. */
    private ResolvedTable unlessAmbiguous(Classified classified, Configuration configuration) {
        RenderMapping mapping = configuration.settings().getRenderMapping();
        if (mapping == null) {
            return classified;
        }
        Name rendered = QualifiedName.of(map(classified.table().table(), configuration));
        List<Classified> candidates = mapped(mapping, configuration).getOrDefault(rendered, List.of());
        return candidates.size() == 1
                ? classified
                : new Unknown(
                        classified.name(),
                        "The configuration's RenderMapping gives one name, " + rendered.unquotedName() + ", to "
                                + candidates.stream().map(Classified::name).collect(Collectors.joining(" and ")) + ".");
    }

    /** Looks for a table that was named as it is after a {@code RenderMapping}. */
    private ResolvedTable resolveMapped(Table<?> table, Unknown unknown, Configuration configuration) {
        RenderMapping mapping = configuration.settings().getRenderMapping();
        if (mapping == null) {
            return unknown;
        }
        Name named = QualifiedName.of(map(TableNames.unaliased(table), configuration));
        List<Classified> candidates = mapped(mapping, configuration).getOrDefault(named, List.of());
        return candidates.size() == 1 ? candidates.getFirst() : unknown;
    }

    /**
     * A name that is harmless as it was written may be that of a table as it is rendered: with a
     * {@code RenderMapping}, or without its schema.
     */
    private static ResolvedTable unlessMapped(Table<?> table, Harmless harmless, Configuration configuration) {
        Settings settings = configuration.settings();
        if (settings.getRenderMapping() == null && Boolean.TRUE.equals(settings.isRenderSchema())) {
            return harmless;
        }
        Table<?> base = TableNames.unaliased(table);
        if (keepsName(base, configuration)) {
            return harmless;
        }
        return new Unknown(
                TableNames.text(base),
                "The configuration's settings render another name: a RenderMapping, or renderSchema(false).");
    }

    private static boolean keepsName(Table<?> table, Configuration configuration) {
        return map(table, configuration).getName().equals(table.getName())
                && Objects.equals(
                        name(table.getSchema()), name(configuration.dsl().map(table.getSchema())));
    }

    private static @Nullable String name(@Nullable Schema schema) {
        return schema == null ? null : schema.getName();
    }

    /** All declared tables under their mapped names; computed once for a mapping, which the user can change. */
    private Map<Name, List<Classified>> mapped(RenderMapping mapping, Configuration configuration) {
        MappedNames known = mappedNames;
        if (known == null || !known.mapping().equals(mapping)) {
            Map<Name, List<Classified>> tables = names.declared()
                    .collect(Collectors.groupingBy(
                            table -> QualifiedName.of(map(table.table().table(), configuration))));
            known = new MappedNames((RenderMapping) mapping.clone(), tables);
            mappedNames = known;
        }
        return known.tables();
    }

    private record MappedNames(RenderMapping mapping, Map<Name, List<Classified>> tables) {}

    private static Table<?> map(Table<?> table, Configuration configuration) {
        Table<?> mapped = configuration.dsl().map(table);
        return mapped == null ? table : mapped;
    }
}
