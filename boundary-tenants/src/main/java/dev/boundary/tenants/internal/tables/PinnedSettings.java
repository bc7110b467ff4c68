package dev.boundary.tenants.internal.tables;

import dev.boundary.rls.internal.sql.Jdbc;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/** Settings that decide how PostgreSQL prints and reads values, so that what was written is read back as the same. */
public final class PinnedSettings {

    private static final Map<String, String> SETTINGS = Map.of(
            "DateStyle", "ISO, MDY",
            "IntervalStyle", "postgres",
            "TimeZone", "UTC",
            "extra_float_digits", "1",
            "bytea_output", "hex",
            "lc_monetary", "C",
            "xmloption", "content",
            "quote_all_identifiers", "off");

    private PinnedSettings() {}

    /**
     * Sets them until the end of the transaction.
     *
     * @param connection a connection in a transaction
     * @throws SQLException if one cannot be set
     */
    public static void apply(Connection connection) throws SQLException {
        for (Map.Entry<String, String> setting : SETTINGS.entrySet()) {
            Jdbc.run(connection, "select pg_catalog.set_config(?, ?, true)", setting.getKey(), setting.getValue());
        }
    }

    /**
     * Makes PostgreSQL print names with their schemas until the end of the transaction.
     *
     * @param connection a connection in a transaction that runs no code of the service's own
     * @throws SQLException if it cannot be set
     */
    public static void qualifyNames(Connection connection) throws SQLException {
        Jdbc.run(connection, "select pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true)");
    }
}
