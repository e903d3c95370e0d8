package io.usr1.entry;

/**
 * Whether this JVM runs a tool of the JDK: with {@code JAVA_TOOL_OPTIONS} the agent gets into every javac, jcmd and keytool.
 * The JDK starts its tools by module and applications are not in modules of these names; {@code java Application.java},
 * which is javac's too, has no main module.
 */
final class JdkTool {

    private JdkTool() {
    }

    static boolean isMain() {
        String module = System.getProperty("jdk.module.main");
        return module != null && (module.startsWith("jdk.") || module.startsWith("java."));
    }
}
