package dev.boundary.rls.liquibase;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import liquibase.database.Database;
import org.jspecify.annotations.Nullable;

/** {@code boundaryInstalled}: Boundary is installed, and where an attribute is given, with that setting. */
public final class BoundaryInstalledPrecondition extends BoundaryPrecondition {

    private static final List<String> ATTRIBUTES =
            List.of("version", "sessionVariable", "tenantKeyType", "missing", "predicate");

    /** For Liquibase. */
    public BoundaryInstalledPrecondition() {
        super(ATTRIBUTES.toArray(String[]::new));
    }

    @Override
    public String getName() {
        return "boundaryInstalled";
    }

    @Override
    void checkAttributes(Database database) {
        // All attributes are optional, and any text may be compared.
    }

    @Override
    List<String> find(Database database, Connection connection) throws SQLException {
        if (!"true"
                .equals(single(
                        connection,
                        "select (pg_catalog.to_regclass('boundary.installation') is not null)::pg_catalog.text"))) {
            return List.of("Boundary is not installed in this database; run installBoundary first");
        }
        List<String> findings = new ArrayList<>();
        for (String attribute : ATTRIBUTES) {
            String expected = value(attribute);
            String column = attribute.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
            String actual = single(connection, "select " + column + " from boundary.installation");
            if (expected != null && !expected.equals(actual)) {
                findings.add(attribute + " is " + actual + " and not " + expected);
            }
        }
        return findings;
    }

    private static @Nullable String single(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet rows = statement.executeQuery()) {
            return rows.next() ? rows.getString(1) : null;
        }
    }
}
