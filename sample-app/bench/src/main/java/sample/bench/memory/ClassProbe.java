package sample.bench.memory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import sample.bench.demo.DemoFailure;
import sample.bench.jvm.Jdk;

/** Runs {@link Probe} without the agent and with it. */
final class ClassProbe {

    private static final int SECONDS = 120;
    /** What the JVM was given for a class, after the agent: the log's line with its size follows the one with its name. */
    private static final Pattern LOADED = Pattern.compile("\\[class,load *\\] (\\S+) source:.*\\n.*\\[class,load *\\].* bytes: (\\d+) checksum");

    private final Path agent;
    private final Path target;
    private final Path proxy;
    private final Path real;
    private final Path folder;

    ClassProbe(Path agent, Path target, Path proxy, Path real, Path folder) {
        this.agent = agent;
        this.target = target;
        this.proxy = proxy;
        this.real = real;
        this.folder = folder;
    }

    private record Seen(long metaspace, Map<String, Long> carriers, Map<String, Long> files) {
    }

    /** What weaving adds to the library's carriers and classes. @param compact headers of objects, which only JDK 25 has */
    LibraryFootprint measure(Measured library, Jdk jdk, boolean compact) throws IOException, InterruptedException {
        Seen after = run(library, jdk, compact, true, "");
        if (after.carriers.isEmpty()) {
            throw new DemoFailure(library.name() + " on JDK " + jdk.feature() + ": the agent made no carrier; its log is in " + folder + ".");
        }
        Seen before = run(library, jdk, compact, false, String.join(",", after.carriers.keySet()));
        List<LibraryFootprint.Change> carriers = new ArrayList<>();
        after.carriers.forEach((name, bytes) -> carriers.add(new LibraryFootprint.Change(name, before.carriers.get(name), bytes)));
        List<LibraryFootprint.Change> classes = new ArrayList<>();
        before.files.forEach((name, bytes) -> {
            if (after.files.containsKey(name) && !after.files.get(name).equals(bytes)) {
                classes.add(new LibraryFootprint.Change(name, bytes, after.files.get(name)));
            }
        });
        return new LibraryFootprint(library.name(), jdk.feature(), compact, carriers, classes, before.metaspace, after.metaspace);
    }

    private Seen run(Measured library, Jdk jdk, boolean compact, boolean woven, String carriers) throws IOException, InterruptedException {
        String name = library.name().replace(' ', '-') + "-jdk" + jdk.feature() + (compact ? "-compact" : "") + (woven ? "-woven" : "");
        Path loads = folder.resolve(name + ".loads");
        Files.deleteIfExists(loads);
        List<String> command = new ArrayList<>(List.of(jdk.java().toString(), "-XX:+UseSerialGC", "-Xlog:class+load=debug:file=" + loads,
                // All that is asked of JOL it knows without attaching to the JVM.
                "-Djol.skipDynamicAttach=true", "-Djol.skipHotspotSAAttach=true"));
        if (compact) {
            command.add("-XX:+UseCompactObjectHeaders");
        }
        if (woven) {
            command.addAll(List.of("-javaagent:" + agent, "-Dusr1.targets=" + target));
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Probe.class.getName(), library.start(), carriers));
        library.jars(proxy, real).forEach(jar -> command.add(jar.toString()));
        Path log = folder.resolve(name + ".log");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        boolean ended;
        try {
            ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
        } finally {
            process.destroyForcibly();
        }
        String said = Files.readString(log);
        if (!ended || process.exitValue() != 0 || !said.endsWith("end\n")) {
            throw new DemoFailure("The probe of " + name + " did not end as it should; see " + log + ".");
        }
        return new Seen(numbers(said, "(metaspace) (\\d+)").get("metaspace"), numbers(said, "carrier (\\S+) (\\d+)"), files(loads, library));
    }

    private static Map<String, Long> numbers(String text, String line) {
        Map<String, Long> numbers = new TreeMap<>();
        Matcher matcher = Pattern.compile("^" + line + "$", Pattern.MULTILINE).matcher(text);
        while (matcher.find()) {
            numbers.put(matcher.group(1), Long.parseLong(matcher.group(2)));
        }
        return numbers;
    }

    private static Map<String, Long> files(Path loads, Measured library) throws IOException {
        Map<String, Long> sizes = new TreeMap<>();
        Matcher matcher = LOADED.matcher(Files.readString(loads));
        while (matcher.find()) {
            if (matcher.group(1).startsWith(library.start() + ".")) {
                sizes.put(matcher.group(1), Long.parseLong(matcher.group(2)));
            }
        }
        return sizes;
    }
}
