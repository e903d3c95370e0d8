package sample.bench.endtoend;

import com.github.difflib.patch.PatchFailedException;
import com.github.difflib.unifieddiff.UnifiedDiffFile;
import com.github.difflib.unifieddiff.UnifiedDiffReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;
import sample.bench.demo.DemoFailure;

/**
 * The sample proxy with HAProxy's fix in its source: the files that the patch changes are copied, patched and compiled, and come before
 * the proxy's own classes on the class path.
 */
final class PatchedProxy {

    private static final String PATCH = "usr1.patch";

    private PatchedProxy() {
    }

    /**
     * Makes it.
     *
     * @param sources the proxy's source folder, which stays as it is
     * @param proxy   its jar
     * @param folder  for what is patched
     * @return the class path
     */
    static String classPath(Path sources, Path proxy, Path folder) throws IOException {
        Path classes = Files.createDirectories(folder.resolve("classes"));
        List<String> arguments = new ArrayList<>(List.of("--release", "17", "-nowarn", "-proc:none", "-d", classes.toString(), "-cp", proxy.toString()));
        try (InputStream patch = PatchedProxy.class.getResourceAsStream(PATCH)) {
            for (UnifiedDiffFile file : UnifiedDiffReader.parseUnifiedDiff(patch).getFiles()) {
                arguments.add(patched(file, sources, folder.resolve("sources")).toString());
            }
        }
        if (ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)) != 0) {
            throw new DemoFailure("The patched sources in " + folder + " do not compile against " + proxy + "; see standard error.");
        }
        return classes + System.getProperty("path.separator") + proxy;
    }

    private static Path patched(UnifiedDiffFile file, Path sources, Path folder) throws IOException {
        String name = file.getToFile();
        try {
            // Lines that came or went elsewhere in the file do not matter; the context has to be there word by word.
            List<String> lines = file.getPatch().applyFuzzy(Files.readAllLines(sources.resolve(name)), 0);
            Path copy = folder.resolve(name);
            Files.createDirectories(copy.getParent());
            return Files.write(copy, lines);
        } catch (PatchFailedException changed) {
            throw new DemoFailure(PATCH + " does not fit " + sources.resolve(name) + " any more: " + changed.getMessage() + "; make it anew.");
        }
    }
}
