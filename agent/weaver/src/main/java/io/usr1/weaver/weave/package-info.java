/**
 * Writing byte code: each writer is told what to do by a decided record and has no opinion of its own.
 *
 * <p>Lives in the agent's own loader. Nothing here asks whether a weave is sound; that was proved on the same bytes before.
 * Instructions are numbered as {@link io.usr1.weaver.code.Classes#parse} reads them.
 */
package io.usr1.weaver.weave;
