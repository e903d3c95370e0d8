package io.usr1.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.usr1.testing.Jdks.Jdk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code attach} and {@code detach}, in JVMs that were started without a thought of the agent. */
class AttachIT {

    private static final String JDKS = "io.usr1.testing.Jdks#stream";
    private static final String TARGET = Path.of(System.getProperty("test.classes"), "pool.yaml").toString();
    private static final String USED = "handled=201 woken=101";

    @TempDir private Path folder;

    @ParameterizedTest(name = "{0}")
    @MethodSource(JDKS)
    void whatIsNotLoadedYetIsWovenInFull(Jdk jdk) throws IOException, InterruptedException {
        try (Driven jvm = new Driven(jdk, folder)) {
            assertDone(jvm.command("attach", jvm.pid(), "--target", TARGET, "counters=exact"), "the agent is attached");
            assertTrue(jvm.say("use").startsWith("handled=201 "), "the same work");
            String seen = jvm.seen(state -> state.contains("open"));
            assertTrue(seen.contains("open"), seen);
            jvm.say("use");
            assertTrue(jvm.say("seen").matches("gates: open bypassed=[1-9]\\d* acquired=\\d+"), jvm.say("seen"));

            assertDone(jvm.command("attach", jvm.pid(), "mode=observe", "log=info"), "the agent was there; usr1.log is read when it starts, so it stays as it was",
                    "the agent was there; usr1.mode is now 'observe'");
            assertTrue(jvm.seen(state -> state.contains("shut")).contains("shut"));

            assertDone(jvm.command("detach", jvm.pid()), "4 classes that were woven as they were loaded keep their fields and methods; their gates are shut and their marks go on",
                    "the agent is detached");
            String before = jvm.say("seen");
            jvm.say("use");
            assertEquals(bypassed(before), bypassed(jvm.say("seen")), "nothing is bypassed behind a shut gate");

            assertEquals(0, jvm.command("attach", jvm.pid(), "--target", TARGET).code());
            assertTrue(jvm.seen(state -> state.contains("open")).contains("open"), "usr1.mode is what it was before the first attach");
            jvm.say("use");
            assertTrue(bypassed(jvm.say("seen")) > bypassed(before), "the gate is open again, and nothing was missed");
            assertEquals(List.of(), jvm.errors());
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource(JDKS)
    void whatIsLoadedIsObserved(Jdk jdk) throws IOException, InterruptedException {
        try (Driven jvm = new Driven(jdk, folder)) {
            assertEquals(USED, jvm.say("use"));
            Forked attached = jvm.command("attach", jvm.pid(), "--target", TARGET, "counters=exact");
            assertDone(attached, "the agent is attached", "target pool in loader app: observed only, 1 takeover, 1 wake timed: classes of it were"
                    + " loaded before the agent came, so nothing can be bypassed; start the JVM with -javaagent for that");
            assertEquals(USED, jvm.say("use"));
            assertEquals("gates: shut bypassed=0 acquired=102", jvm.say("seen"));
            assertTrue(jvm.errors().get(0).contains("org.example.pool.Tasklet: found the class was loaded before the agent saw it"), jvm.errors()::toString);

            assertDone(jvm.command("detach", jvm.pid()), "2 classes that were woven after they were loaded have their own bytes again", "the agent is detached");
            assertEquals("gates:", jvm.say("seen"));
            assertEquals(USED, jvm.say("use"));
            assertEquals("gates:", jvm.say("seen"), "no woven code is left to ask for its gate");

            Forked again = jvm.command("detach", jvm.pid());
            assertNo(again, "usr1-agent: the agent is not in process " + jvm.pid() + ", so it cannot be detached");
            assertEquals(attached.out(), jvm.command("attach", jvm.pid(), "--target", TARGET).out(), "a second time");
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource(JDKS)
    void whoForbidsItIsLeftAlone(Jdk jdk) throws IOException, InterruptedException {
        try (Driven jvm = new Driven(jdk, folder, "-XX:-EnableDynamicAgentLoading")) {
            assertNo(jvm.command("attach", jvm.pid(), "--target", TARGET), "usr1-agent: process " + jvm.pid()
                    + " forbids agents that come later (-XX:-EnableDynamicAgentLoading); start it with -javaagent:usr1-agent.jar instead");
            assertEquals(USED, jvm.say("use"));
        }
        try (Driven jvm = new Driven(jdk, folder, "-XX:+DisableAttachMechanism")) {
            assertNo(jvm.command("attach", jvm.pid(), "--target", TARGET), "usr1-agent: process " + jvm.pid()
                    + " forbids attaching (-XX:+DisableAttachMechanism); start it with -javaagent:usr1-agent.jar instead");
            assertEquals(USED, jvm.say("use"));
            assertEquals(List.of(), jvm.errors());
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource(JDKS)
    void whatIsWrongIsOneSentence(Jdk jdk) throws IOException, InterruptedException {
        try (Driven jvm = new Driven(jdk, folder)) {
            assertNo(jvm.command("attach", jvm.pid(), "--target", TARGET, "mode=bypas"), "usr1-agent: usr1.mode is 'bypas'; expected off, observe, audit or bypass");
            assertNo(jvm.command("attach", jvm.pid(), "mode=audit", "builtins=off"), "usr1-agent: no target was given that can be used; expected targets=FILE");
            assertEquals(USED, jvm.say("use"));
        }
        Process ended = new ProcessBuilder(jdk.java(), "-version").redirectErrorStream(true).start();
        ended.getInputStream().readAllBytes();
        ended.waitFor();
        assertNo(Forked.run(jdk, folder, "-jar", AgentJarIT.JAR, "attach", String.valueOf(ended.pid())),
                "usr1-agent: there is no process " + ended.pid() + "; jps lists the JVMs of this user");
        assertEquals(2, Forked.run(jdk, folder, "-jar", AgentJarIT.JAR, "attach", "x").code());
    }

    private static long bypassed(String seen) {
        return Long.parseLong(seen.replaceAll(".*bypassed=(\\d+).*", "$1"));
    }

    private static void assertDone(Forked forked, String... sentences) {
        assertEquals(List.of(), forked.err());
        assertEquals(List.of(sentences), forked.out());
        assertEquals(0, forked.code());
    }

    private static void assertNo(Forked forked, String sentence) {
        assertEquals(List.of(sentence), forked.err());
        assertEquals(List.of(), forked.out());
        assertEquals(1, forked.code());
    }
}
