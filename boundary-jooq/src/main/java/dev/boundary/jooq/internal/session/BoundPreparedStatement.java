package dev.boundary.jooq.internal.session;

import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGStatement;
import org.postgresql.util.PSQLException;

/** A prepared statement that carries the scope in which it is executed. */
final class BoundPreparedStatement extends ShiftedPreparedStatement implements ScopedStatement {

    private final SqlText text;
    private final String sql;
    private final Preparation preparation;
    private final StatementBinder binder;
    private final StatementExecution execution;
    private final StatementCompletion completion;

    private BoundPreparedStatement(
            PreparedStatement target,
            boolean prefixed,
            SqlText text,
            String sql,
            Preparation preparation,
            BoundConnection connection,
            StatementBinder binder) {
        super(target, connection, prefixed, binder.physical().stringsAreTyped());
        this.text = text;
        this.sql = sql;
        this.preparation = preparation;
        this.binder = binder;
        this.execution = new StatementExecution(binder);
        this.completion = new StatementCompletion(target, connection);
    }

    /** Prepares a statement of the driver with the caller's options. */
    @FunctionalInterface
    interface Preparation {
        PreparedStatement prepare(String sql) throws SQLException;
    }

    /**
     * Prepares a statement.
     *
     * @param prefixed whether it carries the tenant itself, unless it has as many parameters as the driver can send
     */
    static BoundPreparedStatement prepare(
            SqlText text,
            String sql,
            boolean prefixed,
            Preparation preparation,
            BoundConnection connection,
            StatementBinder binder)
            throws SQLException {
        PreparedStatement target = prefixed ? prefixed(binder.variable().prefix() + sql, preparation) : null;
        return new BoundPreparedStatement(
                target == null ? preparation.prepare(sql) : target,
                target != null,
                text,
                sql,
                preparation,
                connection,
                binder);
    }

    /** Null if the driver cannot prepare it: what is wrong, it says best about the caller's own text. */
    private static @Nullable PreparedStatement prefixed(String sql, Preparation preparation) throws SQLException {
        try {
            return preparation.prepare(sql);
        } catch (PSQLException e) {
            if (e.getServerErrorMessage() == null) {
                return null;
            }
            throw e;
        }
    }

    @Override
    public StatementExecution execution() {
        return execution;
    }

    @Override
    public StatementCompletion completion() {
        return completion;
    }

    @Override
    <T> T exclusively(SqlCall<T> call) throws SQLException {
        return binder.exclusively(call);
    }

    @Override
    public boolean execute() throws SQLException {
        return isShifted() ? prefixed().isResultSet() : plain(target()::execute);
    }

    @Override
    public ResultSet executeQuery() throws SQLException {
        return completion.bind(isShifted() ? prefixed().query() : plain(target()::executeQuery), this);
    }

    @Override
    public int executeUpdate() throws SQLException {
        return isShifted() ? PrefixedResults.asInt(prefixed().update()) : plain(target()::executeUpdate);
    }

    @Override
    public long executeLargeUpdate() throws SQLException {
        return isShifted() ? prefixed().update() : plain(target()::executeLargeUpdate);
    }

    private <T> T plain(SqlCall<T> call) throws SQLException {
        completion.executed(null);
        return execution.execute(text, sql, target(), call);
    }

    private PrefixedResults prefixed() throws SQLException {
        completion.executed(null);
        PreparedStatement statement = target();
        PrefixedResults results = execution.executePrefixed(text, sql, statement, tenant -> {
            SessionVariableSql.bind(statement, tenant);
            avoidDescribe();
            statement.execute();
            return PrefixedResults.of(statement, text.statements());
        });
        completion.executed(results);
        return results;
    }

    /**
     * Keeps the driver from describing the statement, which it does when it prepares one with a parameter of unknown
     * type: from then on it would send prefix and statement in two transactions, and in autocommit the tenant would be
     * gone before the statement runs.
     */
    private void avoidDescribe() throws SQLException {
        if (hasUntypedParameter()) {
            target().unwrap(PGStatement.class).setPrepareThreshold(0);
        }
    }

    // A result set, such as the prefix's, is an error in a batch.
    @Override
    public void addBatch() throws SQLException {
        execution.add(text, () -> {
            if (isShifted()) {
                giveUpPrefix();
            }
            target().addBatch();
        });
    }

    @Override
    void giveUpPrefix() throws SQLException {
        PreparedStatement prefixed = target();
        PreparedStatement plain = prepareLike(prefixed);
        unshift(plain);
        completion.replace(plain);
        prefixed.close();
    }

    private PreparedStatement prepareLike(PreparedStatement other) throws SQLException {
        PreparedStatement statement = preparation.prepare(sql);
        statement.setQueryTimeout(other.getQueryTimeout());
        statement.setFetchSize(other.getFetchSize());
        statement.setFetchDirection(other.getFetchDirection());
        statement.setMaxRows(other.getMaxRows());
        statement.setMaxFieldSize(other.getMaxFieldSize());
        statement.setPoolable(other.isPoolable());
        return statement;
    }

    @Override
    public int[] executeBatch() throws SQLException {
        completion.executed(null);
        return execution.executeBatch(sql, target(), target()::executeBatch);
    }

    @Override
    public long[] executeLargeBatch() throws SQLException {
        completion.executed(null);
        return execution.executeBatch(sql, target(), target()::executeLargeBatch);
    }

    @Override
    public void clearBatch() throws SQLException {
        execution.clearBatch();
        target().clearBatch();
    }

    // Described without the prefix: once the driver has described the prefixed statement, it would send it in two
    // transactions.
    @Override
    public @Nullable ResultSetMetaData getMetaData() throws SQLException {
        ResultSet rows = completion.rows(this);
        if (rows != null && !rows.isClosed()) {
            return rows.getMetaData();
        }
        return described(PreparedStatement::getMetaData);
    }

    @Override
    public ParameterMetaData getParameterMetaData() throws SQLException {
        return described(PreparedStatement::getParameterMetaData);
    }

    private <T> T described(Description<T> description) throws SQLException {
        return binder.exclusively(() -> {
            if (!isShifted()) {
                return description.of(target());
            }
            try (PreparedStatement plain = preparation.prepare(sql)) {
                copyParameters(plain); // their types decide on those of the columns
                return description.of(plain);
            }
        });
    }

    /** Asks the server what a statement needs, or returns. */
    @FunctionalInterface
    private interface Description<T> {
        T of(PreparedStatement statement) throws SQLException;
    }

    @Override
    public @Nullable ResultSet getResultSet() throws SQLException {
        return completion.rows(this);
    }

    @Override
    public int getUpdateCount() throws SQLException {
        return PrefixedResults.asInt(completion.count());
    }

    @Override
    public long getLargeUpdateCount() throws SQLException {
        return completion.count();
    }

    @Override
    public boolean getMoreResults() throws SQLException {
        return completion.next(CLOSE_ALL_RESULTS);
    }

    @Override
    public boolean getMoreResults(int current) throws SQLException {
        return completion.next(current);
    }

    @Override
    public void closeOnCompletion() {
        completion.closeOnCompletion();
    }

    @Override
    public boolean isCloseOnCompletion() {
        return completion.isCloseOnCompletion();
    }

    @Override
    protected @Nullable ResultSet wrap(@Nullable ResultSet rows) {
        return completion.bindAny(rows, this);
    }

    /** The SQL with its parameters, as the driver writes it, without the prefix. */
    @Override
    public String toString() {
        String all = target().toString();
        return isShifted() ? SessionVariableSql.withoutPrefix(all) : all;
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        return Unwrapping.unwrap(this, type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return type.isInstance(this);
    }
}
