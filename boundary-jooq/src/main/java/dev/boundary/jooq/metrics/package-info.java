/** What a service may measure. Micrometer is optional: only {@code MicrometerMetrics} needs it. */
@NullMarked
package dev.boundary.jooq.metrics;

import org.jspecify.annotations.NullMarked;
