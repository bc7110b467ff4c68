package dev.boundary.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Allows the tests of a {@link BoundaryTest} to open {@code TenantContext.unscoped}. Without it, an unscoped
 * statement fails the test. On a method, or on a class for all its methods and nested classes.
 *
 * @since 0.1
 */
@Documented
@Inherited
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface AllowUnscoped {

    /**
     * Why the code under test must see all tenants; not blank.
     *
     * @return the reason
     */
    String value();
}
