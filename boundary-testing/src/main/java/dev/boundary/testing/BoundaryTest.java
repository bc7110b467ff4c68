package dev.boundary.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives a test class a real PostgreSQL database, migrated, with owner, application and admin roles, and fails its tests
 * when they leak: on a statement outside a scope, on undeclared unscoped access, on anything left behind on a
 * connection.
 *
 * {@snippet file="dev/boundary/testing/ShopTest.java" region="boundary-test"}
 *
 * <p>Parameters of test methods, lifecycle methods and constructors may be:
 *
 * <ul>
 *   <li>{@code DSLContext}, {@code DataSource}, {@code Connection}: as the application, or with {@link As} as the owner or
 *       the admin role. The application's {@code DSLContext} has both layers of Boundary; the others are plain jOOQ.
 *   <li>{@code Boundary}: what made that {@code DSLContext}.
 *   <li>{@code TenantKey}: the tenant of {@link WithTenant}, those of {@link WithTenants} in their order, or the one named
 *       by {@link NamedTenant}.
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
@ExtendWith(BoundaryExtension.class)
public @interface BoundaryTest {

    /**
     * The configuration parameter (of {@code junit-platform.properties}) that names the usual {@link DatabaseSetup}.
     */
    String SETUP_PARAMETER = "boundary.test.setup";

    /**
     * What to put into the database. Without it, the class named by the configuration parameter {@value #SETUP_PARAMETER}.
     *
     * @return a class with a constructor without parameters
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
}
