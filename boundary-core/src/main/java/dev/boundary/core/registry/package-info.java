/** Which tenants there are, under what names, and in what state. */
@NullMarked
package dev.boundary.core.registry;

import org.jspecify.annotations.NullMarked;
