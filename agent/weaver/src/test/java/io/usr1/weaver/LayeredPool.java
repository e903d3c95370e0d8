package io.usr1.weaver;

import io.usr1.runtime.Gate;
import io.usr1.runtime.Gates;
import io.usr1.runtime.Mode;
import io.usr1.runtime.Site;
import io.usr1.target.Target;
import io.usr1.target.TargetException;
import io.usr1.target.TargetReader;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The fixture pool whose connections have two layers, each with a carrier; of two classes, or of one for both. */
final class LayeredPool {

    private static final String TARGET = """
            target: layers
            package: layers
            reads: [ Loop ]
            carriers:
              mux: { class: Tasklet, new: not-idle }
              tls: { class: TlsTasklet, new: not-idle }
            ownership:
              replaces-carrier:
                takeover: IdleConns#takeover
                layers:
                  mux: { carrier-field: Connection.tasklet, context-field: Tasklet.context }
                  tls: { carrier-field: TlsLayer.tasklet, context-field: TlsTasklet.context, via: Connection.tls }
            locks: { idle: { kind: reentrant, field: IdleConns.lock } }
            set:
              - { method: IdleConns#link, at: entry, carrier: arg0.tasklet }
              - { method: IdleConns#link, at: entry, carrier: arg0.tls.tasklet }
            clear:
              - { method: Connection#attach, at: entry, carrier: this.tasklet }
              - { method: TlsLayer#attached, at: entry, carrier: this.tasklet }
            region:
              - { role: wake, method: MuxWake#wake, carrier: arg0, lock: idle, omit: [ Counters#locked ],
                  when-clear: [ { field: Tasklet.context, is: not-null }, { call: Connection#isListed, is: "false" } ] }
              - { role: wake-tls, method: TlsWake#wake, carrier: arg0, lock: idle, omit: [ Counters#locked ],
                  when-clear: [ { field: TlsTasklet.context, is: not-null }, { call: Connection#isListed, is: "false" } ] }
            unlink:
              - { method: IdleConns#takeover, at: entry, carrier: arg0.tasklet }
              - { method: IdleConns#takeover, at: entry, carrier: arg0.tls.tasklet }
            listed: { call: Connection#isListed, is: "true" }
            """;
    private static final Map<String, Fixture> COMPILED = new ConcurrentHashMap<>();

    final Gate gate;
    final Plan plan;
    private final Object driver;

    LayeredPool(boolean shared, Mode mode, int threads, int rounds) throws Exception {
        Fixture fixture = compile(shared);
        Verdict verdict = Prover.prove(target(shared, "", ""), fixture.source());
        if (verdict instanceof Refused) {
            throw new IllegalStateException(String.valueOf(sentences(verdict)));
        }
        plan = (Plan) verdict;
        gate = Gates.create("layers", "test", mode);
        plan.sites().stream().filter(site -> site.index() >= 0).forEach(site -> gate.site(site.role(), site.method()));
        Map<String, byte[]> woven = new HashMap<>();
        plan.classes().forEach(name -> woven.put(name, Verified.weave(plan, name, fixture.bytes(name), gate.number())));
        driver = fixture.loader(woven).loadClass("layers.Driver").getConstructor(int.class, int.class).newInstance(threads, rounds);
    }

    @SuppressWarnings("unchecked")
    <T> T call(String name) throws ReflectiveOperationException {
        return (T) driver.getClass().getMethod(name).invoke(driver);
    }

    @SuppressWarnings("unchecked")
    List<Object> carriers(String name, boolean tls) throws ReflectiveOperationException {
        return (List<Object>) driver.getClass().getMethod(name, boolean.class).invoke(driver, tls);
    }

    /** The bypass's site of that role. */
    Site site(String role) {
        return gate.sites().stream().filter(site -> site.role().equals(role)).findFirst().orElseThrow();
    }

    static Verdict prove(boolean shared, String old, String with) {
        return Prover.prove(target(shared, "", ""), source(shared, old, with));
    }

    static Verdict proveTarget(boolean shared, String old, String with) {
        return Prover.prove(target(shared, old, with), source(shared, "", ""));
    }

    /** The classes, with some texts of their source replaced: old and new, in turn. */
    static ClassSource source(boolean shared, String... changes) {
        return compile(shared, changes).source();
    }

    static List<String> sentences(Verdict verdict) {
        return verdict instanceof Refused refused ? refused.refusals().stream().map(Refusal::toString).toList() : List.of();
    }

    static Target target(boolean shared, String old, String with) {
        String yaml = shared ? TARGET.replace("TlsTasklet", "Tasklet") : TARGET;
        if (!yaml.contains(old)) {
            throw new IllegalStateException("the target no longer has: " + old);
        }
        try {
            return TargetReader.read("layers.yaml", yaml.replace(old, with));
        } catch (TargetException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Fixture compile(boolean shared, String... changes) {
        return COMPILED.computeIfAbsent(shared + String.join("->", changes), key -> {
            Set<String> open = new HashSet<>();
            for (int i = 0; i < changes.length; i += 2) {
                open.add(changes[i]);
            }
            open.remove("");
            try {
                Fixture fixture = Fixture.compile("layers", source -> {
                    String variant = shared ? oneClass(source) : source;
                    for (int i = 0; i < changes.length; i += 2) {
                        if (!changes[i].isEmpty() && variant.contains(changes[i])) {
                            open.remove(changes[i]);
                            variant = variant.replace(changes[i], changes[i + 1]);
                        }
                    }
                    return variant;
                });
                if (!open.isEmpty()) {
                    throw new IllegalStateException("the fixture no longer has: " + open);
                }
                return fixture;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** HAProxy's way: struct tasklet serves both layers, and its context is a void pointer. */
    private static String oneClass(String source) {
        return source.contains("final class TlsTasklet") ? "package layers;\n" : source.replace("TlsTasklet", "Tasklet")
                .replace("volatile Connection context", "volatile Object context").replace("Tasklet(Loop loop, Connection context)", "Tasklet(Loop loop, Object context)");
    }
}
