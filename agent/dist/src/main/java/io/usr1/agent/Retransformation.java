package io.usr1.agent;

import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;

/**
 * Has the JVM ask the transformers about classes that are loaded, a few at a time: each batch stops all threads. A class that the
 * JVM does not take back fails alone.
 */
final class Retransformation {

    private static final int BATCH = 16;

    private final Instrumentation instrumentation;
    private final WeavingTransformer transformer;
    private final Logger log;

    Retransformation(Instrumentation instrumentation, WeavingTransformer transformer, Logger log) {
        this.instrumentation = instrumentation;
        this.transformer = transformer;
        this.log = log;
    }

    /** Observes what is loaded of all targets; a sentence for each target and loader. */
    List<String> observe() {
        transformer.decideLoaded();
        run(transformer.toObserve());
        return transformer.observed();
    }

    /** Makes classes what they were; call it when the transformer no longer weaves them. */
    List<String> giveBack() {
        List<Class<?>> classes = transformer.observing();
        List<Class<?>> failed = run(classes);
        List<String> done = new ArrayList<>();
        if (!classes.isEmpty()) {
            done.add(classes.size() - failed.size() + " classes that were woven after they were loaded have their own bytes again");
        }
        failed.forEach(type -> done.add("class " + type.getName() + " could not be given its own bytes again"));
        return done;
    }

    /** Those that the JVM refused. */
    private List<Class<?>> run(List<Class<?>> classes) {
        List<Class<?>> failed = new ArrayList<>();
        for (int from = 0; from < classes.size(); from += BATCH) {
            List<Class<?>> batch = classes.subList(from, Math.min(classes.size(), from + BATCH));
            if (retransform(batch) != null) {
                for (Class<?> type : batch) {
                    Throwable fault = retransform(List.of(type));
                    if (fault != null) {
                        failed.add(type);
                        transformer.leave(type);
                        log.error("class {} stays as it is: the JVM does not take it woven ({})", type.getName(), fault.toString());
                    }
                }
            }
        }
        return failed;
    }

    private Throwable retransform(List<Class<?>> classes) {
        try {
            instrumentation.retransformClasses(classes.toArray(Class<?>[]::new));
            return null;
        } catch (Exception | Error fault) {
            return fault;
        }
    }
}
