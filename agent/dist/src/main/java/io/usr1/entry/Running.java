package io.usr1.entry;

import java.io.File;
import java.lang.instrument.ClassFileTransformer;
import java.util.List;

/**
 * The agent proper, as the entry sees it; it lives in the agent's own loader. {@code transform} is called by any thread,
 * the others by one at a time. Sentences are without a full stop.
 */
public interface Running extends ClassFileTransformer {

    /** Observes the classes of targets that are loaded already. Throws nothing; says what was done, a sentence each. */
    List<String> observeLoaded();

    /**
     * Gives back the bytes of classes that were woven after they were loaded, shuts the gates of the others, and ends
     * threads, events and beans. Throws nothing.
     */
    List<String> detach();

    /** True if classes were woven as they were loaded: they keep what they got, so their weave must go on being repeated. */
    boolean stays();

    /**
     * Goes on after {@link #detach}, in a JVM where it {@link #stays}.
     *
     * @param files what may be targets
     */
    void resume(Options options, List<File> files) throws OptionException;
}
