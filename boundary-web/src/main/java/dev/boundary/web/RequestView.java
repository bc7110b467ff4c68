package dev.boundary.web;

import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The parts of a request that can identify its tenant. Everything in it may come from an attacker.
 *
 * @since 0.1
 */
public interface RequestView {

    /**
     * The host that the client asked for: the {@code Host} header, or {@code :authority}.
     *
     * @return the host as it was received, perhaps with a port; empty if there is none
     */
    String host();

    /**
     * The path that the client asked for.
     *
     * @return the path as it was received, percent-encoded and without query
     */
    String path();

    /**
     * All values of a header.
     *
     * @param name the name, compared without regard to case
     * @return one value for each time it was sent, in that order; empty if it was not
     */
    List<String> headers(String name);

    /**
     * The claims of the request's token.
     *
     * @return the claims of a verified token; empty if there is none
     */
    default Optional<Map<String, Object>> claims() {
        return Optional.empty();
    }

    /**
     * A value that the server keeps for the client's session.
     *
     * @param name its name
     * @return the value, or empty if there is no session or no such value in it
     */
    default Optional<Object> sessionValue(String name) {
        return Optional.empty();
    }

    /**
     * An attribute that code of the service has added to the request.
     *
     * @param name its name
     * @return the value, or empty if there is none
     */
    default Optional<Object> attribute(String name) {
        return Optional.empty();
    }

    /**
     * Who has authenticated.
     *
     * @return the caller, or empty if no one has
     */
    default Optional<Principal> principal() {
        return Optional.empty();
    }
}
