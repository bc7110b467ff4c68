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
 * <p>On a method it is for that method, on a class for all its methods, lifecycle methods and nested classes. The
 * nearest counts: a lifecycle method's own, else the test method's, else the class's, else that of the class around it.
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
