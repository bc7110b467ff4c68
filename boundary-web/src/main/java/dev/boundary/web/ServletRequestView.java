package dev.boundary.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.security.Principal;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What resolvers see of a servlet request.
 *
 * @param request the request
 * @param claims the claims of its verified token; empty if it has none
 */
record ServletRequestView(HttpServletRequest request, Optional<Map<String, Object>> claims) implements RequestView {

    @Override
    public String host() {
        List<String> hosts = headers("Host");
        return hosts.isEmpty() && hasAuthority()
                ? request.getServerName()
                : String.join(",", hosts); // two of them are no host name
    }

    /** From HTTP/2 on a request names its host in a field of its own (RFC 9113, section 8.3.1). */
    private boolean hasAuthority() {
        return request.getProtocol().startsWith("HTTP/2")
                || request.getProtocol().startsWith("HTTP/3");
    }

    @Override
    public String path() {
        return request.getRequestURI().substring(request.getContextPath().length());
    }

    @Override
    public List<String> headers(String name) {
        return Collections.list(request.getHeaders(name));
    }

    @Override
    public Optional<Object> sessionValue(String name) {
        HttpSession session = request.getSession(false);
        return Optional.ofNullable(session == null ? null : session.getAttribute(name));
    }

    @Override
    public Optional<Object> attribute(String name) {
        return Optional.ofNullable(request.getAttribute(name));
    }

    @Override
    public Optional<Principal> principal() {
        return Optional.ofNullable(request.getUserPrincipal());
    }
}
