package sample.proxy;

import java.util.Locale;

/** What becomes of a server connection between two requests (HAProxy: {@code http-reuse}). */
enum Reuse {
    /** It stays with its client connection, one to one, and nobody else ever gets it. */
    NEVER,
    /** It goes to its loop's idle list, where any request but a client's first may take it, on any loop. */
    SAFE,
    /** The same, and a client's first request may take a connection that has served more than one already. */
    AGGRESSIVE,
    /** Any request may take any connection. */
    ALWAYS;

    /** As on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
