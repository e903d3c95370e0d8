package sample.bench.startup;

/** An agent that does nothing: what it adds to a start is the JVM's own price for having any agent at all. */
public final class EmptyAgent {

    private EmptyAgent() {
    }

    /** Called by the JVM before the application's main method. */
    public static void premain(String options) {
    }
}
