package dev.boundary.tenants;

import com.zaxxer.hikari.HikariDataSource;
import dev.boundary.testing.postgresql.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** A database with a pool for each role: most of a test's time would go into new connections. */
public final class PooledDatabase implements AutoCloseable {

    private static final int CONNECTIONS = 8;

    private final TestDatabase database;
    private final HikariDataSource application;
    private final HikariDataSource admin;
    private final HikariDataSource owner;
    private final HikariDataSource superuser;

    public PooledDatabase(TestDatabase database) {
        this.database = database;
        this.application = pool(database.application());
        this.admin = pool(database.admin());
        this.owner = pool(database.owner());
        this.superuser = pool(database.superuser());
    }

    /** Starts with the first connection that is asked for. */
    @SuppressWarnings("resource") // the database closes it
    private static HikariDataSource pool(DataSource source) {
        HikariDataSource pool = new HikariDataSource();
        pool.setDataSource(source);
        pool.setMaximumPoolSize(CONNECTIONS);
        pool.setMinimumIdle(0);
        return pool;
    }

    public TestDatabase database() {
        return database;
    }

    public DataSource application() {
        return application;
    }

    public DataSource admin() {
        return admin;
    }

    public DataSource owner() {
        return owner;
    }

    public DataSource superuser() {
        return superuser;
    }

    /** Runs statements as a superuser. */
    public void run(String... sql) throws SQLException {
        TestDatabase.execute(superuser, sql);
    }

    /** The first column of a query's rows, as a superuser sees them. */
    public List<String> rows(String sql) throws SQLException {
        try (Connection connection = superuser.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> result = new ArrayList<>();
            while (rows.next()) {
                result.add(String.valueOf(rows.getString(1)));
            }
            return result;
        }
    }

    @Override
    public void close() throws SQLException {
        List.of(application, admin, owner, superuser).forEach(HikariDataSource::close);
        database.close();
    }
}
