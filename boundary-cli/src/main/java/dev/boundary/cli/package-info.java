/** Boundary's commands: {@code java -jar boundary.jar} and {@code boundary help}. */
@NullMarked
package dev.boundary.cli;

import org.jspecify.annotations.NullMarked;
