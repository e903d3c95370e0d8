package io.usr1.runtime.model;

/** A place in a {@link Script} that steps jump to. */
final class Label {
    int place = -1;
}
