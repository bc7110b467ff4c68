package dev.boundary.examples.bookings.http;

import dev.boundary.core.registry.Tenant;
import dev.boundary.examples.bookings.service.Bookings;
import dev.boundary.examples.bookings.service.Catalogue;
import dev.boundary.examples.bookings.service.Clubs;
import dev.boundary.examples.bookings.service.NewBooking;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jooq.DSLContext;

/** The resources, all of the club in whose scope it is called. */
final class BookingApi {

    private static final Pattern BOOKING = Pattern.compile("/bookings/(?<number>[0-9]{1,9})");

    private final Bookings bookings;
    private final Catalogue catalogue;

    BookingApi(DSLContext db) {
        bookings = new Bookings(db);
        catalogue = new Catalogue(db);
    }

    Reply answer(Tenant club, HttpServletRequest request) throws IOException {
        String path = request.getRequestURI();
        Matcher booking = BOOKING.matcher(path);
        if (booking.matches()) {
            return booking(Integer.parseInt(booking.group("number")), request.getMethod());
        }
        if (path.equals("/bookings") && request.getMethod().equals("POST")) {
            return new Reply(201, bookings.book(wish(request)));
        }
        Reply reply = read(club, path);
        if (!request.getMethod().equals("GET")) {
            throw notAllowed(request.getMethod());
        }
        return reply;
    }

    private Reply read(Tenant club, String path) {
        return Reply.ok(
                switch (path) {
                    case "/" ->
                        Map.of(
                                "club",
                                club.name(),
                                "currency",
                                club.attributes().get(Clubs.CURRENCY));
                    case "/courts" -> catalogue.courts();
                    case "/members" -> catalogue.members();
                    case "/templates" -> catalogue.templates();
                    case "/currencies" -> catalogue.currencies();
                    case "/bookings" -> bookings.list();
                    default ->
                        throw new ApiException(
                                404, "There are /courts, /members, /templates, /currencies and /bookings.");
                });
    }

    private Reply booking(int number, String method) {
        return switch (method) {
            case "GET" -> Reply.ok(bookings.find(number));
            case "DELETE" -> Reply.ok(bookings.cancel(number));
            default -> throw notAllowed(method);
        };
    }

    private static NewBooking wish(HttpServletRequest request) throws IOException {
        NewBooking wish = Json.read(request.getInputStream(), NewBooking.class);
        if (!wish.startsAt().equals(wish.startsAt().truncatedTo(ChronoUnit.HOURS))) {
            throw new ApiException(400, "startsAt must be a full hour, and is " + wish.startsAt() + ".");
        }
        return wish;
    }

    private static ApiException notAllowed(String method) {
        return new ApiException(405, "This resource does not take " + method + ".");
    }
}
