package sample.bench.memory;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.ArrayList;
import java.util.List;

/**
 * What weaving adds to the classes of a library.
 *
 * @param compact         with compact object headers
 * @param carriers        bytes of an instance
 * @param classes         bytes of the class file, of those that were woven
 * @param metaspaceBefore bytes in use by their class loader, with all classes of the package linked
 */
record LibraryFootprint(String library, int jdk, boolean compact, List<Change> carriers, List<Change> classes, long metaspaceBefore, long metaspaceAfter) {

    static final List<String> CARRIER_HEAD = List.of("library", "carrier", "headers", "jdk", "bytes", "woven", "more");
    static final List<String> CLASS_HEAD = List.of("library", "jdk", "classes woven", "class files, bytes", "woven", "more a class",
            "metaspace, bytes", "woven", "more a woven class");

    /** Bytes of something before and after. */
    record Change(String name, long before, long after) {
    }

    @JsonIgnore
    List<List<String>> carrierRows() {
        List<List<String>> rows = new ArrayList<>();
        for (Change carrier : carriers) {
            String simple = carrier.name.substring(carrier.name.lastIndexOf('.') + 1);
            rows.add(List.of(library, simple, compact ? "compact" : "default", String.valueOf(jdk), String.valueOf(carrier.before),
                    String.valueOf(carrier.after), String.valueOf(carrier.after - carrier.before)));
        }
        return rows;
    }

    @JsonIgnore
    List<String> classRow() {
        long before = classes.stream().mapToLong(Change::before).sum();
        long after = classes.stream().mapToLong(Change::after).sum();
        int woven = classes.size();
        return List.of(library, String.valueOf(jdk), String.valueOf(woven), String.valueOf(before), String.valueOf(after),
                String.valueOf((after - before) / Math.max(1, woven)), String.valueOf(metaspaceBefore), String.valueOf(metaspaceAfter),
                String.valueOf((metaspaceAfter - metaspaceBefore) / Math.max(1, woven)));
    }
}
