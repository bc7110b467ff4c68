package dev.boundary.doctor;

import java.util.Set;

/** Names of privileges as {@code aclexplode} prints them. */
final class Privileges {

    /** Rows can be read or changed. */
    static final Set<String> ROWS = Set.of("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE");

    private Privileges() {}
}
