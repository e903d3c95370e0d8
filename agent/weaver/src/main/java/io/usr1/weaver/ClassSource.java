package io.usr1.weaver;

/** Class files of one loader, as resources: nothing is loaded by asking. */
@FunctionalInterface
public interface ClassSource {

    /** @return the class file's bytes; null if there is no such class. Not asked for classes of {@code java.*} */
    byte[] bytes(String binaryName);
}
