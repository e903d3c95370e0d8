package io.usr1.cli.show;

import java.util.List;

/**
 * One class as it will be.
 *
 * @param name    binary name
 * @param added   interfaces, fields and methods that it gets
 * @param methods what changes in its methods
 */
public record ShownClass(String name, List<String> added, List<ShownMethod> methods) {
}
