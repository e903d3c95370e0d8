package io.usr1.runtime;

/**
 * Where woven code finds that what was proved does not hold from here on. Each shuts the gate for good, before anything
 * could go wrong: a bypass reads the flag and then the gate, so one that still passes read its flag while all was as proved.
 */
public final class Guards {

    private Guards() {
    }

    /** A method is about to hand out a collection that only the pool's own code was to change. */
    public static void handsOut(Gate gate, String method) {
        if (gate.shutReason() == null) {
            gate.shut(method + " was called, which hands out the collection that the flag speaks of; whoever has it can change it unseen");
        }
    }

    /**
     * An object was made of a class that may override a method which was proved. Nobody knows the object yet.
     *
     * @param proved the class that was proved, of which the object's is a subclass or the same
     * @param method name of a method without parameters
     */
    public static void overrides(Gate gate, Object made, Class<?> proved, String method) {
        try {
            Class<?> type = made.getClass();
            while (type != proved) {
                if (declares(type, method)) {
                    gate.shut("an object of " + made.getClass().getName() + " was made, in which " + type.getName() + " overrides " + proved.getName() + "#" + method + ", which was proved as it stands there");
                    return;
                }
                type = type.getSuperclass();
            }
        } catch (Throwable unreadable) {
            gate.shut("whether " + made.getClass().getName() + " overrides " + proved.getName() + "#" + method + " could not be told (" + unreadable + ")");
        }
    }

    private static boolean declares(Class<?> type, String method) {
        try {
            type.getDeclaredMethod(method);
            return true;
        } catch (NoSuchMethodException none) {
            return false;
        }
    }
}
