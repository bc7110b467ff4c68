/** What Boundary tells listeners: violations, refused statements and unscoped access. */
@NullMarked
package dev.boundary.core.event;

import org.jspecify.annotations.NullMarked;
