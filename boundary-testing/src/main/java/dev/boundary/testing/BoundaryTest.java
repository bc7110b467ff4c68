package dev.boundary.testing;

import dev.boundary.core.TenantContext;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/**
 * Gives a test class a real PostgreSQL database, migrated, with owner, application and admin roles, and fails a test
 * that issues a statement outside a scope, has unscoped access that it does not declare, or leaves anything behind on a
 * connection.
 *
 * {@snippet file="dev/boundary/testing/ShopTest.java" region="boundary-test"}
 *
 * <p>Parameters of test methods, lifecycle methods and constructors may be:
 *
 * <ul>
 *   <li>{@code DSLContext}, {@code DataSource}, {@code Connection}: as the application, or with {@link As} as the owner
 *       or the admin role. The application's {@code DSLContext} has both layers of Boundary; the others are plain jOOQ.
 *   <li>{@code Boundary}: what created that {@code DSLContext}.
 *   <li>{@code TenantKey}: the tenant of {@link WithTenant}, those of {@link WithTenants} in their order, or the one
 *       that {@link NamedTenant} names.
 *   <li>{@link Tenants}, {@link Isolation}, {@code TenantSchema}, and {@code TestDatabase}.
 * </ul>
 *
 * <p>Before the first test it asserts that the application role cannot bypass row-level security.
 *
 * <p>May be used as a meta-annotation. Tests may run in parallel, except in one class with
 * {@link DatabaseLifecycle#ROLLED_BACK_PER_TEST}.
 *
 * @since 0.1
 */
@Documented
@Inherited
@Target({ElementType.TYPE, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(BoundaryTest.Extension.class)
public @interface BoundaryTest {

    /**
     * The configuration parameter, in {@code junit-platform.properties}, that names the {@link DatabaseSetup} of test
     * classes that name none.
     */
    String SETUP_PARAMETER = "boundary.test.setup";

    /**
     * What to put into the database.
     *
     * @return a class with a constructor without parameters; by default the one that the configuration parameter
     *     {@value #SETUP_PARAMETER} names
     */
    Class<? extends DatabaseSetup> value() default DatabaseSetup.class;

    /**
     * How long what a test writes stays there.
     *
     * @return by default a database for each class
     */
    DatabaseLifecycle lifecycle() default DatabaseLifecycle.PER_CLASS;

    /**
     * Where the server comes from: {@code url}, {@code testcontainers} or {@code embedded}.
     *
     * @return by default what the system property, the environment or the class path decide; see {@code PostgresServer}
     */
    String provider() default "";

    /** What the annotation does; for JUnit. Stateless, and safe for use by several threads. */
    final class Extension
            implements BeforeAllCallback,
                    AfterEachCallback,
                    AfterAllCallback,
                    ParameterResolver,
                    InvocationInterceptor {

        /** For JUnit. */
        public Extension() {}

        @Override
        public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext rootContext) {
            return ExtensionContextScope.TEST_METHOD; // what a constructor receives belongs to its test
        }

        private static Fixtures fixtures(ExtensionContext context) {
            ExtensionContext annotated = new ContextPath(context)
                    .nearestClassWith(BoundaryTest.class)
                    .orElseThrow(() -> new ExtensionConfigurationException("@BoundaryTest is missing on "
                            + context.getRequiredTestClass().getName() + " and on the classes around it."));
            BoundaryTest test =
                    Annotations.ofClass(BoundaryTest.class, annotated).orElseThrow();
            return new Fixtures(
                    context,
                    annotated,
                    new DatabaseRequest(test.value(), SETUP_PARAMETER, test.lifecycle(), test.provider()));
        }

        @Override
        public void beforeAll(ExtensionContext context) {
            fixtures(context).createDatabaseOfClass();
        }

        @Override
        public void afterEach(ExtensionContext context) throws Exception {
            Fixtures.end(context);
        }

        @Override
        public void afterAll(ExtensionContext context) throws Exception {
            Fixtures.end(context);
        }

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return TestParameters.supports(parameter.getParameter());
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return new TestParameters(fixtures(context)).resolve(parameter, context);
        }

        @Override
        public <T> T interceptTestClassConstructor(
                Invocation<T> call, ReflectiveInvocationContext<Constructor<T>> constructor, ExtensionContext context)
                throws Throwable {
            return inScope(call, null, context);
        }

        @Override
        public void interceptBeforeAllMethod(
                Invocation<@Nullable Void> call, ReflectiveInvocationContext<Method> method, ExtensionContext context)
                throws Throwable {
            inScope(call, method.getExecutable(), context);
        }

        @Override
        public void interceptBeforeEachMethod(
                Invocation<@Nullable Void> call, ReflectiveInvocationContext<Method> method, ExtensionContext context)
                throws Throwable {
            inScope(call, method.getExecutable(), context);
        }

        @Override
        public void interceptTestMethod(
                Invocation<@Nullable Void> call, ReflectiveInvocationContext<Method> method, ExtensionContext context)
                throws Throwable {
            inScope(call, method.getExecutable(), context);
        }

        @Override
        public <T extends @Nullable Object> T interceptTestFactoryMethod(
                Invocation<T> call, ReflectiveInvocationContext<Method> method, ExtensionContext context)
                throws Throwable {
            return inScope(call, method.getExecutable(), context);
        }

        @Override
        public void interceptTestTemplateMethod(
                Invocation<@Nullable Void> call, ReflectiveInvocationContext<Method> method, ExtensionContext context)
                throws Throwable {
            inScope(call, method.getExecutable(), context);
        }

        @Override
        public void interceptDynamicTest(
                Invocation<@Nullable Void> call, DynamicTestInvocationContext test, ExtensionContext context)
                throws Throwable {
            inScope(call, null, context);
        }

        @Override
        public void interceptAfterEachMethod(
                Invocation<@Nullable Void> call, ReflectiveInvocationContext<Method> method, ExtensionContext context)
                throws Throwable {
            inScope(call, method.getExecutable(), context);
        }

        @Override
        public void interceptAfterAllMethod(
                Invocation<@Nullable Void> call, ReflectiveInvocationContext<Method> method, ExtensionContext context)
                throws Throwable {
            inScope(call, method.getExecutable(), context);
        }

        // A callback before the test cannot set a scoped value: the test itself is called in the scope.
        private static <T extends @Nullable Object> T inScope(
                Invocation<T> call, @Nullable AnnotatedElement method, ExtensionContext context) throws Throwable {
            Optional<WithTenant> tenant = Annotations.nearest(WithTenant.class, method, context);
            if (tenant.isEmpty()) {
                return call.proceed();
            }
            TenantContext.Opening scope = TenantContext.where(
                    fixtures(context).database().tenants().named(tenant.get().value()));
            return scope.<T, Throwable>call(call::proceed);
        }
    }
}
