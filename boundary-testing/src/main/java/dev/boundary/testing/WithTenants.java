package dev.boundary.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names tenants of a {@link BoundaryTest}. Parameters of type {@code TenantKey} without {@link NamedTenant}
 * receive them in this order. It opens no scope: the test does so itself, or has {@link WithTenant} as well.
 *
 * @since 0.1
 */
@Documented
@Inherited
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface WithTenants {

    /**
     * The tenants' names, as in {@link Tenants#named}.
     *
     * @return the names
     */
    String[] value();
}
