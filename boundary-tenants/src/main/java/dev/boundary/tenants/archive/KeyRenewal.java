package dev.boundary.tenants.archive;

import dev.boundary.core.TableKind;
import dev.boundary.rls.TableName;
import dev.boundary.rls.internal.catalog.CatalogColumn;
import dev.boundary.rls.internal.catalog.CatalogForeignKey;
import dev.boundary.tenants.TenantDataException;
import dev.boundary.tenants.internal.files.Sha256;
import dev.boundary.tenants.internal.tables.TenantDataModel;
import dev.boundary.tenants.internal.tables.TenantDataTable;
import dev.boundary.tenants.internal.tables.TenantKeyColumns;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Which columns get new keys, and which new key replaces an old one: in serial and identity columns, and in uuid
 * columns of primary and unique keys. Every foreign key that leads to one of them follows.
 */
final class KeyRenewal {

    private static final int SALT_BYTES = 16;
    private static final long VERSION_4 = 0x4000L;
    private static final long VERSION_BITS = 0xF000L;
    private static final long VARIANT = 0x8000000000000000L;
    private static final long NOT_VARIANT = 0x3FFFFFFFFFFFFFFFL;

    /** The column that generates a key; foreign keys, and keys that are foreign keys, lead to it. */
    record Origin(TableName table, String column) {}

    private final TenantDataModel model;
    private final TenantKeyColumns keyColumns;
    private final byte[] salt = new byte[SALT_BYTES];
    private final Map<Origin, LongMap> numbers = new HashMap<>();
    private final Map<Origin, Set<String>> ownIds = new HashMap<>();

    KeyRenewal(TenantDataModel model, TenantKeyColumns keyColumns) {
        this.model = model;
        this.keyColumns = keyColumns;
        new SecureRandom().nextBytes(salt);
    }

    /** Whether the column itself generates new keys. */
    boolean renews(TenantDataTable table, CatalogColumn column) {
        boolean refers =
                table.foreignKeys().stream().anyMatch(key -> key.columns().contains(column.name()));
        return !refers
                && !keyColumns.contains(table.name(), column.name())
                && (column.sequence() != null
                        || ("uuid".equals(column.type().base())
                                && table.structure().uniqueColumns().contains(column.name())));
    }

    /** The column that generates the keys in a column, which may be that column; empty if it keeps its values. */
    Optional<Origin> origin(TenantDataTable table, String column) {
        Set<Origin> origins = new HashSet<>();
        search(table, column, new HashSet<>(), origins);
        if (origins.size() > 1) {
            throw new TenantDataException("Column \"" + column + "\" of table " + table.name()
                    + " references several keys that would be renewed independently: " + origins
                    + ". Import without new keys.");
        }
        return origins.stream().findFirst();
    }

    private void search(TenantDataTable table, String column, Set<Origin> visited, Set<Origin> found) {
        if (keyColumns.contains(table.name(), column) || !visited.add(new Origin(table.name(), column))) {
            return;
        }
        if (table.column(column).filter(known -> renews(table, known)).isPresent()) {
            found.add(new Origin(table.name(), column));
        } else {
            follow(table, column, visited, found);
        }
    }

    private void follow(TenantDataTable table, String column, Set<Origin> visited, Set<Origin> found) {
        for (CatalogForeignKey key : table.foreignKeys()) {
            int position = key.columns().indexOf(column);
            if (position >= 0) {
                model.find(key.target())
                        .ifPresent(target -> search(target, key.targetColumns().get(position), visited, found));
            }
        }
    }

    /** Whether a foreign key leads to the column from elsewhere. */
    private boolean isReferredTo(Origin origin) {
        return model.innerForeignKeys().stream()
                .filter(key -> key.target().equals(origin.table()))
                .anyMatch(key -> key.targetColumns().contains(origin.column()));
    }

    /** Whether a map from old to new numbers is needed: for foreign keys, or to insert or update the same row again. */
    boolean isMapped(TenantDataTable table, Origin origin) {
        return isReferredTo(origin)
                || (table.primaryKey().contains(origin.column())
                        && table.foreignKeys().stream().anyMatch(key -> !key.deferrable()));
    }

    /** Whether a key that is not the tenant's own may be that of a shared row. */
    boolean mayBeShared(Origin origin) {
        return model.find(origin.table())
                .filter(table -> table.kind() == TableKind.MIXED)
                .isPresent();
    }

    CatalogColumn columnOf(Origin origin) {
        return model.find(origin.table())
                .flatMap(table -> table.column(origin.column()))
                .orElseThrow();
    }

    LongMap numbers(Origin origin) {
        return numbers.computeIfAbsent(origin, key -> new LongMap());
    }

    /** The ids of the tenant's own rows, for tables that have shared ones. */
    Set<String> ownIds(Origin origin) {
        return ownIds.computeIfAbsent(origin, key -> new HashSet<>());
    }

    /** The new id, or the same if it is a shared row's. */
    String id(Origin origin, String old) {
        boolean shared = mayBeShared(origin) && !ownIds(origin).contains(old);
        return shared ? old : newId(old);
    }

    /** The same new id for the same old one everywhere in one import, and nowhere else. */
    private String newId(String old) {
        MessageDigest digest = Sha256.digest();
        digest.update(salt);
        ByteBuffer hash = ByteBuffer.wrap(digest.digest(old.getBytes(StandardCharsets.UTF_8)));
        long high = (hash.getLong() & ~VERSION_BITS) | VERSION_4;
        long low = (hash.getLong() & NOT_VARIANT) | VARIANT;
        return new UUID(high, low).toString();
    }
}
