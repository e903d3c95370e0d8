package small;

/** One owner's idle list and counters. */
final class Loop {
    final IdleConns idle;
    final Counters counters = new Counters();

    Loop(boolean monitor) {
        idle = new IdleConns(monitor);
    }
}
