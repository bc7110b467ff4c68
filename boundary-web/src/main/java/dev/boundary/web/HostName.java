package dev.boundary.web;

import dev.boundary.web.TenantResolutionException.Reason;
import java.net.IDN;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Host names as requests bring them and as the service is configured. */
final class HostName {

    /** Letters, digits, hyphens and dots, perhaps a port: RFC 1123, section 2.1, and RFC 9110, section 7.2. */
    private static final Pattern HOST = Pattern.compile("([a-z0-9-]+(?:\\.[a-z0-9-]+)*)\\.?(?::[0-9]{0,5})?");

    private static final Pattern IPV6 = Pattern.compile("\\[[0-9a-f:.%]+](?::[0-9]{0,5})?");
    private static final int MAX_LENGTH = 253;
    private static final int MAX_LABEL = 63;

    private HostName() {}

    /**
     * The name that a request was sent to.
     *
     * @return the name in lower case, without port and without the root's dot; empty if it is an address, or there is
     *     none
     */
    static Optional<String> of(RequestView request) {
        String host = request.host().toLowerCase(Locale.ROOT);
        if (host.isEmpty() || IPV6.matcher(host).matches()) {
            return Optional.empty();
        }
        Matcher matcher = host.length() > 2 * MAX_LENGTH ? HOST.matcher(" ") : HOST.matcher(host);
        if (!matcher.matches() || !isName(matcher.group(1))) {
            throw new TenantResolutionException(
                    Reason.MALFORMED, "The request's host (" + host.length() + " characters) is not a host name.");
        }
        String name = matcher.group(1);
        return endsInNumber(name) ? Optional.empty() : Optional.of(name);
    }

    /** A domain of the service's configuration, which may be written in any script. */
    static String configured(String domain) {
        String name = IDN.toASCII(domain, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
        if (!isName(name) || !HOST.matcher(name).matches() || name.contains(":")) {
            throw new IllegalArgumentException("\"" + domain
                    + "\" is not a domain: write it without scheme, port and path," + " for example \"example.com\".");
        }
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    private static boolean isName(String name) {
        if (name.isEmpty() || name.length() > MAX_LENGTH) {
            return false;
        }
        for (String label : name.split("\\.", -1)) {
            if (label.length() > MAX_LABEL || label.startsWith("-") || label.endsWith("-")) {
                return false;
            }
        }
        return true;
    }

    /** An IPv4 address in any of its spellings ends in a number, and no domain does. */
    private static boolean endsInNumber(String name) {
        String last = name.substring(name.lastIndexOf('.') + 1);
        return last.chars().allMatch(Character::isDigit) || last.matches("0x[0-9a-f]*");
    }
}
