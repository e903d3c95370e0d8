package io.usr1.weaver;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.usr1.runtime.Counters;
import io.usr1.runtime.Gate;
import io.usr1.runtime.Gates;
import io.usr1.runtime.Mode;
import io.usr1.target.TargetException;

/** Run in a forked JVM: one folder of class files a compiler; weaves each shape, runs it and compares it with the original. */
final class CorpusMain {

    /** A bypassed shape is run 18 times with its connection not listed. */
    private static final int RUNS = 18;

    private CorpusMain() {
    }

    public static void main(String[] args) throws Exception {
        Counters.exact(true);
        try (Stream<Path> compilers = Files.list(Path.of(args[0]))) {
            for (Path compiler : compilers.sorted().filter(Files::isDirectory).toList()) {
                Map<String, byte[]> classes = read(compiler);
                for (Corpus.Shape shape : Corpus.shapes(classes)) {
                    System.out.println("| " + shape.family() + "." + shape.name() + " | " + compiler.getFileName() + " | " + shape.expected() + " | " + result(shape, classes) + " |");
                }
            }
        }
        System.out.println("end");
    }

    private static String result(Corpus.Shape shape, Map<String, byte[]> classes) throws TargetException, ReflectiveOperationException {
        Verdict verdict = Prover.prove(shape.target(), classes::get);
        boolean refuse = shape.expected() == Corpus.Expected.REFUSED || shape.expected() == Corpus.Expected.NOT_OBSERVED;
        if (verdict instanceof Refused refused) {
            List<Refusal> wanted = refused.refusals().stream().filter(refusal -> refuse && refusal.found().startsWith(shape.found())).toList();
            return wanted.isEmpty() ? "WRONG " + refused.refusals() : "refused: " + wanted.get(0).found();
        }
        return refuse ? "WRONG not refused" : run(shape, (Plan) verdict, classes);
    }

    private static String run(Corpus.Shape shape, Plan plan, Map<String, byte[]> classes) throws ReflectiveOperationException {
        Gate gate = Gates.create("corpus", "test", Mode.BYPASS);
        plan.sites().stream().filter(site -> site.index() >= 0).forEach(site -> gate.site(site.role(), site.method()));
        Map<String, byte[]> woven = new HashMap<>(classes);
        try {
            plan.classes().forEach(name -> woven.put(name, Verified.weave(plan, name, classes.get(name), gate.number())));
            String original = drive(loader(classes), shape);
            Class<?> driver = loader(woven).loadClass("corpus.Driver");
            String same = drive(driver.getClassLoader(), shape);
            if (!original.equals(same)) {
                return "WRONG " + original + " but woven " + same;
            }
            boolean observed = shape.expected() == Corpus.Expected.OBSERVED;
            if (observed) {
                long taken = (Integer) driver.getMethod("taken").invoke(null);
                return taken > 0 && gate.site(0).acquiredCount() == taken ? "observed " + taken : "WRONG " + gate.site(0).acquiredCount() + " of " + taken;
            }
            boolean both = gate.state().equals("open") && gate.site(0).bypassedCount() >= RUNS && gate.site(0).acquiredCount() > 0;
            return both ? "bypassed" : "WRONG " + gate.state() + " " + gate.site(0).bypassedCount() + " " + gate.site(0).acquiredCount();
        } catch (LinkageError | RuntimeException | InvocationTargetException fault) {
            Throwable cause = fault.getCause() == null ? fault : fault.getCause();
            return "WRONG " + cause.toString().replace('\n', ' ') + " at " + List.of(cause.getStackTrace()).stream().limit(3).toList();
        }
    }

    private static String drive(ClassLoader loader, Corpus.Shape shape) throws ReflectiveOperationException {
        return (String) loader.loadClass("corpus.Driver").getMethod("run", String.class, String.class).invoke(null, shape.family(), shape.name());
    }

    private static Map<String, byte[]> read(Path folder) throws IOException {
        Map<String, byte[]> classes = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                classes.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
        }
        return classes;
    }

    private static ClassLoader loader(Map<String, byte[]> classes) {
        return new ClassLoader(CorpusMain.class.getClassLoader()) {
            @Override protected Class<?> findClass(String name) throws ClassNotFoundException {
                byte[] bytes = classes.get(name);
                if (bytes == null) {
                    throw new ClassNotFoundException(name);
                }
                return defineClass(name, bytes, 0, bytes.length);
            }
        };
    }
}
