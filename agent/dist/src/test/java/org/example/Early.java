package org.example;

/** An agent that is listed before the tested one, and loads the class that it is told. */
public final class Early {

    private Early() {
    }

    public static void premain(String className) throws ClassNotFoundException {
        Class.forName(className);
    }
}
