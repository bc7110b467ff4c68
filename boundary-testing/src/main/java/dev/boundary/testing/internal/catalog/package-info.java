/** What the catalog says about a database's tables, and rows generated from it. Plain JDBC. */
@NullMarked
package dev.boundary.testing.internal.catalog;

import org.jspecify.annotations.NullMarked;
