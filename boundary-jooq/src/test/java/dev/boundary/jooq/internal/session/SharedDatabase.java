package dev.boundary.jooq.internal.session;

import dev.boundary.testing.postgresql.TestDatabase;
import java.sql.SQLException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a class the one session database of the test run, with its notes reset. For classes that change nothing but the
 * notes; others create their own.
 */
public final class SharedDatabase implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TestDatabase.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        try {
            TestDatabase database = context.getRoot()
                    .getStore(Namespace.create(SharedDatabase.class))
                    .computeIfAbsent(TestDatabase.class, _ -> create(), TestDatabase.class);
            SessionDatabase.reset(database);
            return database;
        } catch (SQLException e) {
            throw new ParameterResolutionException("The notes cannot be reset", e);
        }
    }

    private static TestDatabase create() {
        try {
            return SessionDatabase.create();
        } catch (SQLException e) {
            throw new ParameterResolutionException("The session database cannot be created", e);
        }
    }
}
