package io.usr1.events;

import io.usr1.runtime.Audit;
import io.usr1.runtime.Carrier;
import io.usr1.runtime.Flag;
import io.usr1.runtime.Site;

/** A carrier whose flag is clear although its connection is listed. */
final class Violations implements Carrier {

    static void provoke(Site site) {
        Audit.expect(1, 0, new Violations(), site, "conn.inList");
    }

    static void fold(Site site) {
        site.fold(new Violations());
    }

    @Override public int usr1$flag() {
        return Flag.CLEAR;
    }

    @Override public void usr1$flag(int state) {
        throw new UnsupportedOperationException();
    }

    @Override public int usr1$unfolded() {
        return 0;
    }

    @Override public void usr1$unfolded(int count) {
        throw new UnsupportedOperationException();
    }
}
