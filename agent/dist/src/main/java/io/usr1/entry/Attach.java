package io.usr1.entry;

import java.lang.instrument.Instrumentation;
import java.util.List;

/**
 * What {@code attach} and {@code detach} of the command line ask of a JVM that runs. The command reads the answer from a
 * system property: {@code ok} or {@code no}, and a sentence a line behind it. Whoever loads the agent by other means, as
 * jcmd's JVMTI.agent_load, reads it on the JVM's standard error.
 */
final class Attach {

    static final String ANSWER = "io.usr1.agent.answer";
    static final String ATTACH = "attach:";
    static final String DETACH = "detach:";

    private Attach() {
    }

    static void handle(String arguments, Instrumentation instrumentation) {
        boolean asked = arguments != null && (arguments.startsWith(ATTACH) || arguments.startsWith(DETACH));
        boolean done = false;
        List<String> sentences;
        try {
            sentences = asked && arguments.startsWith(DETACH) ? Installed.detach()
                    : Installed.attach(asked ? arguments.substring(ATTACH.length()) : arguments, instrumentation);
            done = true;
        } catch (OptionException no) {
            sentences = List.of(no.getMessage());
        } catch (Throwable fault) {
            sentences = List.of("the agent could not be attached or detached (" + fault + ")");
        }
        if (asked) {
            System.setProperty(ANSWER, (done ? "ok" : "no") + "\n" + String.join("\n", sentences));
        } else {
            for (String sentence : sentences) {
                Premain.say(sentence);
            }
        }
    }
}
