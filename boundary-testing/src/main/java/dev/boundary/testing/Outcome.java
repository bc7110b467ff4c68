package dev.boundary.testing;

import java.util.Objects;
import java.util.Optional;
import org.jooq.exception.DataAccessException;

/**
 * The result of an attempt.
 *
 * @param rows how many rows it changed
 * @param error the refusal, if any
 */
record Outcome(int rows, Optional<RuntimeException> error) {

    /** By Boundary, by a policy or missing privilege, or by a constraint. */
    boolean isRefusal() {
        return error.isPresent() && (!(error.get() instanceof DataAccessException) || isDenied() || isConstraint());
    }

    /** By a policy or a missing privilege. */
    boolean isDenied() {
        return state().equals("42501");
    }

    /** By a constraint: class 23, integrity constraint violation. */
    boolean isConstraint() {
        return state().startsWith("23");
    }

    /** By a unique or an exclusion constraint. */
    boolean isTaken() {
        return state().equals("23505") || state().equals("23P01");
    }

    /** By a NOT NULL constraint. */
    boolean isNull() {
        return state().equals("23502");
    }

    private String state() {
        return error.orElse(null) instanceof DataAccessException database
                ? Objects.requireNonNullElse(database.sqlState(), "")
                : "";
    }
}
