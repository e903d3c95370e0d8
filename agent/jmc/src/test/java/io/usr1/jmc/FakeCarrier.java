package io.usr1.jmc;

import io.usr1.runtime.Carrier;

/** A carrier as the weaver would make it. */
final class FakeCarrier implements Carrier {

    private int flag;

    FakeCarrier(int flag) {
        this.flag = flag;
    }

    @Override public int usr1$flag() {
        return flag;
    }

    @Override public void usr1$flag(int state) {
        flag = state;
    }

    @Override public int usr1$unfolded() {
        return 0;
    }

    @Override public void usr1$unfolded(int count) {
    }
}
