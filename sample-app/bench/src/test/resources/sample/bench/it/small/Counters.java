package small;

/** A loop's own, but for what is counted under its lock. */
final class Counters {
    long wakes;
    long locked;
    long others;
    long stale;
    long takeovers;

    void woken() {
        wakes++;
    }

    void locked() {
        locked++;
    }

    void other() {
        others++;
    }

    void stale() {
        stale++;
    }
}
