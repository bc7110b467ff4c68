package dev.boundary.testing.postgresql;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * How to reach a server.
 *
 * @param host its host name
 * @param port its TCP port
 * @param database the database to connect to in order to create others
 * @param superuser the name of a superuser
 * @param superuserPassword that user's password, or null without one
 * @param properties more properties of the driver, by their names in a URL: {@code sslmode}
 */
record ServerAccess(
        String host,
        int port,
        String database,
        String superuser,
        @Nullable String superuserPassword,
        Map<String, String> properties) {

    /** A server that needs no special properties. */
    ServerAccess(String host, int port, String superuser, @Nullable String superuserPassword) {
        this(host, port, "postgres", superuser, superuserPassword, Map.of());
    }

    /** Connections of a role to a database. */
    PGSimpleDataSource dataSource(String name, String role, @Nullable String password) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        properties.forEach((property, value) -> set(dataSource, property, value));
        dataSource.setServerNames(new String[] {host});
        dataSource.setPortNumbers(new int[] {port});
        dataSource.setDatabaseName(name);
        dataSource.setUser(role);
        dataSource.setPassword(password);
        return dataSource;
    }

    private static void set(PGSimpleDataSource dataSource, String property, String value) {
        try {
            dataSource.setProperty(property, value);
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "The property " + property + " of the URL in " + Setting.URL_VARIABLE + " is refused", e);
        }
    }

    /** Connections of the superuser to a database. */
    PGSimpleDataSource superuser(String name) {
        return dataSource(name, superuser, superuserPassword);
    }

    /** Connections of the superuser to the database from which others are created. */
    PGSimpleDataSource maintenance() {
        return superuser(database);
    }

    /** The JDBC URL of a database, without user and password. */
    String jdbcUrl(String name) {
        String query = properties.entrySet().stream()
                .map(property ->
                        property.getKey() + "=" + URLEncoder.encode(property.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return "jdbc:postgresql://" + this + "/" + name + (query.isEmpty() ? "" : "?" + query);
    }

    /** Host and port. */
    @Override
    public String toString() {
        return host + ":" + port;
    }
}
