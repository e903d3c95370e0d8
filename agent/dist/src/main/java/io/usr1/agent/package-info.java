/**
 * The agent proper: decides per class loader what is woven, keeps the gates, follows {@code usr1.mode}. Lives in the
 * agent's own loader and is loaded on the first hit.
 */
package io.usr1.agent;
