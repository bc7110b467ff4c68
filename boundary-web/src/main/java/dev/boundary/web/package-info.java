/** Resolves the tenant of a request, decides whether the request is admitted, and opens the tenant's scope. */
@NullMarked
package dev.boundary.web;

import org.jspecify.annotations.NullMarked;
