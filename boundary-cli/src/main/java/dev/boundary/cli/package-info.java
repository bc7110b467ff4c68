/** The command line: {@code java -jar boundary.jar help} lists the commands. */
@NullMarked
package dev.boundary.cli;

import org.jspecify.annotations.NullMarked;
