package dev.boundary.jooq.internal.session;

import dev.boundary.core.StatementRefusedException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.jooq.ConnectionProvider;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DataSourceConnectionProvider;
import org.jspecify.annotations.Nullable;

/**
 * Connections of a data source, and inside of Spring's transaction on it the connection of that transaction: a
 * statement on another one would outlast its rollback.
 */
final class JoiningConnectionProvider implements ConnectionProvider {

    private final DataSource source;
    private final SpringTransactions spring;
    private final ConnectionProvider own;
    private final ConnectionProvider joined;

    private JoiningConnectionProvider(DataSource source, SpringTransactions spring) {
        this.source = source;
        this.spring = spring;
        this.own = new DataSourceConnectionProvider(source);
        this.joined = new DataSourceConnectionProvider(spring.joining(source));
    }

    /** The provider itself if it does not take its connections from a data source, or joins by itself. */
    static ConnectionProvider of(ConnectionProvider provider) {
        SpringTransactions spring = SpringTransactions.instance();
        return spring != null
                        && provider instanceof DataSourceConnectionProvider sources
                        && !spring.joins(sources.dataSource())
                ? new JoiningConnectionProvider(sources.dataSource(), spring)
                : provider;
    }

    DataSource dataSource() {
        return source;
    }

    @Override
    public @Nullable Connection acquire() {
        return transaction().map(this::join).orElse(own).acquire();
    }

    private Optional<DataSource> transaction() {
        try {
            return spring.transactionOn(source);
        } catch (SQLException e) {
            throw new DataAccessException("Cannot determine where Spring's transaction leads", e);
        }
    }

    private ConnectionProvider join(DataSource transaction) {
        if (transaction.equals(source)) {
            return joined;
        }
        throw new StatementRefusedException(
                "a statement outside of Spring's transaction on this thread",
                "The transaction manager has the data source " + transaction + ", and this context has " + source
                        + ", which leads to the same database: the statement would outlast a rollback.",
                "Give both the same data source.");
    }

    @Override
    public void release(Connection connection) {
        own.release(connection); // closes it; Spring keeps that of its transaction open
    }
}
