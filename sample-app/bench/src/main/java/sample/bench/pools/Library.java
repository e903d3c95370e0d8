package sample.bench.pools;

import java.util.ArrayList;
import java.util.List;

/**
 * One version of a library, and how its pool is used and counted.
 *
 * @param name    of the folder with its jars
 * @param target  the built-in target
 * @param work    class among the resources that uses the pool
 * @param adapted what is replaced in the work's source, and by what; maybe none
 * @param threads that use it at once
 * @param asks    how often, at least, a round asks about a connection that is in use
 * @param tally   argument of the agent that counts: classes, the method that asks, the one that looks under the lock, ways to lock and carrier
 */
record Library(String name, String target, String work, List<String> adapted, int threads, double asks, String tally) {

    private static final String C3P0 = "com.mchange.v2.resourcepool.BasicResourcePool";
    private static final String JETTY = "org.eclipse.jetty.client.DuplexConnectionPool";
    private static final String GRIZZLY = "org.glassfish.grizzly.connectionpool.";

    /** Those in the range of a built-in target that bypasses. */
    static final List<Library> ALL = all();

    private static List<Library> all() {
        List<Library> all = new ArrayList<>();
        for (String version : List.of("0.9.5.5", "0.10.1", "0.11.2")) {
            boolean reentrant = version.startsWith("0.11");
            all.add(new Library("c3p0-" + version, reentrant ? "c3p0-0.11" : "c3p0", "C3p0Work", List.of(), 8, 1,
                    tally(C3P0 + "," + C3P0 + "$1RefurbishCheckinResourceTask", C3P0 + "#doCheckinManaged", "statusInPool", reentrant ? "this.lockMain" : "this", "arg")));
        }
        for (String version : List.of("2.12.0", "2.13.1")) {
            all.add(commons("commons-pool2-" + version, "commons-pool2", "org.apache.commons.pool2"));
        }
        all.add(commons("tomcat-dbcp-9.0.100", "tomcat-dbcp", "org.apache.tomcat.dbcp.pool2"));
        for (String version : List.of("9.4.20", "9.4.31")) {
            all.add(new Library("jetty-client-" + version, "jetty-client", "JettyWork", List.of(), 4, 1,
                    tally(JETTY, JETTY + "#isActive", "isActive", "this.lock", "arg")));
        }
        for (String version : List.of("2.3.26", "2.4.4", "4.0.2")) {
            all.add(new Library("grizzly-connection-pool-" + version, "grizzly-connection-pool", "GrizzlyWork", List.of(), 8, 2,
                    tally(GRIZZLY + "SingleEndpointPool," + GRIZZLY + "SingleEndpointPool$ConnectCompletionHandler," + GRIZZLY + "ConnectionInfo", GRIZZLY + "ConnectionInfo#isReady",
                            "isReady", "this.endpointPool.poolSync", "this.readyStateLink")));
        }
        String synapse = "org.apache.synapse.transport.nhttp.ConnectionPool";
        all.add(new Library("synapse-nhttp-3.0.1", "synapse-nhttp", "SynapseWork", List.of(), 8, 0.45,
                tally(synapse, synapse + "#forget", "forget", synapse + "#connMap[nowhere:80]", "arg")));
        return List.copyOf(all);
    }

    /** So many rounds ask at least so often about a connection that is in use. */
    int rounds(int asked) {
        return (int) Math.ceil(asked / asks);
    }

    private static Library commons(String name, String target, String home) {
        String deque = home + ".impl.LinkedBlockingDeque";
        return new Library(name, target, "CommonsPoolWork", List.of("org.apache.commons.pool2", home), 4, 0.25,
                tally(deque, deque + "#removeFirstOccurrence", "removeFirstOccurrence", "this.lock", "arg"));
    }

    private static String tally(String... words) {
        return String.join(";", words);
    }
}
