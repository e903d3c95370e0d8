package io.usr1.runtime.model;

import java.util.Set;

/**
 * What an {@link Explorer} found.
 *
 * @param states how many states were seen; all there are, if nothing was broken
 * @param broken null if every rule held
 * @param trace  how it was broken; null if nothing was
 * @param untaken steps that no thread took
 */
record Exploration(int states, Rule broken, Counterexample trace, Set<Step> untaken) {
}
