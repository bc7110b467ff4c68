/** What a database holds and the connected role can do in it, read from its catalog. Plain JDBC, no other library. */
@NullMarked
package dev.boundary.rls.internal.catalog;

import org.jspecify.annotations.NullMarked;
