/** How values are written for people, spreadsheets and programs, so that none of them takes data for commands. */
@NullMarked
package dev.boundary.cli.text;

import org.jspecify.annotations.NullMarked;
