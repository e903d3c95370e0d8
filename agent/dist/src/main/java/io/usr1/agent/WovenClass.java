package io.usr1.agent;

/**
 * A class file and what was made of it.
 *
 * @param name binary
 */
record WovenClass(String name, byte[] before, byte[] after) {
}
