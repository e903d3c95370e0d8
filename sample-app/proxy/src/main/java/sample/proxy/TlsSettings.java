package sample.proxy;

import java.net.InetSocketAddress;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/**
 * Which sides speak TLS. Which protocol is spoken inside is agreed on by ALPN: clients choose, of the origin it is asked for. Sessions are
 * resumed as the JDK does it, on both sides.
 *
 * @param clients null for none
 * @param server  null for none
 */
record TlsSettings(SSLContext clients, SSLContext server) {
    static final TlsSettings NONE = new TlsSettings(null, null);

    /** For an accepted connection; null without TLS. */
    SSLEngine clientEngine() {
        if (clients == null) {
            return null;
        }
        SSLEngine engine = clients.createSSLEngine();
        engine.setUseClientMode(false);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setUseCipherSuitesOrder(true); // the JDK's has first what HTTP/2 asks for
        parameters.setApplicationProtocols(Stream.of(Protocol.H2, Protocol.H1).map(protocol -> protocol.alpn).toArray(String[]::new));
        engine.setSSLParameters(parameters);
        return engine;
    }

    /** For a connection to the origin, whose certificate has to be for its name or address; null without TLS. */
    SSLEngine serverEngine(InetSocketAddress address, Protocol protocol) {
        if (server == null) {
            return null;
        }
        SSLEngine engine = server.createSSLEngine(address.getHostString(), address.getPort());
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setApplicationProtocols(new String[] {protocol.alpn});
        engine.setSSLParameters(parameters);
        return engine;
    }
}
