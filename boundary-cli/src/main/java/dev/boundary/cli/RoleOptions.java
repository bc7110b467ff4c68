package dev.boundary.cli;

import picocli.CommandLine.Option;

/** The owner role and the admin role. */
final class RoleOptions {

    @Option(
            names = "--owner-role",
            paramLabel = "ROLE",
            defaultValue = "boundary_owner",
            description = "Owns the tables. Default: ${DEFAULT-VALUE}.")
    private String owner = "boundary_owner";

    @Option(
            names = "--admin-role",
            paramLabel = "ROLE",
            defaultValue = "boundary_admin",
            description = "Works for all tenants. Default: ${DEFAULT-VALUE}.")
    private String admin = "boundary_admin";

    String owner() {
        return owner;
    }

    String admin() {
        return admin;
    }
}
