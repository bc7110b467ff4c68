package dev.boundary.examples.bookings.service;

/** The court is booked already at that hour. */
public final class SlotTakenException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * For one wish.
     *
     * @param wish what was wished for
     * @param cause the violated unique key
     */
    public SlotTakenException(NewBooking wish, Throwable cause) {
        super(wish.court() + " is already booked at " + wish.startsAt() + ".", cause);
    }
}
