package io.usr1.weaver;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

import io.usr1.runtime.Gate;
import io.usr1.runtime.Gates;
import io.usr1.runtime.Mode;
import io.usr1.target.Target;
import io.usr1.target.TargetException;
import io.usr1.target.TargetReader;

/** One of the pools of the folder {@code asked}, woven in a loader of its own, or not woven. */
final class AskedPool {

    static final List<String> NAMES = List.of("links", "status", "active", "hosts", "added", "deque", "lambda", "family");
    private static final int CONNECTIONS = 4;

    final Gate gate;
    private final Object shape;

    AskedPool(Map<String, byte[]> classes, String name, Mode mode) throws ReflectiveOperationException {
        this(classes, name, mode, text -> text);
    }

    /** @param change of the target */
    AskedPool(Map<String, byte[]> classes, String name, Mode mode, UnaryOperator<String> change) throws ReflectiveOperationException {
        Plan plan = (Plan) Prover.prove(target(name, change), classes::get);
        this.gate = Gates.create(name, "test", mode);
        plan.sites().stream().filter(site -> site.index() >= 0).forEach(site -> gate.site(site.role(), site.method()));
        Map<String, byte[]> woven = new HashMap<>(classes);
        plan.classes().forEach(type -> woven.put(type, Verified.weave(plan, type, classes.get(type), gate.number())));
        this.shape = shape(woven, name);
    }

    static Object shape(Map<String, byte[]> classes, String name) throws ReflectiveOperationException {
        ClassLoader loader = new ClassLoader(AskedPool.class.getClassLoader()) {
            @Override protected Class<?> findClass(String type) throws ClassNotFoundException {
                byte[] bytes = classes.get(type);
                if (bytes == null) {
                    throw new ClassNotFoundException(type);
                }
                return defineClass(type, bytes, 0, bytes.length);
            }
        };
        return loader.loadClass("asked.Shape").getMethod("of", String.class, int.class).invoke(null, name, CONNECTIONS);
    }

    Object shape() {
        return shape;
    }

    long bypassed() {
        return gate.sites().stream().mapToLong(site -> site.bypassedCount()).sum();
    }

    /** What a random sequence of operations answers; the same seed gives the same sequence. */
    static String run(Object shape, long seed, int operations) throws ReflectiveOperationException {
        Class<?> type = shape.getClass().getInterfaces()[0];
        var insert = type.getMethod("insert", int.class);
        var take = type.getMethod("take");
        var ask = type.getMethod("ask", int.class);
        for (var method : List.of(insert, take, ask)) {
            method.setAccessible(true);
        }
        Random random = new Random(seed);
        StringBuilder answers = new StringBuilder();
        for (int i = 0; i < operations; i++) {
            int n = random.nextInt(CONNECTIONS);
            int what = random.nextInt(10);
            answers.append(what < 3 ? insert.invoke(shape, n) : what < 6 ? take.invoke(shape) : ask.invoke(shape, n)).append(' ');
        }
        return answers.toString();
    }

    /** The same in several threads at once; throws what one of them threw. */
    static void stress(Object shape, int threads, int operations) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            CountDownLatch start = new CountDownLatch(threads);
            List<Future<String>> runs = new java.util.ArrayList<>();
            for (int i = 0; i < threads; i++) {
                long seed = i;
                runs.add(pool.submit(() -> {
                    start.countDown();
                    start.await();
                    return run(shape, seed, operations);
                }));
            }
            for (Future<String> run : runs) {
                run.get(2, TimeUnit.MINUTES);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    /** The target of that pool, changed. */
    static Target target(String name, UnaryOperator<String> change) {
        return read("/askedTargets/" + name + ".yaml", change);
    }

    static Target read(String resource, UnaryOperator<String> change) {
        try (InputStream in = AskedPool.class.getResourceAsStream(resource)) {
            return TargetReader.read(resource, change.apply(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException | TargetException e) {
            throw new IllegalStateException(e);
        }
    }
}
