package sample.bench.endtoend;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import sample.bench.load.Bodies;

/**
 * What proxies have in common that run side by side.
 *
 * @param lock  reentrant, synchronized or spin
 * @param loops event loops of each
 */
record Setup(Way way, Bodies bodies, String lock, int loops) {

    static final List<String> LOCKS = List.of("reentrant", "synchronized", "spin");
    static final List<Bodies> BODIES = List.of(Bodies.SMALL, Bodies.LARGE);
    static final List<Integer> LOOPS = List.of(2, 4, 8, 16);

    /** Everything with everything. */
    static List<Setup> full() {
        return product(List.of(Way.values()), BODIES, LOCKS, LOOPS);
    }

    /** All numbers of loops for the commonest case, and each other lock, body and way once. */
    static List<Setup> common() {
        List<Setup> setups = new ArrayList<>(product(List.of(Way.H1), List.of(Bodies.SMALL), List.of("reentrant"), LOOPS));
        setups.addAll(product(List.of(Way.H1), List.of(Bodies.SMALL), List.of("synchronized", "spin"), List.of(4)));
        setups.addAll(product(List.of(Way.H1), List.of(Bodies.LARGE), List.of("reentrant"), List.of(4)));
        setups.addAll(product(List.of(Way.H2_TO_H1, Way.H2), List.of(Bodies.SMALL), List.of("reentrant"), List.of(4)));
        return setups;
    }

    static List<Setup> product(List<Way> ways, List<Bodies> bodies, List<String> locks, List<Integer> loops) {
        List<Setup> product = new ArrayList<>();
        for (Way way : ways) {
            for (Bodies length : bodies) {
                for (String lock : locks) {
                    loops.forEach(count -> product.add(new Setup(way, length, lock, count)));
                }
            }
        }
        return product;
    }

    /** All but the number of loops. */
    List<String> words() {
        return List.of(way.label(), bodies.name().toLowerCase(Locale.ROOT), lock);
    }

    @Override
    public String toString() {
        return String.join(", ", words()) + ", " + loops + " loops";
    }
}
