package sample.bench.memory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A library whose classes are looked at.
 *
 * @param name    as tables have it
 * @param start   the package of the pool, or one above
 * @param folder  with its jars; null for the sample proxy
 */
record Measured(String name, String start, String folder) {

    static final List<Measured> ALL = List.of(
            new Measured("sample proxy", "sample.proxy", null),
            new Measured("c3p0 0.11.2", "com.mchange.v2", "c3p0-0.11.2"),
            new Measured("Commons Pool 2.13.1", "org.apache.commons.pool2", "commons-pool2-2.13.1"),
            new Measured("Tomcat DBCP 9.0.100", "org.apache.tomcat.dbcp.pool2", "tomcat-dbcp-9.0.100"),
            new Measured("Jetty client 9.4.31", "org.eclipse.jetty.client", "jetty-client-9.4.31"),
            new Measured("Grizzly pool 4.0.2", "org.glassfish.grizzly.connectionpool", "grizzly-connection-pool-4.0.2"));

    /** Its jars, first the one that is looked at. */
    List<Path> jars(Path proxy, Path real) throws IOException {
        Path place = folder == null ? proxy.resolveSibling("lib") : real.resolve(folder);
        try (Stream<Path> files = Files.list(place)) {
            return Stream.concat(folder == null ? Stream.of(proxy) : Stream.empty(), files.filter(file -> file.toString().endsWith(".jar")).sorted()).toList();
        }
    }
}
