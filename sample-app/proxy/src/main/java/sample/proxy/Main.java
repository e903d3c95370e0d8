package sample.proxy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The command line. */
@Command(name = "sample-proxy", mixinStandardHelpOptions = true, versionProvider = Main.Version.class,
        description = "A reverse proxy for HTTP/1.1 and HTTP/2 with event loops that share their idle server connections.")
public final class Main implements Callable<Integer> {
    @Option(names = "--listen", paramLabel = "HOST:PORT", defaultValue = "127.0.0.1:8080",
            description = "Where clients connect; port 0 for any (${DEFAULT-VALUE}).")
    private InetSocketAddress listen;
    @Option(names = "--admin", paramLabel = "HOST:PORT", defaultValue = "127.0.0.1:0",
            description = "GET /counters, POST /stop, POST /maintenance, POST /ready; port 0 for any (${DEFAULT-VALUE}).")
    private InetSocketAddress admin;
    @Option(names = "--server", paramLabel = "HOST:PORT", required = true, description = "The origin.")
    private InetSocketAddress server;
    @Option(names = "--server-protocol", defaultValue = "h1",
            description = "What is spoken to the origin: ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
    private Protocol protocol;
    @Option(names = "--crt", paramLabel = "FILE", description = "Speak TLS with clients, with the key and certificate in this PKCS#12 key store.")
    private Path keys;
    @Option(names = "--crt-password", paramLabel = "WORD", defaultValue = "changeit", description = "The key store's (${DEFAULT-VALUE}).")
    private String keyPassword;
    @Option(names = "--server-ssl", description = "Speak TLS with the origin.")
    private boolean serverTls;
    @Option(names = "--server-ca-file", paramLabel = "FILE",
            description = "Whose certificates for the origin to trust, as PEM (those that the JDK trusts).")
    private Path authorities;
    @Option(names = "--loops", paramLabel = "N", description = "Event loops (one a core).")
    private int loops = Runtime.getRuntime().availableProcessors();
    @Option(names = "--lock", defaultValue = "reentrant",
            description = "The takeover lock: ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
    private LockKind lock;
    @Option(names = "--reuse", defaultValue = "always",
            description = "Who may use a server connection again: ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
    private Reuse reuse;
    @Option(names = "--pool-max-conn", paramLabel = "N", defaultValue = "-1",
            description = "Idle connections kept, on all loops together; -1 for no limit (${DEFAULT-VALUE}).")
    private int poolMost;
    @Option(names = "--pool-low-conn", paramLabel = "N", defaultValue = "0",
            description = "No loop takes another's connection while fewer than these are idle (${DEFAULT-VALUE}).")
    private int poolLow;
    @Option(names = "--pool-purge-delay", paramLabel = "MS", defaultValue = "5000",
            description = "How often half of the idle connections not lately needed is closed; 0: none is kept (${DEFAULT-VALUE}).")
    private long poolPurgeMillis;
    @Option(names = "--shared-pool", arity = "1", defaultValue = "true", paramLabel = "true|false",
            description = "Whether loops may take each other's idle connections (${DEFAULT-VALUE}).")
    private boolean sharedPool;
    @Option(names = "--maxconn", paramLabel = "N", defaultValue = "0",
            description = "Requests in flight to the origin; 0 for no limit (${DEFAULT-VALUE}).")
    private int maxconn;
    @Option(names = "--wake-inside-lock", description = "Wake the old owner of a connection taken over before its lock is free.")
    private boolean wakeInsideLock;
    @Option(names = "--time-locks", arity = "1", defaultValue = "true", paramLabel = "true|false",
            description = "Time the waits for the wake's lock (${DEFAULT-VALUE}).")
    private boolean timeLocks;
    @Option(names = "--connect-timeout", paramLabel = "MS", defaultValue = "3000",
            description = "For a connection to the origin, and for a request slot (${DEFAULT-VALUE}).")
    private long connectMillis;
    @Option(names = "--server-timeout", paramLabel = "MS", defaultValue = "30000",
            description = "For the origin to go on with its answer; also how long a connection may lie idle (${DEFAULT-VALUE}).")
    private long serverMillis;
    @Option(names = "--client-timeout", paramLabel = "MS", defaultValue = "60000",
            description = "For the client to go on with its request, or to send the next (${DEFAULT-VALUE}).")
    private long clientMillis;
    @Option(names = "--counters-file", paramLabel = "FILE", description = "Where to write the final counters, as JSON.")
    private Path countersFile;
    @Option(names = "--exit-on-eof", description = "Stop when standard input ends.")
    private boolean exitOnEof;
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    private boolean finished;

    public static void main(String[] args) {
        System.exit(run(args));
    }

    /** Runs until the proxy has stopped. @return the exit status: 0, 1 for a failure, 2 for bad usage */
    static int run(String... args) {
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .registerConverter(InetSocketAddress.class, HostPort::parse)
                .setParameterExceptionHandler((e, unused) -> complain(e.getMessage(), 2))
                .setExecutionExceptionHandler((e, line, unused) -> complain(e.getMessage(), 1))
                .execute(args);
    }

    private static int complain(String sentence, int status) {
        System.err.println("sample-proxy: " + sentence);
        return status;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Proxy proxy = open();
        Thread onSignal = new Thread(() -> stopOnSignal(proxy), "stop-on-signal");
        Runtime.getRuntime().addShutdownHook(onSignal);
        proxy.start();
        System.out.println("ready listen=" + HostPort.print(proxy.address()) + " admin=" + HostPort.print(proxy.adminAddress()));
        if (exitOnEof) {
            stopOnEof(proxy);
        }
        proxy.awaitStopRequest();
        finish(proxy);
        return 0;
    }

    private Proxy open() throws IOException {
        Settings settings = new Settings(listen, admin, server, protocol, tls(), (int) atLeast(1, loops, "--loops"), lock, reuse, pool(),
                (int) atLeast(0, maxconn, "--maxconn"), wakeInsideLock, timeLocks, atLeast(1, connectMillis, "--connect-timeout"),
                atLeast(1, serverMillis, "--server-timeout"), atLeast(1, clientMillis, "--client-timeout"));
        try {
            return new Proxy(settings);
        } catch (BindException e) {
            throw new IOException("It cannot listen on " + HostPort.print(listen) + " or " + HostPort.print(admin) + ": "
                    + e.getMessage() + ". Give other addresses with --listen and --admin, or port 0 for any.", e);
        }
    }

    private TlsSettings tls() throws IOException {
        if (authorities != null && !serverTls) {
            throw new ParameterException(spec.commandLine(), "--server-ca-file is of no use without --server-ssl.");
        }
        return new TlsSettings(keys == null ? null : Certificates.own(keys, keyPassword), serverTls ? Certificates.others(authorities) : null);
    }

    private PoolSettings pool() {
        return new PoolSettings((int) atLeast(-1, poolMost, "--pool-max-conn"), (int) atLeast(0, poolLow, "--pool-low-conn"),
                atLeast(0, poolPurgeMillis, "--pool-purge-delay"), sharedPool);
    }

    private long atLeast(long least, long value, String option) {
        if (value < least) {
            throw new ParameterException(spec.commandLine(), option + " is " + value + "; expected at least " + least + ".");
        }
        return value;
    }

    private static void stopOnEof(Proxy proxy) {
        Thread reader = new Thread(() -> {
            try {
                System.in.transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                // as good as its end
            }
            proxy.requestStop();
        }, "stop-on-eof");
        reader.setDaemon(true);
        reader.start();
    }

    /** The signal that ends the process: this hook is the last thing to run, so it finishes what it can and waits for it. */
    private void stopOnSignal(Proxy proxy) {
        try {
            finish(proxy);
        } catch (IOException | InterruptedException e) {
            complain(e.getMessage(), 1);
        }
    }

    /** Stops and writes the counters, once; who comes second waits for the first. */
    private synchronized void finish(Proxy proxy) throws IOException, InterruptedException {
        if (!finished) {
            finished = true;
            proxy.stop();
            if (countersFile != null) {
                Files.writeString(countersFile, proxy.counters().toJson());
            }
        }
    }

    /** The version of the jar. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"sample-proxy " + (version == null ? "(not from a jar)" : version)};
        }
    }
}
