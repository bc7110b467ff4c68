package dev.boundary.testing;

import dev.boundary.testing.postgresql.PostgresServer;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * The database that a test class asks for.
 *
 * @param setup what to put into it; {@link DatabaseSetup} itself if the class names none
 * @param setupParameter the configuration parameter that names the setup then
 * @param lifecycle how long what a test writes stays there
 * @param provider the provider of its server, or empty for the usual one
 */
record DatabaseRequest(
        Class<? extends DatabaseSetup> setup, String setupParameter, DatabaseLifecycle lifecycle, String provider) {

    PostgresServer server() {
        return provider.isEmpty() ? PostgresServer.shared() : PostgresServer.shared(provider);
    }

    DatabaseSetup newSetup(ExtensionContext context) {
        Class<? extends DatabaseSetup> type = setup == DatabaseSetup.class ? configured(context) : setup;
        return ReflectionSupport.newInstance(type);
    }

    private Class<? extends DatabaseSetup> configured(ExtensionContext context) {
        return context.getConfigurationParameter(setupParameter)
                .map(this::load)
                .orElseThrow(() -> new ExtensionConfigurationException("@BoundaryTest on "
                        + context.getRequiredTestClass().getName()
                        + " does not say what to put into the database. Name a class that implements"
                        + " DatabaseSetup: @BoundaryTest(OurDatabase.class), or once for all tests in"
                        + " src/test/resources/junit-platform.properties: " + setupParameter
                        + "=com.acme.OurDatabase"));
    }

    private Class<? extends DatabaseSetup> load(String name) {
        try {
            return ReflectionSupport.tryToLoadClass(name.strip()).get().asSubclass(DatabaseSetup.class);
        } catch (Exception e) {
            throw new ExtensionConfigurationException(
                    "The configuration parameter " + setupParameter + " is \"" + name
                            + "\", which is not the name of a class that implements DatabaseSetup.",
                    e);
        }
    }
}
