/** What holds over all modules: dependencies, public API, the shape of the code, the documents. */
package dev.boundary.architecture;
