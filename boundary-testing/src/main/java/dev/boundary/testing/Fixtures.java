package dev.boundary.testing;

import org.junit.jupiter.api.extension.ExtensionContext;

/** Finds or creates the database and the fixture of a test. They end with the JUnit store that holds them. */
final class Fixtures {

    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(Fixtures.class);

    private final ExtensionContext context;
    private final ContextPath path;
    private final ExtensionContext annotated;
    private final DatabaseRequest request;

    /**
     * For a context.
     *
     * @param context the context
     * @param annotated that of the class that asks for a database: its own or one around it
     * @param request what that class asks for
     */
    Fixtures(ExtensionContext context, ExtensionContext annotated, DatabaseRequest request) {
        this.context = context;
        this.path = new ContextPath(context);
        this.annotated = annotated;
        this.request = request;
    }

    private boolean perMethod() {
        return request.lifecycle() == DatabaseLifecycle.PER_METHOD;
    }

    DatabaseFixture database() {
        ExtensionContext holder = perMethod() && context.getTestMethod().isPresent() ? path.ofMethod() : annotated;
        return holder.getStore(NAMESPACE)
                .computeIfAbsent(
                        "database " + holder.getUniqueId(),
                        key -> DatabaseFixture.create(request, context),
                        DatabaseFixture.class);
    }

    /** Creates the database of a class, unless each of its test methods has its own. */
    void createDatabaseOfClass() {
        if (!perMethod()) {
            database();
        }
    }

    /** The fixture of the test method, or outside of one that of the class. */
    TestFixture test() {
        ExtensionContext holder = context.getTestMethod().isPresent() ? path.ofMethod() : path.ofClass();
        return holder.getStore(NAMESPACE)
                .computeIfAbsent(
                        key(holder),
                        key -> new TestFixture(
                                database(),
                                Annotations.nearest(AllowUnscoped.class, null, context),
                                request.lifecycle()),
                        TestFixture.class);
    }

    /** Ends the fixture of a test method or class, and fails if the test leaked. */
    static void end(ExtensionContext context) throws Exception {
        TestFixture fixture = context.getStore(NAMESPACE).remove(key(context), TestFixture.class);
        if (fixture != null) {
            fixture.end();
        }
    }

    private static String key(ExtensionContext context) {
        return "test " + context.getUniqueId();
    }
}
