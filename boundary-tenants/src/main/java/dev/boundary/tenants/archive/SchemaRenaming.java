package dev.boundary.tenants.archive;

import dev.boundary.rls.internal.sql.Quoting;
import java.util.Optional;

/**
 * Tables of one schema that go to another schema, with the types beside them.
 *
 * @param from the schema in the archive, unquoted
 * @param to the schema in the database, unquoted
 */
record SchemaRenaming(String from, String to) {

    /** Whether a type of the archive has its counterpart in the type of a column here. */
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
