package io.usr1.entry;

import io.usr1.runtime.Mode;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The targets that the agent brings along, and what each waits for: the packages of its classes if it bypasses, because the
 * weaver must see every class there from the first one on; the very classes if it only observes. Names and nothing else, so
 * that a start reads no YAML; a test holds the rows against the files.
 */
public final class BuiltIns {

    /** Name of the target, then packages (with a slash at the end) and classes, in internal form. */
    static final String[][] ROWS = {
        {"c3p0", "com/mchange/v2/c3p0/impl/", "com/mchange/v2/resourcepool/"},
        {"c3p0-0.11", "com/mchange/v2/c3p0/impl/", "com/mchange/v2/resourcepool/"},
        {"commons-pool2", "org/apache/commons/pool2/impl/"},
        {"druid", "com/alibaba/druid/pool/DruidAbstractDataSource", "com/alibaba/druid/pool/DruidDataSource", "com/alibaba/druid/pool/DruidDataSource$CreateConnectionTask", "com/alibaba/druid/pool/DruidDataSource$CreateConnectionThread"},
        {"grizzly-connection-pool", "org/glassfish/grizzly/connectionpool/"},
        {"httpcore4-nio-pool", "org/apache/http/nio/pool/AbstractNIOConnPool"},
        {"httpcore4-pool", "org/apache/http/pool/AbstractConnPool"},
        {"httpcore4.3-pool", "org/apache/http/pool/AbstractConnPool", "org/apache/http/pool/PoolEntryFuture"},
        {"httpcore5-session-pool", "org/apache/hc/core5/reactor/AbstractIOSessionPool", "org/apache/hc/core5/reactor/AbstractIOSessionPool$2"},
        {"httpcore5-strict-pool", "org/apache/hc/core5/pool/StrictConnPool"},
        {"jdk-http-client", "jdk/internal/net/http/ConnectionPool"},
        {"jdk-http-client-17", "jdk/internal/net/http/ConnectionPool"},
        {"jdk-keepalive", "sun/net/www/http/KeepAliveCache"},
        {"jetty-client", "org/eclipse/jetty/client/", "org/eclipse/jetty/client/http/"},
        {"jetty-client-9.2", "org/eclipse/jetty/client/ConnectionPool"},
        {"membrane", "com/predic8/membrane/core/transport/http/ConnectionManager"},
        {"mongodb-driver", "com/mongodb/internal/Locks"},
        {"okhttp-3", "okhttp3/internal/connection/ExchangeFinder", "okhttp3/internal/connection/RealConnection", "okhttp3/internal/connection/RealConnectionPool", "okhttp3/internal/connection/Transmitter"},
        {"okhttp-5", "okhttp3/internal/connection/ConnectPlan", "okhttp3/internal/connection/RealCall", "okhttp3/internal/connection/RealConnection", "okhttp3/internal/connection/RealConnectionPool", "okhttp3/internal/connection/RealRoutePlanner"},
        {"synapse-nhttp", "org/apache/synapse/transport/nhttp/", "org/apache/synapse/transport/utils/conn/"},
        {"synapse-passthrough", "org/apache/synapse/transport/passthru/connections/HostConnections", "org/apache/synapse/transport/passthru/connections/SourceConnections"},
        {"tomcat-dbcp", "org/apache/tomcat/dbcp/pool2/impl/"},
        {"tomcat-jdbc", "org/apache/tomcat/jdbc/pool/FairBlockingQueue"},
        {"vertx-3", "io/vertx/core/http/impl/pool/Pool"},
    };

    /** The JDK's own pools, which only {@code usr1.target.NAME.mode} turns on: a fault there would be one in every application. */
    static final Set<String> OPT_IN = Set.of("jdk-http-client", "jdk-http-client-17", "jdk-keepalive");

    private final Set<String> names = new TreeSet<>();
    /** Classes of the JDK that may be woven; empty unless somebody asked. */
    private final Set<String> optedIn = new HashSet<>();
    /** By package or class. */
    private final Map<String, List<String>> waiting = new HashMap<>();

    private BuiltIns() {
    }

    /** Those that the option {@code builtins} leaves on, and of the JDK's own pools those that have a mode of their own. */
    public static BuiltIns of(Options options) throws OptionException {
        Set<String> wanted = options.builtIns();
        BuiltIns builtIns = new BuiltIns();
        for (String[] row : ROWS) {
            boolean optIn = OPT_IN.contains(row[0]);
            if (wanted.contains(row[0]) && (!optIn || asked(options.targetMode(row[0])))) {
                builtIns.add(row);
                if (optIn) {
                    builtIns.optedIn.add(row[1]);
                }
            }
        }
        return builtIns;
    }

    /** Of all that there are. */
    public static Set<String> allNames() {
        Set<String> names = new TreeSet<>();
        for (String[] row : ROWS) {
            names.add(row[0]);
        }
        return names;
    }

    private static boolean asked(Mode own) {
        return own != null && own != Mode.OFF;
    }

    private void add(String[] row) {
        names.add(row[0]);
        for (int i = 1; i < row.length; i++) {
            List<String> known = waiting.get(row[i]);
            if (known == null) { // no lambda: the first one costs a start ten milliseconds and more
                known = new ArrayList<>(1);
                waiting.put(row[i], known);
            }
            known.add(row[0]);
        }
    }

    public Set<String> names() {
        return names;
    }

    boolean isEmpty() {
        return names.isEmpty();
    }

    /** Internal names of the classes of the JDK that somebody asked for; no other class of the boot loader is ever touched. */
    public Set<String> optedIn() {
        return optedIn;
    }

    /** Whether one of those is loaded already, as by another agent. */
    boolean anyOptedInLoaded(Instrumentation instrumentation) {
        if (!optedIn.isEmpty()) {
            for (Class<?> type : instrumentation.getAllLoadedClasses()) {
                if (optedIn.contains(type.getName().replace('.', '/'))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether a target waits for that class. On the way of every class that is loaded. */
    boolean waitFor(String internalName) {
        return waiting.containsKey(internalName) || waiting.containsKey(internalName.substring(0, internalName.lastIndexOf('/') + 1));
    }

    /** Names of the targets that wait for that class; mostly none. */
    public List<String> waitingFor(String internalName) {
        List<String> named = waiting.getOrDefault(internalName, List.of());
        List<String> above = waiting.getOrDefault(internalName.substring(0, internalName.lastIndexOf('/') + 1), List.of());
        if (named.isEmpty() || above.isEmpty()) {
            return named.isEmpty() ? above : named;
        }
        List<String> both = new ArrayList<>(named);
        both.addAll(above);
        return both;
    }
}
