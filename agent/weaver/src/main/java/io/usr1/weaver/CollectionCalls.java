package io.usr1.weaver;

import java.util.Map;
import java.util.Set;

import org.objectweb.asm.Type;
import org.objectweb.asm.tree.MethodInsnNode;

/** What the methods of the JDK's collections do to membership, as their documentation says. Anything not listed here may do anything. */
final class CollectionCalls {

    /** Makes whose question is {@code equals} or identity; a sorted one would ask a comparator. */
    private static final Set<String> MADE = Set.of("ArrayList", "LinkedList", "ArrayDeque", "Vector", "HashSet", "LinkedHashSet", "HashMap", "LinkedHashMap",
            "IdentityHashMap", "concurrent/CopyOnWriteArrayList", "concurrent/CopyOnWriteArraySet", "concurrent/ConcurrentLinkedQueue",
            "concurrent/ConcurrentLinkedDeque", "concurrent/LinkedBlockingQueue", "concurrent/LinkedBlockingDeque", "concurrent/ArrayBlockingQueue",
            "concurrent/ConcurrentHashMap");
    private static final Set<String> TYPES = Set.of("Collection", "List", "Deque", "Queue", "Set", "Map", "SequencedCollection", "concurrent/ConcurrentMap",
            "concurrent/BlockingQueue", "concurrent/BlockingDeque", "AbstractCollection", "AbstractList", "AbstractQueue");
    private static final Set<String> ASKS = Set.of("contains", "containsAll", "isEmpty", "size", "peek", "peekFirst", "peekLast", "element", "getFirst", "getLast",
            "get", "elementAt", "firstElement", "lastElement", "indexOf", "lastIndexOf", "containsKey", "containsValue", "getOrDefault", "toArray", "toString", "hashCode",
            "equals", "remainingCapacity", "clone", "stream", "parallelStream", "forEach", "ensureCapacity", "trimToSize");
    private static final Set<String> ADDS = Set.of("add", "addFirst", "addLast", "offer", "offerFirst", "offerLast", "push", "put", "putFirst", "putLast", "addElement", "addIfAbsent");
    private static final Set<String> TAKES = Set.of("poll", "pollFirst", "pollLast", "removeFirst", "removeLast", "pop", "take", "takeFirst", "takeLast");
    private static final Set<String> REMOVES = Set.of("remove", "removeFirstOccurrence", "removeLastOccurrence", "removeElement");
    private static final Set<String> SWEEPS = Set.of("clear", "removeAll", "retainAll", "removeIf", "removeAllElements");
    private static final Map<String, String> WRAPS = Map.of("synchronizedList", "java/util/Collections", "synchronizedSet", "java/util/Collections",
            "synchronizedCollection", "java/util/Collections", "synchronizedMap", "java/util/Collections", "newSetFromMap", "java/util/Collections");

    private CollectionCalls() {
    }

    /** What a call does to the collection that it is called on. */
    enum Kind {
        /** Looks, or copies. */
        ASKS,
        INSERTS,
        /** Removes and returns one element. */
        TAKES,
        /** Removes its argument, if it is there. */
        REMOVES,
        /** Removes elements that it neither takes as its argument nor returns. */
        SWEEPS,
        /** Returns an iterator. */
        ITERATES,
        /** Returns a view that nothing can be inserted through. */
        VIEWS,
        UNKNOWN
    }

    /** @param argument number of the argument that is inserted or removed */
    record Effect(Kind kind, int argument) {
    }

    /** @param keys for a map: its keys are asked for, not its values */
    static Effect of(MethodInsnNode call, boolean keys) {
        String name = call.name;
        Type[] arguments = Type.getArgumentTypes(call.desc);
        if (!isType(call.owner) && !isIterator(call.owner)) {
            return new Effect(Kind.UNKNOWN, 0);
        }
        if (isIterator(call.owner)) {
            return new Effect(name.equals("remove") ? Kind.SWEEPS : name.equals("next") || name.equals("hasNext") ? Kind.ASKS : Kind.UNKNOWN, 0);
        }
        boolean map = isMap(call.owner);
        if (map && (name.equals("put") || name.equals("putIfAbsent") || name.equals("replace") && arguments.length == 2)) {
            return new Effect(Kind.INSERTS, keys ? 0 : 1);
        }
        if (map && name.equals("remove")) {
            return keys && arguments.length == 1 ? new Effect(Kind.REMOVES, 0) : arguments.length == 1 ? new Effect(Kind.TAKES, 0) : new Effect(Kind.SWEEPS, 0);
        }
        if (ASKS.contains(name)) {
            return new Effect(Kind.ASKS, 0);
        }
        if (ADDS.contains(name) && arguments.length > 0) {
            return new Effect(Kind.INSERTS, arguments[0] == Type.INT_TYPE ? 1 : 0);
        }
        if (TAKES.contains(name) || name.equals("remove") && (arguments.length == 0 || arguments[0] == Type.INT_TYPE)) {
            return new Effect(Kind.TAKES, 0);
        }
        if (REMOVES.contains(name) && arguments.length == 1) {
            return new Effect(Kind.REMOVES, 0);
        }
        if (SWEEPS.contains(name)) {
            return new Effect(Kind.SWEEPS, 0);
        }
        if (name.equals("iterator") || name.equals("descendingIterator")) {
            return new Effect(Kind.ITERATES, 0);
        }
        return new Effect(map && (name.equals("keySet") || name.equals("values")) ? Kind.VIEWS : Kind.UNKNOWN, 0);
    }

    /** True if the call only reads, or copies, the collection that is its argument. */
    static boolean copies(MethodInsnNode call) {
        boolean prints = (call.owner.equals("java/lang/StringBuilder") || call.owner.equals("java/lang/StringBuffer")) && call.name.equals("append")
                || call.owner.equals("java/lang/String") && call.name.equals("valueOf");
        return prints || isType(call.owner) && Set.of("<init>", "addAll", "removeAll", "retainAll", "containsAll").contains(call.name);
    }

    /** True if the call only looks at a collection, at a view of one or at an iterator. */
    static boolean asks(MethodInsnNode call) {
        Kind kind = of(call, true).kind();
        return kind == Kind.ASKS || kind == Kind.ITERATES || kind == Kind.VIEWS || isMap(call.owner) && call.name.equals("entrySet");
    }

    /** {@code Collections.synchronizedList(...)} and its like: a collection around the argument, which nobody else has. */
    static boolean wraps(MethodInsnNode call) {
        return call.owner.equals(WRAPS.get(call.name));
    }

    /** A collection whose methods take its own monitor, as {@link java.util.Collections} documents: who holds it keeps the others out. */
    static boolean locksItself(MethodInsnNode call) {
        return wraps(call) && call.name.startsWith("synchronized");
    }

    static boolean isMade(String internalName) {
        return internalName.startsWith("java/util/") && MADE.contains(internalName.substring("java/util/".length()));
    }

    static boolean isMap(String internalName) {
        return internalName.startsWith("java/util/") && internalName.endsWith("Map");
    }

    static boolean isType(String internalName) {
        return isMade(internalName) || internalName.startsWith("java/util/") && TYPES.contains(internalName.substring("java/util/".length()));
    }

    private static boolean isIterator(String internalName) {
        return internalName.equals("java/util/Iterator");
    }
}
