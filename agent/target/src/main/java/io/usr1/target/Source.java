package io.usr1.target;

/**
 * Where something stands in a target file.
 *
 * @param file   as the user gave it
 * @param line   from 1; 0 if it is the whole file
 * @param column from 1; 0 if it is the whole file
 */
public record Source(String file, int line, int column) {

    @Override public String toString() {
        return line == 0 ? file : file + ":" + line + ":" + column;
    }
}
