package dev.boundary.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a parameter of type {@code DSLContext}, {@code DataSource} or {@code Connection} of a {@link BoundaryTest}: the
 * role that it connects as. Without it that is {@link Role#APPLICATION}.
 *
 * @since 0.1
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

    /** A database role that a test can connect as. */
    enum Role {
        /**
         * The role that the service under test connects as. It cannot bypass row-level security. Its statements are
         * recorded.
         */
        APPLICATION,
        /** The role that owns the tables and runs the migrations. */
        OWNER,
        /** The role for unscoped work. Its own policies let it see all tenants' rows. */
        ADMIN
    }
}
