package dev.boundary.web.jwt;

import dev.boundary.web.RequestView;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request with the claims of its token.
 *
 * @param request everything but the claims
 * @param claims the claims of the verified token; empty if the request has no bearer token
 */
record VerifiedRequest(RequestView request, Optional<Map<String, Object>> claims) implements RequestView {

    @Override
    public String host() {
        return request.host();
    }

    @Override
    public String path() {
        return request.path();
    }

    @Override
    public List<String> headers(String name) {
        return request.headers(name);
    }

    @Override
    public Optional<Object> sessionValue(String name) {
        return request.sessionValue(name);
    }

    @Override
    public Optional<Object> attribute(String name) {
        return request.attribute(name);
    }

    @Override
    public Optional<Principal> principal() {
        return request.principal();
    }
}
