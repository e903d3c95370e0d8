package io.usr1.entry;

import java.io.File;
import java.util.List;

/** Stands for an agent proper that could not start. */
final class NotRunning implements Running {

    private final String why;

    NotRunning(String why) {
        this.why = why;
    }

    /** A sentence without its full stop. */
    String why() {
        return why;
    }

    @Override public List<String> observeLoaded() {
        return List.of();
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
