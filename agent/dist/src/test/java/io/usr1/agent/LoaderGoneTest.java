package io.usr1.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.usr1.entry.BuiltIns;
import io.usr1.entry.Options;
import io.usr1.target.Target;
import io.usr1.target.TargetReader;
import java.lang.instrument.Instrumentation;
import java.lang.ref.WeakReference;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.helpers.NOPLogger;

/** An application that is undeployed leaves nothing behind in the agent, whatever was decided about its classes. */
class LoaderGoneTest {

    private static final String TARGET = """
            target: mini
            package: org.example
            carrier: { class: Tasklet }
            ownership: { replaces-carrier: { carrier-field: C.tasklet, context-field: Tasklet.context, takeover: P#takeover } }
            locks: { main: { kind: reentrant, field: P.lock } }
            set: [ { method: P#insert, at: entry, carrier: arg0.tasklet } ]
            """;

    @Test
    @Timeout(60)
    void aLoaderIsNotKeptAlive() throws Exception {
        WeavingTransformer transformer = new WeavingTransformer(false, nothingLoaded(), new ModeWatch(Options.ofArguments(null), List.of("mini"), NOPLogger.NOP_LOGGER),
                new Decisions(NOPLogger.NOP_LOGGER, new EventsSwitch(null, NOPLogger.NOP_LOGGER)));
        transformer.targets(List.of(target()), new BuiltInTargets(BuiltIns.of(Options.ofArguments("builtins=off")), NOPLogger.NOP_LOGGER));
        WeakReference<ClassLoader> loader = seeOneClass(transformer);
        assertEquals(1, transformer.all().size());

        while (loader.get() != null) {
            System.gc();
            transformer.look();
        }
        transformer.look();
        assertTrue(transformer.all().isEmpty());
    }

    /** The class is refused (it is not there as a resource), which must not keep the loader either. */
    private static WeakReference<ClassLoader> seeOneClass(WeavingTransformer transformer) {
        ClassLoader loader = new URLClassLoader(new URL[0]);
        assertNull(transformer.transform(null, loader, "org/example/Tasklet", null, null, new byte[0]));
        assertTrue(transformer.all().get(0).verdict() != null, "the loader was looked at");
        return new WeakReference<>(loader);
    }

    private static Target target() throws Exception {
        return TargetReader.read("mini.yaml", TARGET);
    }

    private static Instrumentation nothingLoaded() {
        return (Instrumentation) Proxy.newProxyInstance(LoaderGoneTest.class.getClassLoader(), new Class<?>[] {Instrumentation.class},
                (proxy, method, arguments) -> new Class<?>[0]);
    }
}
