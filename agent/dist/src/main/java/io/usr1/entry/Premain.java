package io.usr1.entry;

import java.lang.instrument.Instrumentation;

/**
 * {@code -javaagent:usr1-agent.jar}. Reads the options, registers one transformer that knows some packages, and ends.
 * Throws nothing: an application must start as if the agent were not there, whatever is wrong with it.
 */
public final class Premain {

    /** What follows from most problems. */
    static final String WITHOUT = "the application runs without it";

    private Premain() {
    }

    /** Called by the JVM before the application's main, on the main thread. */
    public static void premain(String arguments, Instrumentation instrumentation) {
        if (JdkTool.isMain()) {
            return;
        }
        try {
            Options options = Options.read(arguments, System.getProperties());
            if (options.allOff()) {
                return;
            }
            if (BootPath.appended(instrumentation)) {
                ofBootLoader("premain", arguments, instrumentation);
            } else {
                Installed.start(options, instrumentation);
            }
        } catch (OptionException wrong) {
            say(wrong.getMessage(), WITHOUT);
        } catch (Throwable fault) {
            say("the agent could not start (" + fault + ")", WITHOUT);
        }
    }

    /** Called by the JVM while the application runs, on a thread of its own. */
    public static void agentmain(String arguments, Instrumentation instrumentation) {
        try {
            if (BootPath.appended(instrumentation)) {
                ofBootLoader("agentmain", arguments, instrumentation);
            } else {
                Attach.handle(arguments, instrumentation);
            }
        } catch (Throwable fault) {
            say("the agent could not start (" + fault + ")", WITHOUT);
        }
    }

    private static void ofBootLoader(String method, String arguments, Instrumentation instrumentation) throws ReflectiveOperationException {
        Class<?> there = Class.forName(Premain.class.getName(), true, null);
        there.getMethod(method, String.class, Instrumentation.class).invoke(null, arguments, instrumentation);
    }

    static void say(String problem, String consequence) {
        say(problem + "; " + consequence);
    }

    /** What came from a property or an exception may hold what moves a terminal's cursor; it stays one line. */
    static void say(String sentence) {
        StringBuilder line = new StringBuilder(sentence.length());
        for (int i = 0; i < sentence.length(); i++) {
            line.append(Character.isISOControl(sentence.charAt(i)) ? '?' : sentence.charAt(i));
        }
        System.err.println("usr1-agent: " + line);
    }
}
