package dev.boundary.rls;

import java.util.List;

/**
 * A part of a change to one table.
 *
 * @param check PL/pgSQL that raises an error if the part cannot be done; runs before anything is changed
 * @param remember PL/pgSQL that writes into {@code boundary.undo_step} what undoes the part, last step first
 * @param apply the statements that do it
 */
record Part(String check, String remember, List<String> apply) {

    static Part of(String check, String remember, String... apply) {
        return new Part(check, remember, List.of(apply));
    }
}
