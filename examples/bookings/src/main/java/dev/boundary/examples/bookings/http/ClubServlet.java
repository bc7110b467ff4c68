package dev.boundary.examples.bookings.http;

import dev.boundary.core.TenantContext;
import dev.boundary.examples.bookings.service.Club;
import dev.boundary.examples.bookings.service.Clubs;
import dev.boundary.examples.bookings.service.NotFoundException;
import dev.boundary.examples.bookings.service.SlotTakenException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jooq.DSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out which club a request is for, and answers it in that club's scope. */
final class ClubServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(ClubServlet.class);

    private final transient Clubs clubs;
    private final transient BookingApi api;

    ClubServlet(DSLContext db) {
        clubs = new Clubs(db);
        api = new BookingApi(db);
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        reply(request).send(response);
    }

    private Reply reply(HttpServletRequest request) throws IOException {
        try {
            Club club = club(request);
            return TenantContext.where(club.tenant()).call(() -> api.answer(club, request));
        } catch (ApiException e) {
            return Reply.fault(e.status(), String.valueOf(e.getMessage()));
        } catch (NotFoundException e) {
            return Reply.fault(404, String.valueOf(e.getMessage()));
        } catch (SlotTakenException e) {
            return Reply.fault(409, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.error("{} {} failed", request.getMethod(), request.getRequestURI(), e);
            return Reply.fault(500, "Something went wrong here; the log has more.");
        }
    }

    private Club club(HttpServletRequest request) {
        return HostName.subdomain(request.getHeader("Host"))
                .flatMap(clubs::find)
                .orElseThrow(() -> new ApiException(404, "There is no club at this host name."));
    }
}
