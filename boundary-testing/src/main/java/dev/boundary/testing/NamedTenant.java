package dev.boundary.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a parameter of type {@code TenantKey} of a {@link BoundaryTest}: the tenant with this name.
 *
 * @since 0.1
 */
@Documented
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
public @interface NamedTenant {

    /**
     * The tenant's name, as in {@link Tenants#named}.
     *
     * @return the name
     */
    String value();
}
