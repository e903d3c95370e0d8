package io.usr1.weaver;

/** What the proof of a target comes to: all of it may be woven, or nothing. */
public sealed interface Verdict permits Plan, Refused {
}
