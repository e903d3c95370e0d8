/**
 * Reading byte code: classes by name, symbolic values, the flow of one method, and where a lock is held in it.
 *
 * <p>Lives in the agent's own loader. Nothing here decides whether a weave is allowed and nothing here writes code.
 */
package io.usr1.weaver.code;
