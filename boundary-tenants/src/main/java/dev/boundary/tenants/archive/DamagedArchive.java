package dev.boundary.tenants.archive;

import dev.boundary.tenants.TenantDataException;
import org.jspecify.annotations.Nullable;

/** Reports that a file is not what was exported. */
final class DamagedArchive {

    private DamagedArchive() {}

    static TenantDataException file(Manifest.TableFile table, String how) {
        return file(table, how, null);
    }

    static TenantDataException file(Manifest.TableFile table, String how, @Nullable Throwable cause) {
        return new TenantDataException(
                "The file " + table.file() + " of table " + table.qualifiedName() + " is not what was exported: " + how
                        + ". Use another copy of the archive, or export again.",
                cause);
    }

    static TenantDataException line(Manifest.TableFile table, long number, String how) {
        return file(table, "line " + number + " " + how);
    }
}
