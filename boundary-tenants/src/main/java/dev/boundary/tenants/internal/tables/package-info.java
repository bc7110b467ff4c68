/** Which tables hold rows of tenants, how they hang together, and what the connected role may do with them. */
@NullMarked
package dev.boundary.tenants.internal.tables;

import org.jspecify.annotations.NullMarked;
