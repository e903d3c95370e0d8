package io.usr1.entry;

import io.usr1.runtime.Counters;
import java.lang.instrument.Instrumentation;
import java.util.Set;

/**
 * {@code -javaagent:usr1-agent.jar}. Reads the options, registers one transformer that knows some packages, and ends.
 * Throws nothing: an application must start as if the agent were not there, whatever is wrong with it.
 */
public final class Premain {

    private Premain() {
    }

    /** Called by the JVM before the application's main, on the main thread. */
    public static void premain(String arguments, Instrumentation instrumentation) {
        try {
            Options options = Options.read(arguments, System.getProperties());
            if (options.allOff()) {
                return;
            }
            if (BootPath.appended(instrumentation)) {
                Class<?> ofBootLoader = Class.forName(Premain.class.getName(), true, null);
                ofBootLoader.getMethod("premain", String.class, Instrumentation.class).invoke(null, arguments, instrumentation);
            } else {
                install(options, instrumentation);
            }
        } catch (OptionException wrong) {
            say(wrong.getMessage());
        } catch (Throwable fault) {
            say("the agent could not start (" + fault + ")");
        }
    }

    /** A method of its own: its classes link against the runtime, which must be on the boot path first. */
    private static void install(Options options, Instrumentation instrumentation) throws OptionException {
        Counters.exact(options.exactCounters());
        Set<String> packages = TargetScan.packages(options.targetFiles());
        if (!packages.isEmpty()) {
            instrumentation.addTransformer(new FirstHit(packages, options, BootDelegation.append(System.getProperties()), instrumentation), true);
        }
    }

    /** What came from a property or an exception may hold what moves a terminal's cursor; it stays one line. */
    static void say(String problem) {
        StringBuilder line = new StringBuilder(problem.length());
        for (int i = 0; i < problem.length(); i++) {
            line.append(Character.isISOControl(problem.charAt(i)) ? '?' : problem.charAt(i));
        }
        System.err.println("usr1-agent: " + line + "; the application runs without it");
    }
}
