package dev.boundary.jooq.internal.session;

import java.util.Set;

/**
 * What happens to a connection on which statements left something for the next tenant: temporary tables, settings.
 *
 * @param resets whether what can be reset is reset; otherwise the connection is closed
 * @param declared the functions that statements of the query layer may call beyond those that leave nothing
 * @param rendersAll whether the query layer lets nothing through that it does not know
 */
public record LeftoverPolicy(boolean resets, Set<String> declared, boolean rendersAll) {}
