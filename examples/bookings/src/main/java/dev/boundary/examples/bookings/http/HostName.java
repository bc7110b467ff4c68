package dev.boundary.examples.bookings.http;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the club's subdomain from a Host header. Nothing but that header is believed. */
final class HostName {

    private static final String LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
    private static final Pattern HOST = Pattern.compile("(?<name>" + LABEL + "(?:\\." + LABEL + ")*)(?::[0-9]{1,5})?");
    private static final Pattern CLUB = Pattern.compile("(?<club>" + LABEL + ")\\.localhost");

    private HostName() {}

    /** The subdomain, or empty if the host is not one label below {@code localhost}; 400 if it is no host name. */
    static Optional<String> subdomain(@Nullable String header) {
        Matcher host = HOST.matcher(header == null ? "" : header.toLowerCase(Locale.ROOT));
        if (!host.matches()) {
            throw new ApiException(400, "The Host header is not a host name. Use <club>.localhost.");
        }
        Matcher club = CLUB.matcher(host.group("name"));
        return club.matches() ? Optional.of(club.group("club")) : Optional.empty();
    }
}
