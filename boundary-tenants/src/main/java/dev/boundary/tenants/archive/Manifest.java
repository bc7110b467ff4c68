package dev.boundary.tenants.archive;

import dev.boundary.core.TenantKey;
import dev.boundary.core.TenantKeyType;
import dev.boundary.tenants.RowCounts;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What is in an archive: the file {@code manifest.json}. It is written last, so that an archive without it is
 * unfinished. Immutable.
 *
 * @param format {@value #FORMAT}
 * @param formatVersion the version of the format, now {@value #VERSION}
 * @param createdAt when the rows were read: the time of the snapshot by the database's clock, to the second
 * @param tenant whose rows
 * @param boundaryLayout the layout version of schema {@code boundary} in the exported database
 * @param postgresql the version of PostgreSQL of the exported database, for example {@code "18.1"}
 * @param tables the tables, those that others reference first; also those without rows
 * @since 0.1
 */
public record Manifest(
        String format,
        int formatVersion,
        Instant createdAt,
        Owner tenant,
        String boundaryLayout,
        String postgresql,
        List<TableFile> tables) {

    /** The value of {@link #format}. */
    public static final String FORMAT = "boundary-tenant-archive";

    /** The version of the format that this version writes, and the only one that it reads. */
    public static final int VERSION = 1;

    /** Checks that nothing is missing. */
    public Manifest {
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(createdAt, "createdAt");
        Objects.requireNonNull(tenant, "tenant");
        Objects.requireNonNull(boundaryLayout, "boundaryLayout");
        Objects.requireNonNull(postgresql, "postgresql");
        tables = List.copyOf(tables);
    }

    /**
     * The number of rows in each table.
     *
     * @return the numbers, as the manifest states them
     */
    public RowCounts rows() {
        return new RowCounts(tables.stream().collect(Collectors.toMap(TableFile::qualifiedName, TableFile::rows)));
    }

    /**
     * The tenant whose rows they are.
     *
     * @param key the value of the tenant column, as text
     * @param keyType the type of the tenant column
     * @param slug the tenant's short name, if the export was given a registered tenant
     * @param name the tenant's name, likewise
     * @param region the tenant's region, if it has one
     * @param attributes the tenant's attributes in the registry, if the export was given a registered tenant
     * @since 0.1
     */
    public record Owner(
            String key,
            TenantKeyType keyType,
            Optional<String> slug,
            Optional<String> name,
            Optional<String> region,
            Map<String, String> attributes) {

        /** Checks that the key is one. */
        public Owner {
            Objects.requireNonNull(slug, "slug");
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(region, "region");
            attributes = Map.copyOf(attributes);
            TenantKey.parse(keyType, key);
        }

        /**
         * The key as a value.
         *
         * @return the key, parsed by its type
         */
        public TenantKey tenantKey() {
            return TenantKey.parse(keyType, key);
        }
    }

    /**
     * The rows of one table: a file of JSON objects, one on each line.
     *
     * @param schema the table's schema, unquoted
     * @param name the table's name, unquoted
     * @param file the file's name in the folder
     * @param rows how many rows it has
     * @param bytes its length
     * @param sha256 the SHA-256 of its bytes, 64 hexadecimal digits in lower case
     * @param columns the columns that each line has, in their order; generated columns are not among them
     * @param primaryKey the columns of the primary key, in whose order the rows are; empty without one
     * @since 0.1
     */
    public record TableFile(
            String schema,
            String name,
            String file,
            long rows,
            long bytes,
            String sha256,
            List<Column> columns,
            List<String> primaryKey) {

        /** Checks that nothing is missing. */
        public TableFile {
            Objects.requireNonNull(schema, "schema");
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(file, "file");
            Objects.requireNonNull(sha256, "sha256");
            columns = List.copyOf(columns);
            primaryKey = List.copyOf(primaryKey);
            if (rows < 0 || bytes < 0) {
                throw new IllegalArgumentException(
                        "Table " + schema + "." + name + " cannot have " + rows + " rows in " + bytes + " bytes.");
            }
        }

        /**
         * The table's name with its schema.
         *
         * @return for example {@code "public.booking"}, for people
         */
        public String qualifiedName() {
            return schema + "." + name;
        }
    }

    /**
     * A column of an exported table.
     *
     * @param name its name, unquoted
     * @param type its type as PostgreSQL's {@code format_type} prints it, types outside {@code pg_catalog} with their
     *     schema
     * @since 0.1
     */
    public record Column(String name, String type) {

        /** Checks that nothing is missing. */
        public Column {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(type, "type");
        }
    }
}
