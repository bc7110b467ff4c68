package dev.boundary.core.routing;

import dev.boundary.core.registry.Tenant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where the rows of a tenant are: in the tables that it shares with others, in a schema of its own, or in a database of
 * its own; and in which region. Immutable.
 *
 * <p>Names of schemas and databases have 1 to 63 of {@code a-z}, {@code 0-9}, {@code _} and {@code -} and do not begin
 * with a hyphen, so that PostgreSQL neither folds their case nor truncates them. Names that PostgreSQL, Boundary or the
 * shared tables use are refused.
 *
 * @since 0.1
 */
public sealed interface Placement {

    /** The attribute of a {@link Tenant} that {@link #of(Tenant)} reads: {@value}. */
    String ATTRIBUTE = "placement";

    /**
     * The region.
     *
     * @return its name; empty if there is one region
     */
    Optional<String> region();

    /**
     * The placement as {@link #parse} reads it.
     *
     * @return {@code shared}, {@code schema:} with a name, or {@code database:} with a name; the region is not in it
     */
    String asText();

    /**
     * The placement of a registered tenant, from its region and its attribute {@value #ATTRIBUTE}. Without that
     * attribute it is in the shared tables.
     *
     * @param tenant the tenant
     * @return the placement
     * @throws UnknownPlacementException if the attribute is not a placement
     */
    static Placement of(Tenant tenant) {
        String text = tenant.attributes().getOrDefault(ATTRIBUTE, "shared");
        try {
            return parse(tenant.region(), text);
        } catch (IllegalArgumentException e) {
            throw new UnknownPlacementException(
                    "The attribute \"" + ATTRIBUTE + "\" of tenant " + tenant.slug() + " (" + tenant.key()
                            + ") says where its rows are, and is not understood. " + e.getMessage(),
                    e);
        }
    }

    /**
     * Reads a placement.
     *
     * @param region the region, or empty if there is one
     * @param text {@code shared}, {@code schema:} with a name, or {@code database:} with a name
     * @return the placement
     * @throws IllegalArgumentException if it is none of these, or the name cannot be one
     */
    static Placement parse(Optional<String> region, String text) {
        if (text.equals("shared")) {
            return new SharedTables(region);
        }
        if (text.startsWith("schema:")) {
            return new OwnSchema(region, text.substring("schema:".length()));
        }
        if (text.startsWith("database:")) {
            return new OwnDatabase(region, text.substring("database:".length()));
        }
        throw new IllegalArgumentException("\"" + PlaceName.printable(text)
                + "\" is not a placement: write \"shared\", \"schema:\" with the name of the schema, or \"database:\""
                + " with that of the database.");
    }

    /**
     * In the tables that all tenants share.
     *
     * @param region the region, or empty if there is one
     */
    record SharedTables(Optional<String> region) implements Placement {

        /** Where there is one region. */
        public SharedTables() {
            this(Optional.empty());
        }

        @Override
        public String asText() {
            return "shared";
        }

        @Override
        public String toString() {
            return "the shared tables" + PlaceName.in(region);
        }
    }

    /**
     * In the tables of a schema of its own, beside the shared ones of its region.
     *
     * @param region the region, or empty if there is one
     * @param schema the name of the schema
     */
    record OwnSchema(Optional<String> region, String schema) implements Placement {

        private static final Pattern RESERVED = Pattern.compile("pg_.*|boundary.*|information_schema|public");

        /**
         * Checks the name.
         *
         * @throws IllegalArgumentException if it cannot be that of a tenant's own schema
         */
        public OwnSchema {
            PlaceName.check("schema", schema, RESERVED);
        }

        /**
         * Where there is one region.
         *
         * @param schema the name of the schema
         * @throws IllegalArgumentException if it cannot be that of a tenant's own schema
         */
        public OwnSchema(String schema) {
            this(Optional.empty(), schema);
        }

        /**
         * What connections to this schema must have as their {@code search_path}: the schema, quoted, and the schema of
         * temporary tables at the end, which would be searched first otherwise. With pgjdbc it is given to
         * {@code setCurrentSchema} of a data source, or to the connection property {@code currentSchema}.
         *
         * @return for example {@code "acme", pg_temp}
         */
        public String searchPath() {
            return quoted() + ", pg_temp";
        }

        /**
         * The name as SQL.
         *
         * @return the name in double quotes
         */
        public String quoted() {
            return '"' + schema + '"';
        }

        @Override
        public String asText() {
            return "schema:" + schema;
        }

        @Override
        public String toString() {
            return "schema \"" + schema + "\"" + PlaceName.in(region);
        }
    }

    /**
     * In a database of its own.
     *
     * @param region the region, or empty if there is one
     * @param database the name of the database
     */
    record OwnDatabase(Optional<String> region, String database) implements Placement {

        private static final Pattern RESERVED = Pattern.compile("pg_.*|boundary.*|postgres|template[01]");

        /**
         * Checks the name.
         *
         * @throws IllegalArgumentException if it cannot be that of a tenant's own database
         */
        public OwnDatabase {
            PlaceName.check("database", database, RESERVED);
        }

        /**
         * Where there is one region.
         *
         * @param database the name of the database
         * @throws IllegalArgumentException if it cannot be that of a tenant's own database
         */
        public OwnDatabase(String database) {
            this(Optional.empty(), database);
        }

        /**
         * The name as SQL.
         *
         * @return the name in double quotes
         */
        public String quoted() {
            return '"' + database + '"';
        }

        @Override
        public String asText() {
            return "database:" + database;
        }

        @Override
        public String toString() {
            return "database \"" + database + "\"" + PlaceName.in(region);
        }
    }
}
