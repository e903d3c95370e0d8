package sample.proxy;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The target of an HTTP/1 request, in any of the forms of RFC 9112 section 3.2 but that of CONNECT, as it goes on: the path and query
 * alone, or the asterisk.
 *
 * @param authority of the absolute form, which replaces Host; null in the others
 */
record RequestTarget(String pathQuery, String authority) {
    private static final Pattern ABSOLUTE = Pattern.compile("(?i:https?)://([^/?@]+)(/[^?]*)?(\\?.*)?");

    /** Null if the target is in none of the forms. What must not be in a target at all the parser has refused. */
    static RequestTarget of(String method, String target) {
        if (target.indexOf('#') >= 0 || !target.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            return null; // what some cut off and others do not, or encode each in its own way
        }
        if (target.startsWith("/") || target.equals("*") && method.equals("OPTIONS")) {
            return new RequestTarget(target, null);
        }
        Matcher absolute = ABSOLUTE.matcher(target);
        if (!absolute.matches()) {
            return null;
        }
        String path = absolute.group(2);
        String query = absolute.group(3);
        if (path == null && query == null && method.equals("OPTIONS")) {
            return new RequestTarget("*", absolute.group(1)); // section 3.2.4
        }
        return new RequestTarget((path == null ? "/" : path) + (query == null ? "" : query), absolute.group(1));
    }
}
