/** Finds the tenant of a request, and decides whether it is admitted, whatever the web framework. */
@NullMarked
package dev.boundary.web;

import org.jspecify.annotations.NullMarked;
