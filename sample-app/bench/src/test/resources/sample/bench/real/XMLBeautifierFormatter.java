package com.predic8.beautifier;

/** Membrane names it where it prints messages, which nothing here does; its own jar is in no public repository. */
public interface XMLBeautifierFormatter {
}
