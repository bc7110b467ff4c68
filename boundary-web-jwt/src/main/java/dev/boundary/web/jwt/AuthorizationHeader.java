package dev.boundary.web.jwt;

import dev.boundary.web.TenantResolutionException;
import dev.boundary.web.TenantResolutionException.Reason;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the bearer token from the header {@code Authorization}.
 *
 * @param maxLength the number of characters that a header with a bearer token may have
 */
record AuthorizationHeader(int maxLength) {

    static final String NAME = "Authorization";

    /** RFC 6750, section 2.1, and RFC 9110, section 11.1: the scheme's case does not matter. */
    private static final Pattern BEARER = Pattern.compile("(?i:bearer) +(?<token>[A-Za-z0-9._~+/-]+=*) *");

    private static final Pattern ANY_BEARER = Pattern.compile("(?is)\\s*bearer\\b.*");

    /** Takes all values of the header. Returns empty if they hold no bearer token. */
    Optional<String> token(List<String> values) {
        if (values.size() > 1) {
            throw malformed("The request has " + values.size() + " headers \"" + NAME + "\".");
        }
        return values.stream()
                .filter(value -> ANY_BEARER.matcher(value).matches())
                .map(this::token)
                .findFirst();
    }

    private String token(String value) {
        if (value.length() > maxLength) {
            throw malformed("The header \"" + NAME + "\" has " + value.length() + " characters, and at most "
                    + maxLength + " are accepted: maxLength(...).");
        }
        Matcher bearer = BEARER.matcher(value);
        if (!bearer.matches()) {
            throw malformed("The header \"" + NAME + "\" is not \"Bearer\" and one token.");
        }
        return bearer.group("token");
    }

    private static TenantResolutionException malformed(String what) {
        return new TenantResolutionException(Reason.MALFORMED, what);
    }
}
