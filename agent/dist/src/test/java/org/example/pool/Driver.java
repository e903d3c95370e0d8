package org.example.pool;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;

/** An application that touches its pool when it is told to, so that the agent can come before or after that. */
public final class Driver {

    private static final int WAKES = 100;

    private Driver() {
    }

    /** For each line of input: uses the pool, tells of it or sets a property ({@code set KEY VALUE}), and answers with a line. Ends with its input. */
    public static void main(String[] none) throws IOException {
        System.out.println("ready");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ");
            System.out.println(words[0].equals("use") ? Use.all() : words[0].equals("set") ? System.setProperty(words[1], words[2]) : Seen.all());
        }
    }

    /** What every use does, however it is woven. */
    private static final class Use {
        static String all() {
            Pool pool = new Pool();
            Wake wake = new Wake();
            Connection connection = new Connection(pool);
            connection.attach();
            for (int i = 0; i < WAKES; i++) {
                wake.wake(connection.tasklet);
            }
            Tasklet stolen = connection.tasklet;
            pool.insert(connection);
            pool.steal(new Pool());
            wake.wake(stolen);
            return "handled=" + connection.handled + " woken=" + wake.woken;
        }
    }

    /** What the agent sees; only it brings the classes of its runtime. */
    private static final class Seen {
        static String all() {
            StringBuilder seen = new StringBuilder("gates:");
            for (io.usr1.runtime.Gate gate : io.usr1.runtime.Gates.all()) {
                long bypassed = gate.sites().stream().mapToLong(io.usr1.runtime.Site::bypassedCount).sum();
                long acquired = gate.sites().stream().mapToLong(io.usr1.runtime.Site::acquiredCount).sum();
                seen.append(' ').append(gate.state()).append(" bypassed=").append(bypassed).append(" acquired=").append(acquired);
            }
            return seen.toString();
        }
    }
}
