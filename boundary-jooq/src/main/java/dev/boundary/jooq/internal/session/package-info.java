/** Carries the scope to the database with each statement. Not for users. */
@NullMarked
package dev.boundary.jooq.internal.session;

import org.jspecify.annotations.NullMarked;
