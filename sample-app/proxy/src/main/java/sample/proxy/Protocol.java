package sample.proxy;

import java.util.Locale;

/** What is spoken on a connection. Clients show it by their first bytes. */
enum Protocol {
    /** HTTP/1.1. */
    H1,
    /** HTTP/2 without TLS, by prior knowledge (RFC 9113 section 3.3). */
    H2;

    /** As on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
