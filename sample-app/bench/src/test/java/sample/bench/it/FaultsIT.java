package sample.bench.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.usr1.testing.Jdks.Jdk;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is wrong with what the agent was given, the proxy serves as it would without, and one sentence says why nothing is bypassed. */
class FaultsIT {

    private static final String JDKS = "io.usr1.testing.Jdks#stream";

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0}")
    @MethodSource(JDKS)
    void missingTargetFile(Jdk jdk) throws IOException, InterruptedException {
        Path nowhere = folder.resolve("nowhere.yaml");
        Faults.assertPlain(withTarget(jdk, nowhere), "usr1-agent: usr1.targets names '" + nowhere + "', which cannot be read (");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource(JDKS)
    void missingTargetFileBesideAGoodOne(Jdk jdk) throws IOException, InterruptedException {
        Path nowhere = folder.resolve("nowhere.yaml");
        Ended ended = Faults.serve(Faults.command(jdk, folder).jvm("-javaagent:" + ProxyCommand.AGENT,
                "-Dusr1.targets=" + nowhere + File.pathSeparator + ProxyCommand.TARGET).exactCounters());
        Faults.assertOneSentence(ended, "usr1-agent: usr1.targets names '" + nowhere + "', which cannot be read (", "; the target is not used");
        Faults.assertBypasses(ended);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource(JDKS)
    void emptyTargetFile(Jdk jdk) throws IOException, InterruptedException {
        Path empty = Files.createFile(folder.resolve("empty.yaml"));
        Faults.assertPlain(withTarget(jdk, empty), "usr1-agent: usr1.targets names '" + empty + "', which has no 'carrier:' or 'observe:'; expected a target file;");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource(JDKS)
    void targetFileThatIsNoYaml(Jdk jdk) throws IOException, InterruptedException {
        Path broken = changedTarget("{ class: Tasklet", "{ class: [Tasklet");
        Faults.assertPlain(withTarget(jdk, broken), broken + ":", ": this is not YAML: ", "; the target is not used");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource(JDKS)
    void fieldThatDoesNotExist(Jdk jdk) throws IOException, InterruptedException {
        Path target = changedTarget("monitor:   { kind: monitor, field: IdleConns.monitor }", "monitor:   { kind: monitor, field: IdleConns.absent }");
        Faults.assertPlain(withTarget(jdk, target), "refused, nothing is woven", "IdleConns.absent");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource(JDKS)
    void methodThatDoesNotExist(Jdk jdk) throws IOException, InterruptedException {
        Path target = changedTarget("IdleConns#insertLocked", "IdleConns#absent");
        Faults.assertPlain(withTarget(jdk, target), "refused, nothing is woven", "IdleConns#absent", "no such method");
    }

    /** The counters' writes in the wake's region are not waived: two threads could make them at once. */
    @ParameterizedTest(name = "{0}")
    @MethodSource(JDKS)
    void regionWithAWrite(Jdk jdk) throws IOException, InterruptedException {
        Path target = changedTarget("      - WakeCounters#otherLockedWake\n", "");
        Faults.assertPlain(withTarget(jdk, target), "refused, nothing is woven", "WakeCounters.otherLockedWake in the region");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource(JDKS)
    void wrongValueOfAnOption(Jdk jdk) throws IOException, InterruptedException {
        Faults.assertPlain(withTarget(jdk, ProxyCommand.TARGET).jvm("-Dusr1.mode=bypas"),
                "usr1-agent: usr1.mode is 'bypas'; expected off, observe, audit or bypass;");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource(JDKS)
    void unknownOption(Jdk jdk) throws IOException, InterruptedException {
        Faults.assertPlain(withTarget(jdk, ProxyCommand.TARGET).jvm("-Dusr1.lok=all"), "usr1-agent: there is no option 'usr1.lok'; did you mean 'usr1.log'?;");
    }

    /** Boot-Class-Path names the jar, so the JVM does not find the runtime by itself. It says of its own that it shares less then. */
    @ParameterizedTest(name = "{0}")
    @MethodSource(JDKS)
    void renamedAgentJar(Jdk jdk) throws IOException, InterruptedException {
        Path renamed = Files.copy(ProxyCommand.AGENT, folder.resolve("other-name.jar"));
        Ended ended = Faults.serve(Faults.command(jdk, folder).jvm("-Xshare:off", "-javaagent:" + renamed,
                "-Dusr1.targets=" + ProxyCommand.TARGET).exactCounters());
        ended.assertSilent();
        Faults.assertBypasses(ended);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource(JDKS)
    void jvmWithoutFlightRecorder(Jdk jdk) throws IOException, InterruptedException {
        Ended ended = Faults.serve(withTarget(jdk, ProxyCommand.TARGET)
                .jvm("--limit-modules", "java.base,java.instrument,java.logging,jdk.httpserver"));
        Faults.assertOneSentence(ended, "This JVM has no module jdk.jfr, so no events are recorded; bypassing works without them.");
        Faults.assertBypasses(ended);
    }

    /** The same probe finds what the agent adds when it is on, so that finding nothing means something. */
    @ParameterizedTest(name = "{0}")
    @MethodSource(JDKS)
    void modeOffChangesNothing(Jdk jdk) throws IOException, InterruptedException {
        Path added = folder.resolve("added");
        Path probe = TestAgent.build("MembersAgent", folder);
        ProxyCommand off = Faults.command(jdk, folder).agent("off").jvm("-javaagent:" + probe + "=" + added);
        Ended ended = Faults.serve(off);
        ended.assertSilent();
        assertEquals(ended.count("wakes"), ended.count("wakeLocks"));
        assertEquals("", Files.readString(added));

        Faults.serve(Faults.command(jdk, folder).agent("bypass").jvm("-javaagent:" + probe + "=" + added));
        assertTrue(Files.readString(added).contains("usr1$flag"), () -> "the probe sees nothing in a woven class");
    }

    private ProxyCommand withTarget(Jdk jdk, Path target) {
        return Faults.command(jdk, folder).jvm("-javaagent:" + ProxyCommand.AGENT, "-Dusr1.targets=" + target).exactCounters();
    }

    /** The sample's target with one thing changed, wherever it stands. */
    private Path changedTarget(String found, String instead) throws IOException {
        String text = Files.readString(ProxyCommand.TARGET);
        assertTrue(text.contains(found), () -> ProxyCommand.TARGET + " has no '" + found + "' any more");
        return Files.writeString(folder.resolve("changed.yaml"), text.replace(found, instead));
    }
}
