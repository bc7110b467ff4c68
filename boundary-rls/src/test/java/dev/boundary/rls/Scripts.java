package dev.boundary.rls;

import dev.boundary.rls.internal.sql.Quoting;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.jdbc.PreferQueryMode;

/** Runs SQL the way a migration or a service does. */
public final class Scripts {

    private Scripts() {}

    public static void apply(DataSource dataSource, RlsChange... changes) throws SQLException {
        for (RlsChange change : changes) {
            run(dataSource, change.apply());
        }
    }

    public static void rollback(DataSource dataSource, RlsChange change) throws SQLException {
        run(dataSource, change.rollback());
    }

    /** In one transaction. */
    public static void run(DataSource dataSource, List<String> statements) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (String sql : statements) {
                statement.execute(sql);
            }
            connection.commit();
        }
    }

    /** A whole script as psql would run it: in the simple protocol, one transaction for all. */
    public static void script(PGSimpleDataSource dataSource, String script) throws SQLException {
        dataSource.setPreferQueryMode(PreferQueryMode.SIMPLE);
        run(dataSource, List.of(script));
    }

    /** What a statement returns as its first column, or the number of rows it changed, for a tenant. */
    public static List<String> as(DataSource dataSource, @Nullable String tenant, String sql) throws SQLException {
        return as(dataSource, "app.current_tenant_id", tenant, sql);
    }

    static List<String> as(DataSource dataSource, String variable, @Nullable String tenant, String sql)
            throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            return as(connection, variable, tenant, sql);
        }
    }

    /** The same in a transaction of its own on a connection that stays, without autocommit. */
    static List<String> as(Connection connection, String tenant, String sql) throws SQLException {
        try {
            return as(connection, "app.current_tenant_id", tenant, sql);
        } finally {
            connection.rollback();
        }
    }

    private static List<String> as(Connection connection, String variable, @Nullable String tenant, String sql)
            throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (tenant != null) {
                statement.execute(
                        "select set_config(" + Quoting.literal(variable) + ", " + Quoting.literal(tenant) + ", true)");
            }
            List<String> result = new ArrayList<>();
            if (statement.execute(sql)) {
                try (ResultSet rows = statement.getResultSet()) {
                    while (rows.next()) {
                        result.add(rows.getString(1));
                    }
                }
            } else {
                result.add(String.valueOf(statement.getUpdateCount()));
            }
            connection.commit();
            return result;
        }
    }
}
