package dev.boundary.examples.bookings.demo;

import dev.boundary.examples.bookings.service.Club;
import java.util.List;
import java.util.UUID;

/** The clubs of the demo. Their courts, members and numbers are the same, so that only the tenant tells them apart. */
final class SeededClub {

    static final Club NORTH = club(1, "padel-north", "Padel Club North", "EUR");
    static final Club SOUTH = club(2, "padel-south", "Padel Club South", "EUR");
    static final Club HARBOUR = club(3, "padel-harbour", "Harbour Padel & Tennis", "GBP");
    static final List<Club> ALL = List.of(NORTH, SOUTH, HARBOUR);

    private SeededClub() {}

    private static Club club(int number, String subdomain, String name, String currency) {
        UUID id = UUID.fromString("00000000-0000-4000-8000-00000000000" + number);
        return new Club(id, subdomain, name, currency);
    }
}
