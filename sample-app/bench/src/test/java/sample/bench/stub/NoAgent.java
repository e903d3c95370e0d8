package sample.bench.stub;

/** An agent that does nothing; the stub proxies write what the real one would report. */
public final class NoAgent {

    private NoAgent() {
    }

    /** Called by the JVM. */
    public static void premain(String options) {
    }
}
