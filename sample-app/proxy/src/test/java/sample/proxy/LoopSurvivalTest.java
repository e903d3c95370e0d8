package sample.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A loop is many connections' only thread: whatever one of them, or what another thread sends, does to it, it goes on. */
class LoopSurvivalTest {
    @ParameterizedTest
    @ValueSource(classes = {OutOfMemoryError.class, StackOverflowError.class, AssertionError.class, IllegalStateException.class})
    void itGoesOn(Class<? extends Throwable> what) throws Exception {
        TestProxy proxy;
        try (TestOrigin origin = TestOrigin.echo()) {
            proxy = TestProxy.to(origin).start();
            try (TestClient client = proxy.client()) {
                assertEquals("/before", client.get("/before").text());
                Throwable failure = what.getConstructor().newInstance();
                proxy.proxy.loops()[0].execute(() -> LoopSurvivalTest.<RuntimeException>raise(failure));
                assertEquals("/after", client.get("/after").text());
                assertEquals(1, proxy.count("loopFailures"));
            }
        }
        assertThrows(AssertionError.class, proxy::close); // which complains of the failure
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void raise(Throwable failure) throws T {
        throw (T) failure;
    }
}
