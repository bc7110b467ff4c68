/** The same work for many tenants: SQL in each, or a program for each. */
@NullMarked
package dev.boundary.cli.work;

import org.jspecify.annotations.NullMarked;
