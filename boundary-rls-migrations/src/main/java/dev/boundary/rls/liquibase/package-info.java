/**
 * The changes of {@code dev.boundary.rls} for Liquibase, in XML, YAML and JSON change logs.
 *
 * <p>Liquibase finds them by itself when this library is on its class path.
 */
@NullMarked
package dev.boundary.rls.liquibase;

import org.jspecify.annotations.NullMarked;
