package dev.boundary.tenants.archive;

import dev.boundary.rls.TableName;
import dev.boundary.tenants.TenantDataException;
import dev.boundary.tenants.internal.tables.Carriers;
import dev.boundary.tenants.internal.tables.Classification;
import dev.boundary.tenants.internal.tables.Column;
import dev.boundary.tenants.internal.tables.ForeignKey;
import dev.boundary.tenants.internal.tables.TenantTable;
import dev.boundary.tenants.internal.tables.TenantTables;
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
 * Which columns get new keys, and which new key an old one got. New are the values of serial and identity columns, and of
 * uuid columns in primary and unique keys; every foreign key that leads to one of them follows.
 */
final class KeyRenewal {

    private static final int SALT_BYTES = 16;
    private static final long VERSION_4 = 0x4000L;
    private static final long VERSION_BITS = 0xF000L;
    private static final long VARIANT = 0x8000000000000000L;
    private static final long NOT_VARIANT = 0x3FFFFFFFFFFFFFFFL;

    /** The column in which a key was born: foreign keys, and keys that are foreign keys, lead to it. */
    record Origin(TableName table, String column) {}

    private final TenantTables tables;
    private final Carriers carriers;
    private final byte[] salt = new byte[SALT_BYTES];
    private final Map<Origin, LongMap> numbers = new HashMap<>();
    private final Map<Origin, Set<String>> ownIds = new HashMap<>();

    KeyRenewal(TenantTables tables, Carriers carriers) {
        this.tables = tables;
        this.carriers = carriers;
        new SecureRandom().nextBytes(salt);
    }

    /** Whether the column's own values are new ones. */
    boolean renews(TenantTable table, Column column) {
        boolean refers =
                table.foreignKeys().stream().anyMatch(key -> key.columns().contains(column.name()));
        return !refers
                && !carriers.has(table.name(), column.name())
                && (column.sequence() != null
                        || (column.uuid() && table.uniqueColumns().contains(column.name())));
    }

    /** Where the key in a column was born, if it is renewed there; for the column itself, too. */
    Optional<Origin> origin(TenantTable table, String column) {
        Set<Origin> origins = new HashSet<>();
        search(table, column, new HashSet<>(), origins);
        if (origins.size() > 1) {
            throw new TenantDataException("Column \"" + column + "\" of table " + table.name()
                    + " refers to several keys" + " that would be renewed apart from each other: " + origins
                    + ". Import without renewing keys.");
        }
        return origins.stream().findFirst();
    }

    private void search(TenantTable table, String column, Set<Origin> visited, Set<Origin> found) {
        if (carriers.has(table.name(), column) || !visited.add(new Origin(table.name(), column))) {
            return;
        }
        if (table.column(column).filter(known -> renews(table, known)).isPresent()) {
            found.add(new Origin(table.name(), column));
            return;
        }
        for (ForeignKey key : table.foreignKeys()) {
            int position = key.columns().indexOf(column);
            if (position >= 0) {
                tables.find(key.target())
                        .ifPresent(target -> search(target, key.targetColumns().get(position), visited, found));
            }
        }
    }

    /** Whether a foreign key leads to the column from elsewhere. */
    boolean isReferredTo(Origin origin) {
        return tables.innerForeignKeys().stream()
                .filter(key -> key.target().equals(origin.table()))
                .anyMatch(key -> key.targetColumns().contains(origin.column()));
    }

    /** Whether a key that is not the tenant's own may be that of a row that all share. */
    boolean mayBeShared(Origin origin) {
        return tables.find(origin.table())
                .filter(table -> table.classification() == Classification.MIXED)
                .isPresent();
    }

    Column columnOf(Origin origin) {
        return tables.find(origin.table())
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

    /** The same new id for the same old one, anywhere in one import, and nowhere else. */
    String id(String old) {
        MessageDigest digest = Digests.sha256();
        digest.update(salt);
        ByteBuffer hash = ByteBuffer.wrap(digest.digest(old.getBytes(StandardCharsets.UTF_8)));
        long high = (hash.getLong() & ~VERSION_BITS) | VERSION_4;
        long low = (hash.getLong() & NOT_VARIANT) | VARIANT;
        return new UUID(high, low).toString();
    }
}
