package dev.boundary.rls;

import java.util.List;

/**
 * A step of a change to one table. Its PL/pgSQL may use {@code rel regclass}, the table, and
 * {@code this_change bigint}.
 *
 * @param check PL/pgSQL that raises an error if the step cannot be done; runs before anything is changed
 * @param remember PL/pgSQL that writes into {@code boundary.undo_step} what undoes the step, last statement first
 * @param apply the statements that do it
 */
record ChangeStep(String check, String remember, List<String> apply) {

    static ChangeStep of(String check, String remember, String... apply) {
        return new ChangeStep(check, remember, List.of(apply));
    }
}
