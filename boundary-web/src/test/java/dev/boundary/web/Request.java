package dev.boundary.web;

import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A request that a test composes. */
record Request(
        String host,
        String path,
        List<String> tenantHeaders,
        Optional<Map<String, Object>> claims,
        Optional<Object> inSession,
        Optional<Object> atRequest,
        Optional<Principal> principal)
        implements RequestView {

    Request() {
        this("", "/", List.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    Request host(String newHost) {
        return new Request(newHost, path, tenantHeaders, claims, inSession, atRequest, principal);
    }

    Request path(String newPath) {
        return new Request(host, newPath, tenantHeaders, claims, inSession, atRequest, principal);
    }

    Request header(String value) {
        List<String> values =
                Stream.concat(tenantHeaders.stream(), Stream.of(value)).toList();
        return new Request(host, path, values, claims, inSession, atRequest, principal);
    }

    Request claim(String name, Object value) {
        return new Request(
                host, path, tenantHeaders, Optional.of(Map.of(name, value)), inSession, atRequest, principal);
    }

    Request session(Object value) {
        return new Request(host, path, tenantHeaders, claims, Optional.of(value), atRequest, principal);
    }

    Request attribute(Object value) {
        return new Request(host, path, tenantHeaders, claims, inSession, Optional.of(value), principal);
    }

    Request caller(String name) {
        return new Request(host, path, tenantHeaders, claims, inSession, atRequest, Optional.of(() -> name));
    }

    @Override
    public List<String> headers(String name) {
        return name.equals("X-Tenant") ? tenantHeaders : List.of();
    }

    @Override
    public Optional<Object> sessionValue(String name) {
        return inSession;
    }

    @Override
    public Optional<Object> attribute(String name) {
        return atRequest;
    }

    @Override
    public String toString() {
        String text = host + path + tenantHeaders + claims + inSession + atRequest;
        return text.length() < 200 ? text : text.substring(0, 200) + "...";
    }
}
