package pool;

interface Wake {
    void wake(Tasklet tasklet);
}
