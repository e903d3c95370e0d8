package sample.bench.real.proxy;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A released proxy, or a pool before a database.
 *
 * @param name     as it is printed
 * @param version  what it is made of
 * @param folder   with its jars
 * @param program  source among the resources, which starts it
 * @param argument of the program; null for the origin's address
 * @param target   the built-in target that is woven
 * @param bypasses whether that target bypasses; else it observes
 * @param least    how often, at the least, the code of a role goes without its lock, or takes the lock that is observed
 * @param quiet    options that keep the program's own log from standard error
 */
record RealProxy(String name, String version, String folder, String program, String argument, String target, boolean bypasses, Map<String, Integer> least, List<String> quiet) {

    /** Requests through each proxy. */
    static final int REQUESTS = 2_000;
    /** Those after which the origin keeps the connection. */
    private static final int KEPT = REQUESTS * 15 / 16;
    /** Half of those after which it closes the connection, which may be the first on theirs. */
    private static final int CLOSED = REQUESTS / 32;
    /** Of a database program. */
    private static final int ROUNDS = 12_000;

    private static final List<String> QUIET_JETTY = List.of("-Dorg.eclipse.jetty.util.log.announce=false", "-Dorg.eclipse.jetty.LEVEL=WARN");
    /** Commons Logging would find a Log4j without a configuration, and keep silent about errors, too. */
    private static final List<String> QUIET_SYNAPSE = List.of("-Dorg.apache.commons.logging.Log=org.apache.commons.logging.impl.SimpleLog", "-Dorg.apache.commons.logging.simplelog.defaultlog=warn");
    private static final List<String> QUIET_C3P0 = List.of("-Dcom.mchange.v2.log.MLog=com.mchange.v2.log.FallbackMLog", "-Dcom.mchange.v2.log.FallbackMLog.DEFAULT_CUTOFF_LEVEL=WARNING");

    static List<RealProxy> all() {
        return Stream.concat(bypassing(), observed()).toList();
    }

    private static Stream<RealProxy> bypassing() {
        return Stream.of(
                new RealProxy("Jetty's ProxyServlet", "jetty-proxy 9.4.31", "jetty", "Jetty", null, "jetty-client", true, Map.of("response", KEPT), QUIET_JETTY),
                new RealProxy("AsyncHttpClient", "async-http-client 1.9.40, Grizzly 2.3.26", "async-http-client", "AsyncHttpClientProxy", null,
                        "grizzly-connection-pool", true, Map.of("event", REQUESTS), List.of()),
                new RealProxy("Synapse's NHTTP transport", "synapse-nhttp-transport 3.0.1, HttpCore 4.3.3", "synapse", "SynapseNhttp", null, "synapse-nhttp", true, Map.of("close", CLOSED), QUIET_SYNAPSE),
                new RealProxy("DBCP 2 before H2", "commons-dbcp2 2.13.0, commons-pool2 2.12.0", "dbcp2", "Dbcp2", "", "commons-pool2", true, Map.of("destroy", ROUNDS / 10), List.of()),
                new RealProxy("c3p0 before H2", "c3p0 0.11.2", "c3p0", "C3p0", "asynchronous", "c3p0-0.11", true, Map.of("check-in", ROUNDS), QUIET_C3P0),
                new RealProxy("c3p0 before H2, forceSynchronousCheckins", "c3p0 0.11.2", "c3p0", "C3p0", "synchronous", "c3p0-0.11", true, Map.of("check-in", ROUNDS), QUIET_C3P0));
    }

    private static Stream<RealProxy> observed() {
        Map<String, Integer> leases = Map.of("lease", REQUESTS, "release", REQUESTS);
        return Stream.of(
                new RealProxy("Smiley's proxy servlet", "smiley-http-proxy-servlet 1.12.1, HttpClient 4.5.14", "smiley", "Smiley", null, "httpcore4-pool", false, leases, QUIET_JETTY),
                new RealProxy("Membrane", "service-proxy-core 4.9.1", "membrane", "Membrane", null, "membrane", false, Map.of("lease", REQUESTS, "release", KEPT), List.of()),
                new RealProxy("Camel", "camel-http 4.10.2, HttpClient 5.4.2", "camel", "Camel", null, "httpcore5-strict-pool", false, leases, List.of()),
                new RealProxy("Charon", "charon-spring-webmvc 4.10.0, OkHttp 3.14.9", "charon", "Charon", null, "okhttp-3", false, Map.of("find", 3 * REQUESTS, "call", 8 * REQUESTS), List.of()));
    }

    /** Whether it is a proxy, to which requests can be sent. */
    boolean listens() {
        return argument == null;
    }

    List<String> sources() {
        return Stream.concat(Stream.of("Serving", "Audited", program), listens() ? Stream.of() : Stream.of("Bank"))
                .map(source -> "/sample/bench/real/proxy/" + source + ".java").toList();
    }

    @Override public String toString() {
        return name;
    }
}
