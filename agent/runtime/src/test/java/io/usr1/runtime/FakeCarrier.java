package io.usr1.runtime;

/** A carrier as the weaver would make it. */
final class FakeCarrier implements Carrier {

    private volatile int flag;
    private int unfolded;

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
        return unfolded;
    }

    @Override public void usr1$unfolded(int count) {
        unfolded = count;
    }

    private Object trail;

    @Override public Object usr1$trail() {
        return trail;
    }

    @Override public void usr1$trail(Object next) {
        trail = next;
    }
}
