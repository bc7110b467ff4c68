package dev.boundary.rls.internal.catalog;

import java.util.List;

/**
 * A primary key or another unique index. Immutable.
 *
 * @param primary whether it is the primary key
 * @param columns its columns in their order, without expressions and included columns
 */
public record CatalogKey(boolean primary, List<String> columns) {

    /** Copies the list. */
    public CatalogKey {
        columns = List.copyOf(columns);
    }
}
