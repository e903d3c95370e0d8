package small;

/** What is woken. */
final class Tasklet {
    final Loop loop;
    volatile Connection context;

    Tasklet(Loop loop, Connection context) {
        this.loop = loop;
        this.context = context;
    }
}
