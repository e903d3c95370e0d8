/** Reads java.base and nothing else. */
module small {
}
