package io.usr1.target;

import io.usr1.target.WhenClear.Known;

/**
 * When a mark or a bypass applies, beside where.
 *
 * @param root  {@code ARGUMENT} or {@code RETURNED}
 * @param index number of the argument, else 0
 * @param is    what the value has to be; not {@code NOT_CARRIER}
 */
public record Condition(CarrierPath.Root root, int index, Known is) {

    @Override public String toString() {
        return (root == CarrierPath.Root.ARGUMENT ? "arg" + index : "returned") + " is " + is;
    }
}
