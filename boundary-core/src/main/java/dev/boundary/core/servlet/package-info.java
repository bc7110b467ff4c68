/** Runs servlet requests in the scope of their tenant. Needs the Jakarta Servlet API, 6.0 or later. */
@NullMarked
package dev.boundary.core.servlet;

import org.jspecify.annotations.NullMarked;
