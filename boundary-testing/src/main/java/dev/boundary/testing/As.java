package dev.boundary.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a parameter of type {@code DSLContext}, {@code DataSource} or {@code Connection} of a {@link BoundaryTest}: the role
 * that it connects as. Without it that is {@link Role#APPLICATION}.
 */
@Documented
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
public @interface As {

    /**
     * The role.
     *
     * @return the role
     */
    Role value();
}
