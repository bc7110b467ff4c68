package dev.boundary.doctor.catalog;

import dev.boundary.core.SessionVariable;
import dev.boundary.doctor.catalog.SecurityCatalog.Column;
import dev.boundary.doctor.catalog.SecurityCatalog.DefaultPrivilege;
import dev.boundary.doctor.catalog.SecurityCatalog.ForeignKey;
import dev.boundary.doctor.catalog.SecurityCatalog.Grant;
import dev.boundary.doctor.catalog.SecurityCatalog.Index;
import dev.boundary.doctor.catalog.SecurityCatalog.Inheritance;
import dev.boundary.doctor.catalog.SecurityCatalog.Installation;
import dev.boundary.doctor.catalog.SecurityCatalog.Membership;
import dev.boundary.doctor.catalog.SecurityCatalog.ParameterGrant;
import dev.boundary.doctor.catalog.SecurityCatalog.Policy;
import dev.boundary.doctor.catalog.SecurityCatalog.Publication;
import dev.boundary.doctor.catalog.SecurityCatalog.Reader;
import dev.boundary.doctor.catalog.SecurityCatalog.Registered;
import dev.boundary.doctor.catalog.SecurityCatalog.Relation;
import dev.boundary.doctor.catalog.SecurityCatalog.RewriteRule;
import dev.boundary.doctor.catalog.SecurityCatalog.Role;
import dev.boundary.doctor.catalog.SecurityCatalog.Routine;
import dev.boundary.doctor.catalog.SecurityCatalog.Schema;
import dev.boundary.doctor.catalog.SecurityCatalog.Server;
import dev.boundary.doctor.catalog.SecurityCatalog.Setting;
import dev.boundary.doctor.catalog.SecurityCatalog.Trigger;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Reads the {@link SecurityCatalog} in one read-only transaction, which it ends by rolling back. The number of
 * statements does not depend on the number of objects.
 */
public final class SecurityCatalogReader {

    private static final int VERSION_15 = 150000;

    private final Connection connection;

    private SecurityCatalogReader(Connection connection) {
        this.connection = connection;
    }

    /**
     * Reads it.
     *
     * @param connection an open connection in autocommit mode; left so
     * @param variable the session variable, unless the database says which one was installed
     * @return the catalog
     * @throws IllegalArgumentException if the connection is inside a transaction
     * @throws SQLException if the catalog cannot be read
     */
    public static SecurityCatalog read(Connection connection, SessionVariable variable) throws SQLException {
        if (!connection.getAutoCommit()) {
            throw new IllegalArgumentException("The connection is not in autocommit mode, so the doctor's read-only"
                    + " transaction would end yours. Give it a connection of its own.");
        }
        connection.setAutoCommit(false);
        try {
            return new SecurityCatalogReader(connection).readAll(variable);
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    private SecurityCatalog readAll(SessionVariable variable) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set transaction isolation level repeatable read, read only");
            statement.execute("set local search_path = pg_catalog, pg_temp");
        }
        Header header = header(variable.name());
        Installation installation = null;
        List<Registered> register = List.of();
        if (header.readable) {
            List<Installation> rows = list(CatalogQueries.INSTALLATION, SecurityCatalogReader::installation);
            installation = rows.isEmpty() ? null : rows.getFirst();
            register = list(CatalogQueries.REGISTER, SecurityCatalogReader::registered);
        }
        if (installation != null && !installation.sessionVariable().equals(variable.name())) {
            header = header(installation.sessionVariable());
        }
        boolean from15 = header.server.versionNumber() >= VERSION_15;
        List<List<Grant>> database = list(CatalogQueries.DATABASE, row -> grants(row, 1));
        return new SecurityCatalog(
                header.server,
                byOid(list(CatalogQueries.ROLES, SecurityCatalogReader::role), Role::oid),
                list(CatalogQueries.MEMBERSHIPS, row -> new Membership(row.getLong(1), row.getLong(2))),
                byOid(list(CatalogQueries.RELATIONS, SecurityCatalogReader::relation), Relation::oid),
                list(CatalogQueries.COLUMNS, SecurityCatalogReader::column),
                list(CatalogQueries.POLICIES, SecurityCatalogReader::policy),
                list(CatalogQueries.INDEXES, SecurityCatalogReader::index),
                list(CatalogQueries.FOREIGN_KEYS, SecurityCatalogReader::foreignKey),
                list(CatalogQueries.INHERITANCE, row -> new Inheritance(row.getLong(1), row.getLong(2))),
                list(CatalogQueries.READERS, row -> new Reader(row.getLong(1), row.getLong(2))),
                byOid(list(CatalogQueries.ROUTINES, SecurityCatalogReader::routine), Routine::oid),
                list(CatalogQueries.TRIGGERS, SecurityCatalogReader::trigger),
                list(CatalogQueries.REWRITE_RULES, row -> new RewriteRule(row.getLong(1), text(row, 2), text(row, 3))),
                list(
                        CatalogQueries.SCHEMAS,
                        row -> new Schema(text(row, 1), text(row, 2), row.getLong(3), grants(row, 4))),
                database.isEmpty() ? List.of() : database.getFirst(),
                list(
                        CatalogQueries.DEFAULT_PRIVILEGES,
                        row -> new DefaultPrivilege(row.getLong(1), row.getString(2), grants(row, 3))),
                list(
                        CatalogQueries.SETTINGS,
                        row -> new Setting(row.getLong(1), row.getBoolean(2), text(row, 3), text(row, 4))),
                from15
                        ? list(
                                CatalogQueries.PARAMETER_GRANTS,
                                row -> new ParameterGrant(text(row, 1), grant(text(row, 2))))
                        : List.of(),
                list(
                        from15 ? CatalogQueries.PUBLICATIONS_15 : CatalogQueries.PUBLICATIONS_14,
                        row -> new Publication(text(row, 1), row.getLong(2), row.getBoolean(3), row.getBoolean(4))),
                installation,
                register);
    }

    private record Header(Server server, boolean readable) {}

    private Header header(String variable) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(CatalogQueries.SERVER)) {
            statement.setString(1, variable);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    throw new SQLException("The server did not say its version");
                }
                return new Header(
                        new Server(
                                row.getInt(1),
                                text(row, 2),
                                text(row, 3),
                                text(row, 4),
                                row.getString(5),
                                row.getLong(6),
                                row.getLong(7)),
                        row.getBoolean(8));
            }
        }
    }

    /** Makes an object of the current row. */
    @FunctionalInterface
    private interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private <T> List<T> list(String sql, RowReader<T> reader) throws SQLException {
        List<T> objects = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                objects.add(reader.read(row));
            }
        }
        return List.copyOf(objects);
    }

    private static <T> Map<Long, T> byOid(List<T> objects, ToLongFunction<T> oid) {
        Map<Long, T> byOid = new LinkedHashMap<>();
        objects.forEach(object -> byOid.put(oid.applyAsLong(object), object));
        return java.util.Collections.unmodifiableMap(byOid);
    }

    private static Installation installation(ResultSet row) throws SQLException {
        return new Installation(
                text(row, 1), text(row, 2), text(row, 3), text(row, 4), text(row, 5), row.getBoolean(6));
    }

    private static Registered registered(ResultSet row) throws SQLException {
        return new Registered(
                text(row, 1),
                text(row, 2),
                text(row, 3),
                row.getString(4),
                texts(row, 5),
                row.getString(6),
                row.getString(7),
                texts(row, 8));
    }

    private static Role role(ResultSet row) throws SQLException {
        return new Role(row.getLong(1), text(row, 2), text(row, 3), row.getBoolean(4), row.getBoolean(5));
    }

    private static Relation relation(ResultSet row) throws SQLException {
        return new Relation(
                row.getLong(1),
                text(row, 2),
                text(row, 3),
                text(row, 4),
                letter(row, 5),
                row.getLong(6),
                row.getBoolean(7),
                row.getBoolean(8),
                row.getBoolean(9),
                row.getBoolean(10),
                text(row, 11),
                grants(row, 12));
    }

    private static Column column(ResultSet row) throws SQLException {
        return new Column(
                row.getLong(1),
                row.getInt(2),
                text(row, 3),
                text(row, 4),
                text(row, 5),
                text(row, 6),
                row.getBoolean(7),
                row.getBoolean(8),
                row.getBoolean(9),
                grants(row, 10));
    }

    private static Policy policy(ResultSet row) throws SQLException {
        return new Policy(
                row.getLong(1),
                text(row, 2),
                text(row, 3),
                letter(row, 4),
                row.getBoolean(5),
                longs(row, 6),
                row.getString(7),
                row.getString(8),
                longs(row, 9),
                longs(row, 10));
    }

    private static Index index(ResultSet row) throws SQLException {
        return new Index(
                row.getLong(1),
                row.getLong(2),
                text(row, 3),
                text(row, 4),
                row.getBoolean(5),
                row.getBoolean(6),
                row.getBoolean(7),
                row.getBoolean(8),
                row.getBoolean(9),
                integers(row, 10),
                integers(row, 11),
                texts(row, 12),
                text(row, 13),
                row.getString(14));
    }

    private static ForeignKey foreignKey(ResultSet row) throws SQLException {
        return new ForeignKey(
                row.getLong(1),
                row.getLong(2),
                text(row, 3),
                text(row, 4),
                integers(row, 5),
                integers(row, 6),
                texts(row, 7),
                letter(row, 8),
                letter(row, 9),
                text(row, 10));
    }

    private static Routine routine(ResultSet row) throws SQLException {
        return new Routine(
                row.getLong(1),
                text(row, 2),
                row.getLong(3),
                row.getBoolean(4),
                row.getBoolean(5),
                row.getBoolean(6),
                text(row, 7),
                text(row, 8),
                letter(row, 9),
                letter(row, 10),
                row.getBoolean(11),
                texts(row, 12),
                grants(row, 13));
    }

    private static Trigger trigger(ResultSet row) throws SQLException {
        return new Trigger(row.getLong(1), text(row, 2), row.getLong(3), letter(row, 4), row.getBoolean(5));
    }

    /** For columns that the catalog declares NOT NULL; an empty text stands for what should not happen. */
    private static String text(ResultSet row, int column) throws SQLException {
        String text = row.getString(column);
        return text == null ? "" : text;
    }

    private static char letter(ResultSet row, int column) throws SQLException {
        String text = text(row, column);
        return text.isEmpty() ? ' ' : text.charAt(0);
    }

    private static List<Grant> grants(ResultSet row, int column) throws SQLException {
        return texts(row, column).stream().map(SecurityCatalogReader::grant).toList();
    }

    private static Grant grant(String text) {
        int colon = text.indexOf(':');
        return new Grant(Long.parseLong(text.substring(0, colon)), text.substring(colon + 1));
    }

    private static List<Long> longs(ResultSet row, int column) throws SQLException {
        return convert(row, column, Long::valueOf);
    }

    private static List<Integer> integers(ResultSet row, int column) throws SQLException {
        return convert(row, column, Integer::valueOf);
    }

    private static List<String> texts(ResultSet row, int column) throws SQLException {
        return convert(row, column, text -> text);
    }

    private static <T> List<T> convert(ResultSet row, int column, Function<String, T> convert) throws SQLException {
        @Nullable Array array = row.getArray(column);
        if (array == null) {
            return List.of();
        }
        List<T> values = new ArrayList<>();
        for (Object value : (Object[]) array.getArray()) {
            values.add(convert.apply((String) value));
        }
        return List.copyOf(values);
    }
}
