package dev.boundary.core;

/**
 * A statement whose tenant cannot be guaranteed: Boundary does not understand it, cannot bind the tenant to it, or it
 * is one that no tenant may run. Nothing was sent to the database.
 *
 * @since 0.1
 */
public final class StatementRefusedException extends BoundaryException {

    private static final long serialVersionUID = 1L;

    /** What was refused, in few words. */
    private final String statement;

    /**
     * For one statement.
     *
     * @param statement what was refused, in few words and without bind values: {@code "TRUNCATE of booking"}
     * @param why why its tenant cannot be guaranteed, as a sentence
     * @param remedy what to do instead, as a sentence
     */
    public StatementRefusedException(String statement, String why, String remedy) {
        super("Refused: " + statement + ". " + why + " " + remedy, null);
        this.statement = statement;
    }

    /**
     * What was refused.
     *
     * @return the statement in few words, without bind values
     */
    public String statement() {
        return statement;
    }
}
