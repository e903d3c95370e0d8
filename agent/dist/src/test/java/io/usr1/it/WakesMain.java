package io.usr1.it;

import io.usr1.events.Events;
import io.usr1.events.Options;
import io.usr1.events.Outcome;
import io.usr1.events.Settings;
import io.usr1.runtime.Carrier;
import io.usr1.runtime.Flag;
import io.usr1.runtime.Gate;
import io.usr1.runtime.Gates;
import io.usr1.runtime.Locks;
import io.usr1.runtime.Mode;
import io.usr1.runtime.Site;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.locks.ReentrantLock;
import jdk.jfr.Recording;

/** Wakes as woven code makes them, of which four in five find the flag clear; recorded with each acquisition. Arguments: mode, file, how many wakes. */
final class WakesMain {

    public static void main(String[] arguments) throws Exception {
        Mode mode = Mode.valueOf(arguments[0]);
        Gate gate = Gates.create("fixture", "app", mode);
        Site wake = gate.site("wake", "Mux#wake");
        gate.carrierWoven();
        gate.bypassWoven();
        Settings settings = new Settings("1.2.3", mode.name().toLowerCase(Locale.ROOT), "exact", "fixture");
        try (Events events = Events.start(new Options(() -> settings, Integer.MAX_VALUE, System.err::println)); Recording recording = new Recording()) {
            events.rewritten(new Outcome("fixture", "app", null, 1));
            recording.enable("io.usr1.LockAcquisition");
            recording.start();
            ReentrantLock lock = new ReentrantLock();
            for (int i = 0; i < Integer.parseInt(arguments[2]); i++) {
                Woken carrier = new Woken(i % 5 == 0 ? Flag.SET : Flag.CLEAR);
                if (gate.passes(carrier)) {
                    wake.bypassed(null);
                } else {
                    wake.fold(carrier);
                    Object token = Locks.lock(lock, wake);
                    lock.unlock();
                    Locks.released(token);
                }
            }
            recording.stop();
            recording.dump(Path.of(arguments[1]));
        }
    }

    private record Woken(int flag) implements Carrier {
        @Override public int usr1$flag() {
            return flag;
        }

        @Override public void usr1$flag(int state) {
            throw new UnsupportedOperationException();
        }

        @Override public int usr1$unfolded() {
            return 0;
        }

        @Override public void usr1$unfolded(int count) {
        }
    }
}
