package io.usr1.weaver.code;

import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;

/** Whether a class file's constants have a name, without reading its code: what they do not have nothing in it can call. */
final class NamedIn {

    private static final int UTF8 = 1;
    private static final int ASCII = 0x7F;

    private NamedIn() {
    }

    /** @return true also where only the code can tell: subroutines are to be seen, and a name of other letters is not compared */
    static boolean file(byte[] bytes, String name) {
        ClassReader file = new ClassReader(bytes);
        return file.readUnsignedShort(6) < Opcodes.V1_7 || name.chars().anyMatch(letter -> letter > ASCII) || has(file, name);
    }

    private static boolean has(ClassReader file, String name) {
        for (int i = 1; i < file.getItemCount(); i++) {
            int at = file.getItem(i);
            if (at > 0 && file.readByte(at - 1) == UTF8 && file.readUnsignedShort(at) == name.length() && equal(file, at + 2, name)) {
                return true;
            }
        }
        return false;
    }

    private static boolean equal(ClassReader file, int at, String name) {
        for (int i = 0; i < name.length(); i++) {
            if (file.readByte(at + i) != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
