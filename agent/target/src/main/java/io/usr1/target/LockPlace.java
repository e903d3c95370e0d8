package io.usr1.target;

/** Which object a lock of the target is. */
public sealed interface LockPlace {

    /** Binary name of the class that the place speaks of. */
    String owner();

    /** {@code field}: the object in that field, static or not. */
    record Field(FieldRef field) implements LockPlace {
        @Override public String owner() {
            return field.owner();
        }

        @Override public String toString() {
            return field.toString();
        }
    }

    /** {@code element-of}: an element of the array in that field. */
    record ElementOf(FieldRef field) implements LockPlace {
        @Override public String owner() {
            return field.owner();
        }

        @Override public String toString() {
            return "an element of " + field;
        }
    }

    /** {@code value-of}: what a map in that field holds for some key. */
    record ValueOf(FieldRef field) implements LockPlace {
        @Override public String owner() {
            return field.owner();
        }

        @Override public String toString() {
            return "a value of " + field;
        }
    }

    /** {@code object}: an object of that class itself: {@code this}, a parameter, what a field holds. */
    record ObjectOf(String owner) implements LockPlace {
        @Override public String toString() {
            return "an object of " + owner;
        }
    }

    /** {@code class}: the class object, as static synchronized methods lock it. */
    record ClassOf(String owner) implements LockPlace {
        @Override public String toString() {
            return owner + ".class";
        }
    }
}
