package dev.boundary.cli.sql;

import dev.boundary.core.TenantKey;

/** A statement left the session in another tenant. Its transaction has been rolled back. */
public final class TenantChangedException extends Exception {

    private static final long serialVersionUID = 1L;

    TenantChangedException(String variable, String found, TenantKey tenant) {
        super("The statement set " + variable + " to \"" + found
                + "\". Its transaction was rolled back, and the session is bound to tenant " + tenant
                + " as before. To work in another tenant, start the command for that tenant.");
    }
}
