/** SQL as text: quoting, files of statements with named placeholders, and plain JDBC in few words. */
@NullMarked
package dev.boundary.rls.internal.sql;

import org.jspecify.annotations.NullMarked;
