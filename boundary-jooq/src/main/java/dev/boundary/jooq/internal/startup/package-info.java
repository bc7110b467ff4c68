/** Checks of the database before a service starts. Not for users. */
@NullMarked
package dev.boundary.jooq.internal.startup;

import org.jspecify.annotations.NullMarked;
