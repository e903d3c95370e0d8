package sample.proxy;

import java.util.Locale;

/** What is spoken on a connection. Clients show it by ALPN (RFC 7301) or by their first bytes. */
enum Protocol {
    /** HTTP/1.1. */
    H1("http/1.1"),
    /** HTTP/2; without TLS by prior knowledge (RFC 9113 section 3.3). */
    H2("h2");

    /** Its name in ALPN. */
    final String alpn;

    Protocol(String alpn) {
        this.alpn = alpn;
    }

    /** Whether this is what both sides have agreed on; those who have not talked about it speak HTTP/1. */
    boolean isAgreed(String name) {
        return name.equals(alpn) || this == H1 && name.isEmpty();
    }

    /** As on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
