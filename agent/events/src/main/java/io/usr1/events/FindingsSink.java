package io.usr1.events;

import io.usr1.runtime.Site;
import io.usr1.runtime.Sink;

/** The sink while Flight Recorder has not started, or is not there: it wants no lock timing and logs audit findings. */
class FindingsSink implements Sink {

    private final Findings findings;

    FindingsSink(Findings findings) {
        this.findings = findings;
    }

    @Override public boolean listens() {
        return false;
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

    @Override public Object waited(Site site, Object lock, long startNanos, long nanos) {
        return null;
    }

    @Override public void acquired(Object token, long nanos) {
    }

    @Override public void commit(Object token, boolean insideLock) {
    }

    @Override public Object acquisition(Object token, Site site, Object lock, boolean contended) {
        return token;
    }

    @Override public void tripped(Site site) {
        findings.tripped(site);
    }

    @Override public void neverClears(Site site, long stuck, long cleared) {
        findings.neverClears(site, stuck, cleared);
    }

    @Override public void violation(Site site, String what, String found, String assumed) {
        findings.violation(site, what, found, assumed);
    }
}
