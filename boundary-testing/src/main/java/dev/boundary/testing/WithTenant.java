package dev.boundary.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Runs tests of a {@link BoundaryTest} in the scope of a tenant.
 *
 * <p>On a method it applies to that method, on a class to all its methods, lifecycle methods and nested classes. The
 * nearest counts: that of a lifecycle method, else of the test method, else of the class, else of the class around it.
 *
 * @since 0.1
 */
@Documented
@Inherited
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface WithTenant {

    /**
     * The tenant's name, as in {@link Tenants#named}.
     *
     * @return the name
     */
    String value();
}
