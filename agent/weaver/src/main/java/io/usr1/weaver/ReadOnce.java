package io.usr1.weaver;

import java.util.HashMap;
import java.util.Map;

/** The class files that a proof asks for; a loader takes its time to find one, and is asked once for each. One thread, until the end. */
final class ReadOnce implements ClassSource {

    private final ClassSource source;
    private Map<String, byte[]> read = new HashMap<>();

    ReadOnce(ClassSource source) {
        this.source = source;
    }

    @Override public byte[] bytes(String binaryName) {
        if (read == null) {
            return source.bytes(binaryName);
        }
        byte[] bytes = read.get(binaryName);
        if (bytes == null && !read.containsKey(binaryName)) {
            bytes = source.bytes(binaryName);
            read.put(binaryName, bytes);
        }
        return bytes;
    }

    /** Keeps nothing from here on: whoever keeps something of the proof is not to keep these. @return null stands for a class that is not there */
    Map<String, byte[]> end() {
        Map<String, byte[]> all = read;
        read = null;
        return all;
    }
}
