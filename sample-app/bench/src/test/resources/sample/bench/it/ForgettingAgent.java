/** Forgets a system property, whatever agents that are listed before it have made of it. */
public final class ForgettingAgent {

    public static void premain(String property) {
        System.clearProperty(property);
    }
}
