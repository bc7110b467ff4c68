/** Work that is done later, or in another process, for the tenant that asked for it. */
@NullMarked
package dev.boundary.examples.jobs;

import org.jspecify.annotations.NullMarked;
