package corpus;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

/** Runs one shape with 9 inputs, connection listed and not, twice each, and writes down what happened and what is locked. */
public final class Driver {

    public static String run(String family, String shape) throws ReflectiveOperationException {
        Class<?> type = Class.forName("corpus." + family);
        Method method = null;
        for (Method found : type.getDeclaredMethods()) {
            method = found.getName().equals(shape) ? found : method;
        }
        method.setAccessible(true);
        StringBuilder out = new StringBuilder();
        for (int x = 0; x < 9; x++) {
            for (int listed = 0; listed < 2; listed++) {
                Base shapes = (Base) type.getDeclaredConstructor().newInstance();
                Conn conn = new Conn();
                if (listed == 1) {
                    shapes.insert(conn);
                }
                for (int round = 0; round < 2; round++) {
                    out.append(x).append(listed).append(call(method, shapes, conn.handle, x)).append(' ').append(shapes.removed)
                            .append(conn.isListed()).append(shapes.guard.getHoldCount()).append(shapes.state()).append(';');
                }
            }
        }
        return out.toString();
    }

    /** How often the observed shapes say that they took their lock. */
    public static int taken() {
        return Base.taken;
    }

    private static String call(Method method, Base shapes, Handle handle, int x) throws IllegalAccessException {
        Class<?>[] types = method.getParameterTypes();
        Object[] arguments = new Object[types.length];
        for (int i = 0; i < types.length; i++) {
            arguments[i] = types[i] == Handle.class ? handle : types[i] == int.class ? x : types[i] == long.class ? (Object) 17L
                    : types[i] == double.class ? 2.5 : types[i] == Other.class ? ((Monitors) shapes).other : shapes;
        }
        try {
            return String.valueOf(method.invoke(shapes, arguments));
        } catch (InvocationTargetException thrown) {
            return String.valueOf(thrown.getCause());
        }
    }
}
