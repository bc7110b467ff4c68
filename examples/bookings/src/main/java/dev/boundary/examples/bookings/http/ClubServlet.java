package dev.boundary.examples.bookings.http;

import dev.boundary.core.registry.Tenant;
import dev.boundary.examples.bookings.service.NotFoundException;
import dev.boundary.examples.bookings.service.SlotTakenException;
import dev.boundary.web.TenantFilter;
import dev.boundary.web.TenantResolution.Resolved.ForTenant;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jooq.DSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers a request, in whose club's scope it is called. */
final class ClubServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(ClubServlet.class);

    private final transient BookingApi api;

    ClubServlet(DSLContext db) {
        api = new BookingApi(db);
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        reply(request).send(response);
    }

    private Reply reply(HttpServletRequest request) throws IOException {
        try {
            return api.answer(club(request), request);
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

    private static Tenant club(HttpServletRequest request) {
        if (request.getAttribute(TenantFilter.RESOLVED) instanceof ForTenant(Tenant club)) {
            return club;
        }
        throw new IllegalStateException("The tenant filter is not in front of this servlet.");
    }
}
