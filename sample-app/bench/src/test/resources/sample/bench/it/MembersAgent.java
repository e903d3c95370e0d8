import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Member;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** At the end of the JVM writes to a file what the agent has added to the proxy's classes: one member a line. */
public final class MembersAgent {

    public static void premain(String file, Instrumentation instrumentation) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            List<String> added = Stream.of(instrumentation.getAllLoadedClasses())
                    .filter(type -> type.getName().startsWith("sample.proxy."))
                    .flatMap(type -> Stream.<Member>concat(Stream.of(type.getDeclaredFields()), Stream.of(type.getDeclaredMethods())))
                    .filter(member -> member.getName().contains("usr1")).map(Member::toString).sorted().toList();
            try {
                Files.write(Path.of(file), added);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }));
    }
}
