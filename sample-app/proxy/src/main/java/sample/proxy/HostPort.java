package sample.proxy;

import java.net.InetSocketAddress;
import picocli.CommandLine.TypeConversionException;

/** {@code HOST:PORT}, read and written. */
final class HostPort {
    private HostPort() {
    }

    /** @throws TypeConversionException a sentence, if that is no such thing */
    static InetSocketAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        int port = colon < 1 ? -1 : port(text.substring(colon + 1));
        if (port < 0) {
            throw new TypeConversionException("'" + text + "' is not HOST:PORT with a port from 0 to 65535.");
        }
        InetSocketAddress address = new InetSocketAddress(text.substring(0, colon), port);
        if (address.isUnresolved()) {
            throw new TypeConversionException("the host of '" + text + "' is unknown.");
        }
        return address;
    }

    private static int port(String text) {
        boolean digits = !text.isEmpty() && text.length() <= 5 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        int port = digits ? Integer.parseInt(text) : -1;
        return port <= 65535 ? port : -1;
    }

    static String print(InetSocketAddress address) {
        return (address.getAddress() == null ? address.getHostString() : address.getAddress().getHostAddress()) + ":" + address.getPort();
    }
}
