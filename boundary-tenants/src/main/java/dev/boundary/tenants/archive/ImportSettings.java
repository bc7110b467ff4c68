package dev.boundary.tenants.archive;

import dev.boundary.tenants.RowProgress;
import java.util.List;

/** What was asked of an import. Immutable. */
record ImportSettings(
        List<SchemaRenaming> renamings, boolean newKeys, boolean existingRows, RowProgress.Listener listener) {

    static final ImportSettings DEFAULT = new ImportSettings(List.of(), false, false, RowProgress.Listener.NONE);

    ImportSettings withRenamings(List<SchemaRenaming> all) {
        return new ImportSettings(List.copyOf(all), newKeys, existingRows, listener);
    }

    ImportSettings withNewKeys() {
        return new ImportSettings(renamings, true, existingRows, listener);
    }

    ImportSettings withExistingRows() {
        return new ImportSettings(renamings, newKeys, true, listener);
    }

    ImportSettings withListener(RowProgress.Listener progressListener) {
        return new ImportSettings(renamings, newKeys, existingRows, progressListener);
    }
}
