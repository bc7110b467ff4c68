package dev.boundary.testing;

import dev.boundary.core.TenantContext;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/**
 * What {@link BoundaryTest} does; that annotation registers it. Stateless, and safe for use by several threads:
 * everything is in JUnit's stores.
 *
 * @since 0.1
 */
public final class BoundaryExtension
        implements BeforeAllCallback, AfterEachCallback, AfterAllCallback, ParameterResolver, InvocationInterceptor {

    /** For JUnit. */
    public BoundaryExtension() {}

    @Override
    public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext rootContext) {
        return ExtensionContextScope.TEST_METHOD; // what a constructor is given belongs to its test
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        Fixtures.databaseOfClass(context);
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
        return Parameters.supports(parameter.getParameter());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return Parameters.resolve(parameter, context);
    }

    @Override
    public <T> T interceptTestClassConstructor(
            Invocation<T> invocation,
            ReflectiveInvocationContext<Constructor<T>> invocationContext,
            ExtensionContext context)
            throws Throwable {
        return inScope(invocation, null, context);
    }

    @Override
    public void interceptBeforeAllMethod(
            Invocation<@Nullable Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        inScope(invocation, method.getExecutable(), context);
    }

    @Override
    public void interceptBeforeEachMethod(
            Invocation<@Nullable Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        inScope(invocation, method.getExecutable(), context);
    }

    @Override
    public void interceptTestMethod(
            Invocation<@Nullable Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        inScope(invocation, method.getExecutable(), context);
    }

    @Override
    public <T extends @Nullable Object> T interceptTestFactoryMethod(
            Invocation<T> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        return inScope(invocation, method.getExecutable(), context);
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<@Nullable Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        inScope(invocation, method.getExecutable(), context);
    }

    @Override
    public void interceptDynamicTest(
            Invocation<@Nullable Void> invocation, DynamicTestInvocationContext test, ExtensionContext context)
            throws Throwable {
        inScope(invocation, null, context);
    }

    @Override
    public void interceptAfterEachMethod(
            Invocation<@Nullable Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        inScope(invocation, method.getExecutable(), context);
    }

    @Override
    public void interceptAfterAllMethod(
            Invocation<@Nullable Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        inScope(invocation, method.getExecutable(), context);
    }

    // A scoped value cannot be set by a callback before the test: the test itself is called in the scope.
    private static <T extends @Nullable Object> T inScope(
            Invocation<T> invocation, @Nullable AnnotatedElement method, ExtensionContext context) throws Throwable {
        Optional<WithTenant> tenant = Annotations.nearest(WithTenant.class, method, context);
        if (tenant.isEmpty()) {
            return invocation.proceed();
        }
        TenantContext.Opening scope = TenantContext.where(
                Fixtures.database(context).tenants().named(tenant.get().value()));
        return scope.<T, Throwable>call(invocation::proceed);
    }
}
