package io.usr1.weaver;

import io.usr1.runtime.Gate;
import io.usr1.runtime.Sink;
import io.usr1.runtime.Site;
import java.util.ArrayList;
import java.util.List;

/** A sink that wants to be told of marks and stale wakes, and of nothing else. */
final class Told implements Sink {

    final List<String> calls = new ArrayList<>();

    @Override public void inserting(Object carrier, Gate gate) {
        calls.add("inserting");
    }

    @Override public void attached(Object carrier, Gate gate) {
        calls.add("attached");
    }

    @Override public boolean wantsStaleWakes() {
        return true;
    }

    @Override public void stale(Object carrier, Site site) {
        calls.add("stale " + site.method());
    }

    @Override public boolean wantsContention() {
        return false;
    }

    @Override public boolean wantsAcquisitions() {
        return false;
    }

    @Override public Object waiting(Site site, Object lock, Thread owner, long queued) {
        return null;
    }

    @Override public void acquired(Object token, long nanos) {
    }

    @Override public void commit(Object token, boolean insideLock) {
    }

    @Override public Object waited(Site site, Object lock, long startNanos, long nanos) {
        return null;
    }

    @Override public Object acquisition(Object token, Site site, Object lock, boolean contended) {
        return token;
    }

    @Override public void violation(Site site, String what, String found, String assumed) {
        calls.add("violation");
    }
}
