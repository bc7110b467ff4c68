/** What the layers share and users do not see. */
@NullMarked
package dev.boundary.jooq.internal;

import org.jspecify.annotations.NullMarked;
