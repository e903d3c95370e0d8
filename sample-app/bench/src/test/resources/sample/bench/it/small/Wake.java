package small;

/** The handler of a connection that has become ready. */
interface Wake {
    void wake(Tasklet tasklet);
}
