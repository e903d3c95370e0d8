package sample.bench.startup;

/** The smallest program: what an agent adds to it is what the agent costs at start. */
public final class Hello {

    private Hello() {
    }

    /** Takes no arguments. */
    public static void main(String[] args) {
        System.out.println("hello");
    }
}
