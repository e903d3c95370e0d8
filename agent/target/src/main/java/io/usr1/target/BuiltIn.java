package io.usr1.target;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** A target that the agent brings along. Any thread. */
public final class BuiltIn {

    private BuiltIn() {
    }

    /**
     * Reads it.
     *
     * @param name of one that there is
     * @throws TargetException if there is none of that name, or the file is wrong, which a test rules out
     */
    public static Target read(String name) throws TargetException {
        return TargetReader.read(file(name), text(name));
    }

    /** Whether the agent brought it along. */
    public static boolean is(Target target) {
        return target.source().file().equals(file(target.name()));
    }

    /** How messages call its file. */
    public static String file(String name) {
        return "built-in " + name + ".yaml";
    }

    /** Its file, as it is shipped. */
    public static String text(String name) throws TargetException {
        try (InputStream in = BuiltIn.class.getResourceAsStream("builtin/" + name + ".yaml")) {
            if (in == null) {
                throw new TargetException(new Source(file(name), 0, 0), "there is no built-in target of that name");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new TargetException(new Source(file(name), 0, 0), "the file cannot be read (" + e.getMessage() + ")");
        }
    }
}
