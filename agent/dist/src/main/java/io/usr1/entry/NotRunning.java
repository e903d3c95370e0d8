package io.usr1.entry;

import java.io.File;
import java.util.List;

/** Stands for an agent proper that could not start. */
final class NotRunning implements Running {

    private final Throwable why;

    NotRunning(Throwable why) {
        this.why = why;
    }

    @Override public List<String> observeLoaded() {
        return List.of("the agent could not start (" + why + ")");
    }

    @Override public List<String> detach() {
        return List.of();
    }

    @Override public boolean stays() {
        return false;
    }

    @Override public void resume(Options options, List<File> files) {
    }
}
