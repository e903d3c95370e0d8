package io.usr1.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.usr1.testing.Jdks;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** In a JVM of its own, because the choice is made once in a JVM. */
class CountersTest {

    @Test void theChoiceOfPremainReachesTheFirstBypass() throws IOException, InterruptedException {
        assertEquals("18 false", counted("exact"));
        assertEquals("18 true", counted("cheap"), "some are folded, and the carrier has a number of its own");
        assertEquals("0 false", counted("off"));
    }

    private static String counted(String choice) throws IOException, InterruptedException {
        List<String> command = List.of(Jdks.all().get(0).java(), "-cp", System.getProperty("java.class.path"), Child.class.getName(), choice);
        Process child = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(child.getInputStream().readAllBytes()).strip();
        assertEquals(0, child.waitFor(), output);
        return output;
    }

    public static final class Child {
        public static void main(String[] arguments) {
            Counters.exact(arguments[0].equals("exact"));
            Counters.off(arguments[0].equals("off"));
            Site site = GateTest.open().site("wake", "Wake#wake");
            FakeCarrier carrier = new FakeCarrier(Flag.CLEAR);
            for (int i = 0; i < 18; i++) {
                site.bypassed(carrier);
            }
            System.out.println(site.bypassedCount() + " " + (carrier.usr1$unfolded() != 0));
        }
    }
}
