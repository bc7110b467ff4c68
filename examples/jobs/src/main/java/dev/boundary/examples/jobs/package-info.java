/** Work that is done later, or in another process, for the tenant that requested it. */
@NullMarked
package dev.boundary.examples.jobs;

import org.jspecify.annotations.NullMarked;
