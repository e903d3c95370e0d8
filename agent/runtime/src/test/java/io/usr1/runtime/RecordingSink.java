package io.usr1.runtime;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Writes down what it is told. */
class RecordingSink implements Sink {

    final List<String> calls = Collections.synchronizedList(new ArrayList<>());
    final List<Site> holders = Collections.synchronizedList(new ArrayList<>());

    @Override public boolean wantsContention() {
        return true;
    }

    @Override public boolean wantsAcquisitions() {
        return false;
    }

    @Override public Object waiting(Site site, Object lock, Thread owner, long queued) {
        calls.add("waiting");
        return this;
    }

    @Override public void acquired(Object token, long nanos) {
        calls.add("acquired");
    }

    @Override public void commit(Object token, boolean insideLock) {
        calls.add("commit:" + insideLock);
    }

    @Override public Object waited(Site site, Object lock, long startNanos, long nanos) {
        calls.add("waited");
        return this;
    }

    @Override public void holds(Site site, Object lock) {
        holders.add(site);
    }

    @Override public Object acquisition(Object token, Site site, Object lock, boolean contended) {
        calls.add("acquisition");
        return token == null ? this : token;
    }

    @Override public void tripped(Site site) {
        calls.add("tripped " + site.method());
    }

    @Override public void neverClears(Site site, long stuck, long cleared) {
        calls.add("never clears " + stuck + " " + cleared);
    }

    @Override public void violation(Site site, String what, String found, String assumed) {
        calls.add("violation " + what + " " + found + " " + assumed);
    }

    @Override public void inserting(Object carrier, Gate gate) {
        calls.add("inserting " + ((Carrier) carrier).usr1$flag());
    }

    @Override public void attached(Object carrier, Gate gate) {
        calls.add("attached " + ((Carrier) carrier).usr1$flag());
    }

    @Override public boolean wantsStaleWakes() {
        return true;
    }

    @Override public void stale(Object carrier, Site site) {
        calls.add("stale " + site.method());
    }
}
