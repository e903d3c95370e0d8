package shapes;

/** Runs one shape with 9 inputs, connection listed and not, and writes down what happened. */
public final class Driver {

    public static String run(char shape) {
        StringBuilder out = new StringBuilder();
        for (int x = 0; x < 9; x++) {
            for (boolean listed : new boolean[] {false, true}) {
                Shapes shapes = new Shapes();
                Conn conn = new Conn();
                if (listed) {
                    shapes.insert(conn);
                }
                // Twice: the second time on what the first has left behind.
                for (int round = 0; round < 2; round++) {
                    out.append(x).append(listed ? "l" : "u").append(call(shape, shapes, conn.handle, x)).append(shapes.removed);
                    out.append(shapes.lock.getHoldCount()).append(shapes.other.getHoldCount()).append(Thread.holdsLock(shapes.monitor)).append(';');
                }
            }
        }
        return out.toString();
    }

    private static String call(char shape, Shapes shapes, Handle h, int x) {
        try {
            return String.valueOf(switch (shape) {
                case 'a' -> shapes.a(h, x);
                case 'b' -> shapes.b(h, x);
                case 'c' -> shapes.c(h, x);
                case 'd' -> shapes.d(h, x);
                case 'e' -> shapes.e(h, x);
                case 'j' -> Shapes.j(shapes, 17L, h, 3.5, x);
                default -> shapes.k(h, x);
            });
        } catch (IllegalStateException thrown) {
            return thrown.getMessage();
        }
    }
}
