/**
 * Match, prove, weave: from a {@link io.usr1.target.Target} and the byte code of a pool to either a
 * {@link io.usr1.weaver.Plan} or the reasons why not.
 *
 * <p>Lives in the agent's own loader and is loaded with the first class of a target. Each rule of the proof is a class
 * whose comment says which invariant it keeps: I1 to I18 are those of HAProxy's idle connections (a clear flag means
 * not listed, a stolen handle never becomes clear, ...), the letters A to K the families of bugs found in that code
 * since 2020: A flag set or cleared wrongly, B publish order, C context checked late, D status taken for membership,
 * E lock scope, F takeover not atomic.
 */
package io.usr1.weaver;
