package io.usr1.weaver;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * What the proof read.
 *
 * @param hex     SHA-256 over names and class files in the order of the names, as 64 hexadecimal digits
 * @param digests SHA-256 of each class file, by binary name
 */
record Fingerprint(String hex, Map<String, byte[]> digests) {

    static Fingerprint of(Iterable<String> sortedNames, ClassSource source) {
        Map<String, byte[]> digests = new HashMap<>();
        MessageDigest all = sha256();
        for (String name : sortedNames) {
            byte[] bytes = source.bytes(name);
            if (bytes != null) {
                for (int i = 0; i < name.length(); i++) {
                    all.update((byte) (name.charAt(i) >> 8));
                    all.update((byte) name.charAt(i));
                }
                byte[] digest = digest(bytes);
                all.update(digest); // Of one length, so names and bytes cannot run together.
                digests.put(name, digest);
            }
        }
        return new Fingerprint(HexFormat.of().formatHex(all.digest()), Map.copyOf(digests));
    }

    static byte[] digest(byte[] bytes) {
        return sha256().digest(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible); // Every JDK has SHA-256.
        }
    }
}
