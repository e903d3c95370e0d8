package io.usr1.build;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Every way in which a lambda, a record or a concatenation may look; what they come to must not depend on who links them. */
public final class Shapes implements Supplier<List<Object>> {

    private final String field = "field";
    private long counted;

    /** Components of every kind. */
    record Everything(boolean bool, byte small, short brief, char letter, int number, long wide, float single, double twice, String text, int[] array) {
    }

    /** None. */
    record Nothing() {
    }

    /** An interface whose lambda and default method see each other's privates. */
    interface Private {

        String name();

        private String shout() {
            return name() + "!";
        }

        static Supplier<String> shouting(Private one) {
            return one::shout;
        }
    }

    private final class Inner {

        private String both(String more) {
            return field + more;
        }
    }

    @Override public List<Object> get() {
        List<Object> seen = new ArrayList<>();
        lambdas(seen);
        boxes(seen);
        records(seen);
        texts(seen);
        return seen;
    }

    private void lambdas(List<Object> seen) {
        long wide = 7;
        double twice = 0.5;
        Runnable nothing = () -> counted += wide;
        nothing.run();
        seen.add(counted);
        seen.add(Stream.of("b", "a").sorted().map(name -> name + field + wide + twice).collect(Collectors.toList()));
        seen.add(Stream.of("x", "yy").collect(Collectors.toMap(Function.identity(), String::length, Integer::sum, TreeMap::new)));
        seen.add(Stream.of(" p ").map(String::strip).map(this::mine).map(new Inner()::both).toList());
        IntFunction<String[]> array = String[]::new;
        seen.add(array.apply(3).length);
        BiFunction<String, Integer, Map.Entry<String, Integer>> pair = Map::entry;
        seen.add(pair.apply("k", 1));
        seen.add(Private.shouting(() -> "named").get());
        Supplier<Supplier<String>> nested = () -> () -> field;
        seen.add(nested.get().get());
        seen.add(IntStream.range(0, 3).filter(new int[] {1}[0] == 1 ? Shapes::odd : number -> true).sum());
    }

    private void boxes(List<Object> seen) {
        ToIntFunction<Integer> unboxed = number -> number;
        ToLongFunction<Integer> widened = Integer::intValue;
        Function<Integer, Long> boxed = Integer::longValue;
        Function<String, Boolean> answered = String::isEmpty;
        IntPredicate negative = number -> number < 0;
        Supplier<Character> letter = () -> 'c';
        List<String> added = new ArrayList<>();
        java.util.function.Consumer<String> dropped = added::add;
        dropped.accept("kept");
        seen.addAll(List.of(unboxed.applyAsInt(1), widened.applyAsLong(2), boxed.apply(3), answered.apply(""), negative.test(-1), letter.get(), added));
    }

    private void records(List<Object> seen) {
        int[] array = {};
        Everything one = everything(array, "t", 0.0f);
        seen.add(one.toString().replaceAll("@[0-9a-f]+", "@"));
        seen.add(one.hashCode() - java.util.Arrays.asList(array).get(0).hashCode());
        seen.add(one.equals(everything(array, "t", 0.0f)));
        seen.add(one.equals(everything(array, null, 0.0f)));
        seen.add(everything(array, null, 0.0f).equals(one));
        seen.add(one.equals(everything(array, "t", -0.0f)));
        seen.add(one.equals(everything(array, "t", Float.NaN)));
        seen.add(everything(array, "t", Float.NaN).equals(everything(array, "t", Float.NaN)));
        seen.add(one.equals(null) || one.equals((Object) "text"));
        seen.add(new Nothing() + " " + new Nothing().hashCode() + new Nothing().equals(new Nothing()));
    }

    private void texts(List<Object> seen) {
        Object none = null;
        char[] letters = {'l'};
        seen.add("" + true + (byte) 1 + (short) 2 + 'c' + 3 + 4L + 5f + 6d + none + "\1\2" + field.length() + "\2x" + String.valueOf(letters));
        String text = "a";
        text += 1;
        seen.add(text);
    }

    private String mine(String other) {
        return other + field;
    }

    private static boolean odd(int number) {
        return number % 2 == 1;
    }

    private static Everything everything(int[] array, String text, float single) {
        return new Everything(true, (byte) 1, (short) 2, '3', 4, 5L, single, 7, text, array);
    }
}
