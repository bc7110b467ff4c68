package dev.boundary.examples.bookings.data;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;

/** Pools connections. */
public final class Pool {

    private Pool() {}

    /**
     * A pool of connections of one role.
     *
     * @param connections where they come from
     * @param size how many there are at most
     * @return the pool; the caller closes it
     */
    public static HikariDataSource of(DataSource connections, int size) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(connections);
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(0);
        return new HikariDataSource(config);
    }
}
