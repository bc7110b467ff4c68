package dev.boundary.tenants.archive;

import dev.boundary.rls.internal.sql.Quoting;
import java.util.Optional;

/**
 * A schema whose tables are imported into another schema, with its types. Immutable.
 *
 * @param from the schema in the archive, unquoted
 * @param to the schema in the database, unquoted
 */
record SchemaRenaming(String from, String to) {

    /** Whether a type of the archive becomes a type of this database. */
    boolean isSameType(String archived, String here) {
        Optional<String> local = within(from, archived);
        return local.isPresent() && local.equals(within(to, here));
    }

    private static Optional<String> within(String schema, String type) {
        return Optional.of(schema + ".")
                .filter(type::startsWith)
                .or(() -> Optional.of(Quoting.identifier(schema) + ".").filter(type::startsWith))
                .map(prefix -> type.substring(prefix.length()));
    }
}
