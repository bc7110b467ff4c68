package dev.boundary.jooq.internal.session;

import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;

/** A wrapper that does not give out the driver's connection, but knows it. */
interface DriverBacked {

    /** The driver's connection; null if it is not PostgreSQL's. */
    @Nullable
    BaseConnection driver();
}
