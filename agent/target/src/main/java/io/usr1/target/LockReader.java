package io.usr1.target;

import io.usr1.target.LockSpec.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Reads {@code locks}, and the ids by which the rest of the target names them. */
final class LockReader {

    private static final List<String> PLACES = List.of("field", "element-of", "value-of", "object", "class");
    private static final List<String> METHODS = List.of("acquire", "release", "attempt");
    private static final Set<String> LOCK =
            Set.of("kind", "field", "element-of", "value-of", "object", "class", "acquire", "release", "attempt");

    private final Names names;
    private final List<LockSpec> locks = new ArrayList<>();

    LockReader(Section root, Names names) throws TargetException {
        this.names = names;
        Section section = root.section("locks", null);
        for (String id : section.keys()) {
            locks.add(lock(id, section.section(id, LOCK)));
        }
    }

    List<LockSpec> locks() {
        return locks;
    }

    /** The id that the key names; it must be one of the target's locks. */
    String id(Section section, String key) throws TargetException {
        return section.word(key, new TreeSet<>(locks.stream().map(LockSpec::id).toList()));
    }

    private LockSpec lock(String id, Section lock) throws TargetException {
        Kind kind = Kind.valueOf(lock.word("kind", words()).toUpperCase(Locale.ROOT).replace('-', '_'));
        boolean own = kind == Kind.OWN;
        for (String key : METHODS) {
            if (lock.has(key) && !own) {
                throw lock.wrong(key, "'" + key + "' is only for 'kind: own'; a " + word(kind) + " lock has its methods from the JDK");
            }
        }
        LockPlace place = place(lock);
        if (kind != Kind.MONITOR && kind != Kind.OWN && place instanceof LockPlace.ClassOf) {
            throw lock.wrong("class", "a class object is no " + word(kind) + " lock; expected 'kind: monitor'");
        }
        return new LockSpec(id, kind, place, own ? names.method(lock, "acquire") : null,
                own ? names.method(lock, "release") : null, lock.has("attempt") ? names.method(lock, "attempt") : null);
    }

    private LockPlace place(Section lock) throws TargetException {
        List<String> given = PLACES.stream().filter(lock::has).toList();
        if (given.size() != 1) {
            throw new TargetException(lock.source(), "a lock has " + (given.isEmpty() ? "nothing" : String.join(" and ", given))
                    + " to say which object it is; expected one of " + String.join(", ", PLACES));
        }
        return switch (given.get(0)) {
            case "field" -> new LockPlace.Field(names.field(lock, "field"));
            case "element-of" -> new LockPlace.ElementOf(names.field(lock, "element-of"));
            case "value-of" -> new LockPlace.ValueOf(names.field(lock, "value-of"));
            case "object" -> new LockPlace.ObjectOf(names.type(lock, "object"));
            default -> new LockPlace.ClassOf(names.type(lock, "class"));
        };
    }

    private static Set<String> words() {
        Set<String> words = new TreeSet<>();
        for (Kind kind : Kind.values()) {
            words.add(word(kind));
        }
        return words;
    }

    private static String word(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
