/** SQL that people write, run inside one tenant. */
@NullMarked
package dev.boundary.cli.sql;

import org.jspecify.annotations.NullMarked;
