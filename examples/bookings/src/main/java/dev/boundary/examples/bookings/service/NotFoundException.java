package dev.boundary.examples.bookings.service;

/** What was named does not exist in the club of the open scope; whether another club has it cannot be told. */
public final class NotFoundException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * For one thing.
     *
     * @param what what there is not, for example {@code "member 1001"}
     */
    public NotFoundException(String what) {
        super("This club has no " + what + ".");
    }
}
