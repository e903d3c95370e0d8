/**
 * Rules for JDK Mission Control, in its window (as a bundle in {@code dropins/}) and headless (on the class path beside its
 * jars). They only read and hand on: what is judged, and how, is in {@code io.usr1.findings}.
 */
package io.usr1.jmc;
