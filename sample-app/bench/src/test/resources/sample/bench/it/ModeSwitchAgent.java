import io.usr1.runtime.Gates;
import io.usr1.runtime.Mode;
import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Switches {@code usr1.mode} a hundred times, each time waiting until every gate follows; ends in audit and makes a file. */
public final class ModeSwitchAgent {

    private static final List<Mode> ROUND = List.of(Mode.OBSERVE, Mode.BYPASS, Mode.OFF, Mode.BYPASS, Mode.AUDIT);
    private static final int SWITCHES = 100;

    public static void premain(String doneFile) {
        Thread thread = new Thread(() -> run(new File(doneFile)), "mode-switch");
        thread.setDaemon(true);
        thread.start();
    }

    private static void run(File done) {
        // The gate opens with the first connection: from there on the load is under way.
        await(Mode.BYPASS);
        for (int i = 0; i < SWITCHES; i++) {
            Mode next = ROUND.get(i % ROUND.size());
            System.setProperty("usr1.mode", next.name().toLowerCase());
            await(next);
        }
        try {
            if (!done.createNewFile()) {
                throw new IOException("it exists");
            }
        } catch (IOException e) {
            System.err.println("cannot make " + done + ": " + e);
        }
    }

    private static void await(Mode mode) {
        String state = mode == Mode.BYPASS ? "open" : "shut";
        while (Gates.all().isEmpty()
                || !Gates.all().stream().allMatch(gate -> gate.mode() == mode && gate.state().equals(state))) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }
}
