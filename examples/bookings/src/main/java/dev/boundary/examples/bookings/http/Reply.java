package dev.boundary.examples.bookings.http;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** A status and a body that becomes JSON. */
record Reply(int status, Object body) {

    /** The body of every error. */
    record Fault(int status, String message) {}

    static Reply ok(Object body) {
        return new Reply(200, body);
    }

    static Reply fault(int status, String message) {
        return new Reply(status, new Fault(status, message));
    }

    void send(HttpServletResponse response) throws IOException {
        response.setStatus(status);
        response.setContentType("application/json");
        response.setHeader("Cache-Control", "no-store");
        response.getOutputStream().write(Json.write(body));
    }
}
