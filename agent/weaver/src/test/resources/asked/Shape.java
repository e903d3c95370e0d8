package asked;

/** One pool, seen through what its users do with connection number n. Connections are made once and go in and out. */
public interface Shape {

    /** Puts it into the idle list if it is not there. */
    boolean insert(int n);

    /** Takes one out, whichever; its number or -1. */
    int take();

    /** Asks about it, or removes it if it is listed: what is bypassed while it is not. */
    String ask(int n);

    static Shape of(String name, int connections) {
        return switch (name) {
            case "links" -> new LinkedPool(connections);
            case "status" -> new StatusPool(connections);
            case "active" -> new ActivePool(connections);
            case "hosts" -> new HostPool(connections);
            case "added" -> new AddedPool(connections);
            case "family" -> new FamilyPool(connections);
            case "lambda" -> new LambdaPool(connections);
            default -> new DequePool(connections);
        };
    }
}
