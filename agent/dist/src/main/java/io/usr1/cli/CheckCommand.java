package io.usr1.cli;

import io.usr1.target.Target;
import io.usr1.target.TargetException;
import io.usr1.target.TargetFile;
import io.usr1.weaver.Plan;
import io.usr1.weaver.PlannedSite;
import io.usr1.weaver.Prover;
import io.usr1.weaver.Refusal;
import io.usr1.weaver.Refused;
import io.usr1.weaver.Verdict;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the whole proof on the classes as they lie there, without starting the application. */
@Command(name = "check", mixinStandardHelpOptions = true,
        description = "Proves a target on the classes of an application, without running it.",
        footer = {"", "Exit code: 0 all sites can be woven, 1 refused, 2 bad usage or target file."})
final class CheckCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Option(names = "--target", required = true, paramLabel = "TARGET.yaml", description = "The target file.")
    private Path target;

    @Option(names = {"--classpath", "--class-path", "-cp"}, required = true, paramLabel = "PATH",
            description = "Jars and folders with the application's classes, separated as in java -cp.")
    private String classPath;

    @Override public Integer call() throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        try (URLClassLoader classes = new URLClassLoader(urls(), ClassLoader.getPlatformClassLoader())) {
            Target read = TargetFile.read(target.toString());
            return show(read, Prover.prove(read, name -> bytes(classes, name)));
        } catch (TargetException e) {
            err.println(e.getMessage());
        } catch (java.nio.file.NoSuchFileException e) {
            err.println(e.getFile() + ": there is no such file; expected a target file or a class path entry");
        }
        return 2;
    }

    private int show(Target read, Verdict verdict) {
        PrintWriter out = spec.commandLine().getOut();
        if (verdict instanceof Refused) {
            List<Refusal> refusals = ((Refused) verdict).refusals();
            out.println("target " + read.name() + ": refused, " + refusals.size() + " reason(s)");
            refusals.forEach(refusal -> out.println("  " + refusal));
            return 1;
        }
        List<PlannedSite> sites = ((Plan) verdict).sites();
        int width = sites.stream().mapToInt(site -> site.role().length()).max().orElse(0);
        out.println("target " + read.name() + ": all sites can be woven");
        for (PlannedSite site : sites) {
            out.printf("  %-6s  %-" + width + "s  %s, line %d%n", site.kind().name().toLowerCase(java.util.Locale.ROOT),
                    site.role(), site.method(), site.line());
        }
        return 0;
    }

    private URL[] urls() throws MalformedURLException, java.nio.file.NoSuchFileException {
        List<URL> urls = new ArrayList<>();
        for (String entry : classPath.split(File.pathSeparator)) {
            if (!new File(entry).exists()) {
                throw new java.nio.file.NoSuchFileException(entry);
            }
            urls.add(new File(entry).toURI().toURL());
        }
        return urls.toArray(URL[]::new);
    }

    private static byte[] bytes(ClassLoader classes, String name) {
        try (InputStream in = classes.getResourceAsStream(name.replace('.', '/') + ".class")) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException e) {
            return null;
        }
    }
}
