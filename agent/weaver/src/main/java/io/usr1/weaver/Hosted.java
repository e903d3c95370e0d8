package io.usr1.weaver;

/**
 * Something decided, and the class it is to be done in.
 *
 * @param type internal name
 */
record Hosted<T>(String type, T decided) {
}
