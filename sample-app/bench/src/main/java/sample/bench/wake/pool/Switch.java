package sample.bench.wake.pool;

/**
 * Lets a wake that was patched by hand be switched off while it runs, as a woven one can be: it then reads one volatile boolean
 * more. Without the property there is no switch, and the JIT leaves nothing of it.
 */
public final class Switch {

    /** The property that puts the switch in, by being {@code true}. */
    public static final String PROPERTY = "wake.switch";

    private static final boolean PRESENT = Boolean.getBoolean(PROPERTY);
    private static final Switch PATCH = new Switch();

    private volatile boolean off;

    private Switch() {
    }

    static boolean isOff() {
        return PRESENT && PATCH.off;
    }
}
