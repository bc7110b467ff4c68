/** Boundary's commands: {@code java -jar boundary.jar doctor | protect | script}. */
@NullMarked
package dev.boundary.cli;

import org.jspecify.annotations.NullMarked;
