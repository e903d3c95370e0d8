package io.usr1.weaver;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

import io.usr1.weaver.code.MethodCode;

/** Which instructions of a method may run after one, and before one, exceptions of all kinds included. */
final class Ways {

    private Ways() {
    }

    /** Not the instruction itself, unless in a loop. */
    static BitSet after(MethodCode code, int from) {
        return walk(from, index -> on(code, index));
    }

    /** Not the instruction itself, unless in a loop. */
    static BitSet before(MethodCode code, int to) {
        List<List<Integer>> from = new ArrayList<>();
        IntStream.range(0, code.size()).forEach(index -> from.add(new ArrayList<>()));
        for (int i = 0; i < code.size(); i++) {
            int index = i;
            if (code.reachable(i)) {
                on(code, i).forEach(next -> from.get(next).add(index));
            }
        }
        return walk(to, from::get);
    }

    private static BitSet walk(int start, IntFunction<List<Integer>> edges) {
        BitSet seen = new BitSet();
        Deque<Integer> work = new ArrayDeque<>(edges.apply(start));
        while (!work.isEmpty()) {
            int index = work.pop();
            if (!seen.get(index)) {
                seen.set(index);
                work.addAll(edges.apply(index));
            }
        }
        return seen;
    }

    private static List<Integer> on(MethodCode code, int index) {
        List<Integer> on = new ArrayList<>(code.next(index));
        code.handlers(index).forEach(handler -> on.add(code.index(handler.handler)));
        return on;
    }
}
