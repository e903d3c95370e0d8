package io.usr1.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.usr1.testing.Jdks;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** In a JVM of its own, because the choice is made once in a JVM. */
class ExactCountersTest {

    @Test void theChoiceOfPremainReachesTheFirstBypass() throws IOException, InterruptedException {
        List<String> command = List.of(Jdks.all().get(0).java(), "-cp", System.getProperty("java.class.path"), Child.class.getName());
        Process child = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(child.getInputStream().readAllBytes()).strip();
        assertEquals(0, child.waitFor(), output);
        assertEquals("1", output);
    }

    public static final class Child {
        public static void main(String[] arguments) {
            Counters.exact(true);
            Site site = GateTest.open().site("wake", "Wake#wake");
            site.bypassed(new FakeCarrier(Flag.CLEAR));
            System.out.println(site.bypassedCount());
        }
    }
}
