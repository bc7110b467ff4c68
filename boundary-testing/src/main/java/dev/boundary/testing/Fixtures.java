package dev.boundary.testing;

import java.lang.reflect.Method;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.ReflectionSupport;

/** Finds, or makes, the database and the fixture of a test. They end with the JUnit store that they are in. */
final class Fixtures {

    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(BoundaryExtension.class);

    private Fixtures() {}

    static DatabaseFixture database(ExtensionContext context) {
        ExtensionContext owner = annotated(context);
        BoundaryTest annotation = annotation(owner).orElseThrow();
        ExtensionContext holder = annotation.lifecycle() == DatabaseLifecycle.PER_METHOD
                        && context.getTestMethod().isPresent()
                ? ofMethod(context)
                : owner;
        return holder.getStore(NAMESPACE)
                .computeIfAbsent(
                        "database " + holder.getUniqueId(),
                        key -> DatabaseFixture.create(setup(annotation, context), annotation, context),
                        DatabaseFixture.class);
    }

    /** Makes the database of a class, unless each of its test methods has one. */
    static void databaseOfClass(ExtensionContext context) {
        if (annotation(annotated(context)).orElseThrow().lifecycle() != DatabaseLifecycle.PER_METHOD) {
            database(context);
        }
    }

    /** The fixture of the test method, or outside of one that of the class. */
    static TestFixture test(ExtensionContext context) {
        ExtensionContext holder = context.getTestMethod().isPresent() ? ofMethod(context) : ofClass(context);
        return holder.getStore(NAMESPACE)
                .computeIfAbsent(
                        key(holder),
                        key -> new TestFixture(
                                database(context),
                                Annotations.nearest(AllowUnscoped.class, null, context),
                                annotation(annotated(context)).orElseThrow().lifecycle()),
                        TestFixture.class);
    }

    /** Fails the test if it leaked. */
    static void end(ExtensionContext context) throws Exception {
        TestFixture fixture = context.getStore(NAMESPACE).remove(key(context), TestFixture.class);
        if (fixture != null) {
            fixture.end();
        }
    }

    private static String key(ExtensionContext context) {
        return "test " + context.getUniqueId();
    }

    private static DatabaseSetup setup(BoundaryTest annotation, ExtensionContext context) {
        Class<? extends DatabaseSetup> type = annotation.value();
        if (type == DatabaseSetup.class) {
            type = context.getConfigurationParameter(BoundaryTest.SETUP_PARAMETER)
                    .map(Fixtures::load)
                    .orElseThrow(() -> new ExtensionConfigurationException(
                            "@BoundaryTest on " + context.getRequiredTestClass().getName()
                                    + " does not say what to put into the database. Name a class that implements DatabaseSetup:"
                                    + " @BoundaryTest(OurDatabase.class), or once for all tests in"
                                    + " src/test/resources/junit-platform.properties: " + BoundaryTest.SETUP_PARAMETER
                                    + "=com.acme.OurDatabase"));
        }
        return ReflectionSupport.newInstance(type);
    }

    private static Class<? extends DatabaseSetup> load(String name) {
        try {
            return ReflectionSupport.tryToLoadClass(name.strip()).get().asSubclass(DatabaseSetup.class);
        } catch (Exception e) {
            throw new ExtensionConfigurationException(
                    "The configuration parameter " + BoundaryTest.SETUP_PARAMETER + " is \"" + name
                            + "\", which is not the name of a class that implements DatabaseSetup.",
                    e);
        }
    }

    private static Optional<BoundaryTest> annotation(ExtensionContext context) {
        return AnnotationSupport.findAnnotation(context.getTestClass(), BoundaryTest.class);
    }

    /** The context of the class that has the annotation: this one or one around it. */
    private static ExtensionContext annotated(ExtensionContext context) {
        ExtensionContext candidate = ofClass(context);
        while (annotation(candidate).isEmpty()) {
            candidate = ofClass(candidate
                    .getParent()
                    .orElseThrow(() -> new ExtensionConfigurationException("BoundaryExtension needs @BoundaryTest on "
                            + context.getRequiredTestClass().getName() + " or a class around it.")));
        }
        return candidate;
    }

    private static ExtensionContext ofClass(ExtensionContext context) {
        ExtensionContext found = context;
        Optional<Class<?>> type = context.getTestClass();
        while (type.isPresent()
                && found.getParent().flatMap(ExtensionContext::getTestClass).equals(type)) {
            found = found.getParent().orElseThrow();
        }
        return found;
    }

    private static ExtensionContext ofMethod(ExtensionContext context) {
        ExtensionContext found = context;
        Optional<Method> method = context.getTestMethod();
        // A template's invocations each have a context with a display name of their own; dynamic tests have not.
        while (found.getTestInstance().isPresent()
                && found.getParent().flatMap(ExtensionContext::getTestMethod).equals(method)
                && found.getParent().flatMap(ExtensionContext::getTestInstance).isPresent()) {
            found = found.getParent().orElseThrow();
        }
        return found;
    }
}
