/**
 * A model checker for the protocol: every interleaving of small pools, so that what stress only fails to find is shown not
 * to exist, up to the bounds given. Read {@link io.usr1.runtime.model.Memory}, {@link io.usr1.runtime.model.Turn} and then
 * {@link io.usr1.runtime.model.ReplacesCarrier}, which is HAProxy's own protocol. What is modelled and what not:
 * {@code docs/model.md}.
 */
package io.usr1.runtime.model;
