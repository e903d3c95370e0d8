/**
 * What woven code calls: the flag, the gate, the timing of locks and the sink that events go to.
 *
 * <p>Lives in the boot loader, so that every loader that delegates to it sees the same classes. It therefore needs
 * nothing but {@code java.base} (the compiler holds that border) and knows nothing of targets, byte code or JFR.
 * Nothing here may throw into the application and nothing here may block.
 */
package io.usr1.runtime;
