/** Loads the class that it is told, before the agents that are listed after it see any. */
public final class EarlyAgent {

    public static void premain(String className) throws ClassNotFoundException {
        Class.forName(className, false, ClassLoader.getSystemClassLoader());
    }
}
