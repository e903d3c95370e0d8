package io.usr1.weaver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each rule about layers broken once, with two carrier classes and with one: A1, A4, C3 and F1. */
class LayersRefusedTest {

    private static final String REPLACE_TLS = "            tls.tasklet = new TlsTasklet(thief, tls);\n";
    private static final String NULL_TLS = "            oldTls.context = null;\n";
    private static final String REPLACE_MUX = "        connection.tasklet = fresh;\n";
    private static final String NULL_MUX = "        old.context = null;\n";
    private static final String SET_TLS = "  - { method: IdleConns#link, at: entry, carrier: arg0.tls.tasklet }\n";
    private static final String SET_MUX = "  - { method: IdleConns#link, at: entry, carrier: arg0.tasklet }\n";
    private static final String CLEAR_TLS = "  - { method: TlsLayer#attached, at: entry, carrier: this.tasklet }\n";
    private static final String LOOKS = "        TlsLayer tls = connection.tls;\n        if (tls != null) {\n";
    private static final String VIA = "    final TlsLayer tls;\n";
    private static final String MADE = "        tls = secure ? new TlsLayer(loop, this) : null;\n";

    @TestFactory Stream<DynamicTest> aLayerThatIsNotMarked() {
        return Stream.of(
                target("no place where the flag of layer 'tls' is set", SET_TLS, ""),
                target("no place where the flag of layer 'mux' is set", SET_MUX, ""),
                target("a method that sets the flag of layer 'tls' first (layers.IdleConns#unlink)", SET_TLS, SET_TLS.replace("#link", "#unlink")),
                target("a method that sets the flag of layer 'mux' first (layers.IdleConns#unlink)", SET_MUX, SET_MUX.replace("#link", "#unlink")),
                source("a method that sets the flag of layer 'tls' first (layers.IdleConns#link)", "    void unlink(", "    void sneak(Connection c) { c.list = this; }\n    void unlink("),
                target("a CLEAR of the carrier that the takeover takes away", CLEAR_TLS, "  - { method: IdleConns#takeover, at: entry, carrier: arg0.tls.tasklet }\n"),
                target("a mark of a carrier by itself, 'arg0'", CLEAR_TLS, "  - { method: TlsWake#wake, at: exit, carrier: arg0 }\n"));
    }

    @TestFactory Stream<DynamicTest> aLayerThatStaysBehind() {
        return Stream.of(
                source("a takeover that does not write layers.TlsLayer.tasklet of layer 'tls'", REPLACE_TLS, ""),
                source("a takeover that does not null the old carrier's context of layer 'tls'", NULL_TLS, ""),
                source("a takeover that does not write layers.Connection.tasklet of layer 'mux'", REPLACE_MUX, ""),
                source("a takeover that does not null the old carrier's context of layer 'mux'", NULL_MUX, ""),
                source("a way through the takeover on which it has begun and not replaced the carrier of layer 'mux'", REPLACE_MUX,
                        "        if (thief.counters.locked < 0) {\n            return;\n        }\n" + REPLACE_MUX),
                source("a way through the takeover on which it has begun and not replaced the carrier of layer 'tls'", LOOKS, LOOKS.replace("tls != null", "thief.counters.locked == 0")),
                source("a way through the takeover on which it has begun and not replaced the carrier of layer 'tls'", LOOKS, LOOKS.replace("!=", "==")),
                source("an exception that may leave the takeover on which it has begun and not replaced the carrier of layer 'mux'", REPLACE_MUX,
                        "        thief.run();\n" + REPLACE_MUX),
                source("an exception that may leave the takeover on which it has begun and not replaced the carrier of layer 'tls'", NULL_TLS,
                        "            thief.run();\n" + NULL_TLS),
                source("a takeover that gives lock 'idle' up on the way", REPLACE_MUX, "        lock.unlock();\n        lock.lock();\n" + REPLACE_MUX),
                source("a takeover that gives lock 'idle' up on the way", "        unlink(connection);\n        TlsLayer tls", "        unlink(connection);\n        breathe();\n        TlsLayer tls",
                        "    void unlink(", "    private void breathe() {\n        lock.unlock();\n        lock.lock();\n    }\n    void unlink("),
                source("the context of arg0.tls.tasklet nulled", "            TlsTasklet oldTls = tls.tasklet;\n" + REPLACE_TLS, REPLACE_TLS + "            TlsTasklet oldTls = tls.tasklet;\n"),
                source("a takeover that does not null the old carrier's context of layer 'tls'", NULL_TLS, "            old.context = null;\n"),
                source("a takeover that does not null the old carrier's context of layer 'tls'", "TlsTasklet oldTls = tls.tasklet;",
                        "TlsTasklet oldTls = thief == null ? connection.next.tls.tasklet : tls.tasklet;"),
                source("a write of ", "tls.tasklet = new TlsTasklet(thief, tls);", "tls.tasklet = thief == null ? connection.next.tls.tasklet : new TlsTasklet(thief, tls);"),
                source("replaces carriers of several connections, or of what no 'via' leads to", REPLACE_TLS, "            connection.next.tls.tasklet = new TlsTasklet(thief, tls);\n"),
                source("a write of arg0.tasklet = ", "    void unlink(", "    void swap(TlsLayer layer, TlsTasklet other) { layer.tasklet = other; }\n    void unlink("));
    }

    /** What a takeover has others write is not followed. */
    @TestFactory Stream<DynamicTest> aLayerThatAnotherMethodReplaces() {
        return Stream.of(
                source("a takeover that does not write layers.TlsLayer.tasklet of layer 'tls' in its own body", REPLACE_TLS, "            replace(tls, thief);\n",
                        "    void unlink(", "    private void replace(TlsLayer tls, Loop thief) { tls.tasklet = new TlsTasklet(thief, tls); }\n    void unlink("),
                source("expected a new layers.TlsTasklet in layers.IdleConns#takeover or in a constructor", REPLACE_TLS, "            replace(tls, thief);\n",
                        "    void unlink(", "    private void replace(TlsLayer tls, Loop thief) { tls.tasklet = new TlsTasklet(thief, tls); }\n    void unlink("),
                source("a takeover that does not null the old carrier's context of layer 'tls' in its own body", NULL_TLS, "            stale(oldTls);\n",
                        "    void unlink(", "    private void stale(TlsTasklet old) { old.context = null; }\n    void unlink("));
    }

    @TestFactory Stream<DynamicTest> aLayerThatComesLater() {
        return Stream.of(
                source("a field that is not final, so a connection may get its layer 'tls' later", VIA, "    TlsLayer tls;\n"),
                source("it is stored in another object", MADE, "        loop.idle.newest = this;\n" + MADE),
                source("it is handed to java.util.List.add", MADE, "        Loop.BORN.add(this);\n" + MADE),
                source("it is handed to java.util.List.add", "        this.connection = connection;\n", "        this.connection = connection;\n        Loop.BORN.add(connection);\n"),
                source("it is handed to java.util.List.add", MADE, "        Loop.BORN.add(tasklet);\n" + MADE),
                source("a lambda captures it", MADE, "        Loop.BORN.add((Runnable) () -> handle());\n" + MADE));
    }

    @TestFactory Stream<DynamicTest> aLayerOfSomethingElse() {
        return Stream.of(
                target("'not-null' about another field", "{ field: Tasklet.context, is: not-null }", "{ field: Tasklet.loop, is: not-null }"),
                target("a path 'arg0.other.tasklet' to layer 'tls' by another field", SET_TLS, SET_TLS.replace("tls.tasklet", "other.tasklet"), VIA, VIA + "    final TlsLayer other = null;\n"),
                target("does not lead to layers.TlsLayer.tasklet", "via: Connection.tls }", "via: Connection.list2 }", VIA, VIA + "    final IdleConns list2 = null;\n"),
                target("no such field", "via: Connection.tls }", "via: Connection.ssl }"),
                target("layer 'tls' of another class than layer 'mux'", "via: Connection.tls }", "via: Loop.tls }", "    final Counters counters = new Counters();\n",
                        "    final Counters counters = new Counters();\n    final TlsLayer tls = null;\n"));
    }

    @Test void theContextOfTheWrongLayerIsNoneOfThisWake() {
        for (boolean shared : new boolean[] {false, true}) {
            String old = "when-clear: [ { field: TlsTasklet.context, is: not-null }";
            assertFound("'layers.Tasklet.context is not-null' asked of arg0.context.connection.tasklet", shared,
                    Prover.prove(LayeredPool.target(shared, shared ? "" : old, shared ? "" : old.replace("TlsTasklet", "Tasklet")),
                            LayeredPool.source(shared, "if (layer == null) {", "if (layer.connection.tasklet.context == null) {")));
        }
    }

    @Test void aConstructorThatLetsItOutWithAllItsLayersIsANote() {
        for (boolean shared : new boolean[] {false, true}) {
            Plan plan = (Plan) LayeredPool.prove(shared, MADE, MADE + "        Loop.BORN.add(this);\n");
            assertTrue(plan.notes().contains("That no other thread gets a layers.Connection out of its constructor by a data race is taken from the target."), () -> "" + plan.notes());
        }
    }

    @Test void twoLayersHaveARoleEach() {
        assertFound("the role 'wake' for wakes of layer 'tls' and of layer 'mux'", false, LayeredPool.proveTarget(false, "role: wake-tls", "role: wake"));
    }

    @Test void aFieldThatTwoLayersOfOneClassDoNotShare() {
        List<String> found = LayeredPool.sentences(Prover.prove(LayeredPool.target(true, "context-field: Tasklet.context, via", "context-field: Tasklet.second, via"),
                LayeredPool.source(true, "    volatile Object context;", "    volatile Object context; TlsLayer second;")));
        assertTrue(found.stream().anyMatch(sentence -> sentence.contains("two context fields in a class that two layers share")), () -> "" + found);
    }

    @Test void aLayerThatIsNeverClearedIsANote() {
        for (boolean shared : new boolean[] {false, true}) {
            Plan plan = (Plan) LayeredPool.proveTarget(shared, CLEAR_TLS, "");
            assertEquals(List.of("The flag of layer 'tls' is cleared nowhere: once inserted, a connection locks at each wake of this layer for ever."),
                    plan.notes().stream().filter(note -> note.contains("cleared")).toList());
        }
    }

    @Test void whoseLayerItIsIsANoteWhereTheConstructorDoesNotSay() {
        Plan plan = (Plan) LayeredPool.prove(false, "    Connection(Loop loop, boolean secure) {\n        tasklet = new Tasklet(loop, this);\n" + MADE,
                "    Connection(Loop loop, boolean secure) {\n        this(loop, (TlsLayer) null);\n    }\n    Connection(Loop loop, TlsLayer layer) {\n"
                        + "        tasklet = new Tasklet(loop, this);\n        tls = layer;\n");
        assertTrue(plan.notes().contains("That layers.TlsLayer.connection is the connection whose layers.Connection.tls it is, is taken from the target."), () -> "" + plan.notes());
    }

    private static DynamicTest source(String found, String old, String with) {
        return source(found, old, with, "", "");
    }

    private static DynamicTest source(String found, String old, String with, String more, String moreWith) {
        return DynamicTest.dynamicTest(found, () -> {
            for (boolean shared : new boolean[] {false, true}) {
                assertFound(found, shared, Prover.prove(LayeredPool.target(shared, "", ""),
                        LayeredPool.source(shared, one(shared, old), one(shared, with), one(shared, more), one(shared, moreWith))));
            }
        });
    }

    private static DynamicTest target(String found, String old, String with) {
        return target(found, old, with, "", "");
    }

    private static DynamicTest target(String found, String old, String with, String source, String sourceWith) {
        return DynamicTest.dynamicTest(found, () -> {
            for (boolean shared : new boolean[] {false, true}) {
                assertFound(found, shared, Prover.prove(LayeredPool.target(shared, old, with), LayeredPool.source(shared, source, sourceWith)));
            }
        });
    }

    private static void assertFound(String found, boolean shared, Verdict verdict) {
        List<String> sentences = LayeredPool.sentences(verdict);
        assertTrue(sentences.stream().anyMatch(sentence -> sentence.contains(one(shared, found))), () -> (shared ? "one class: " : "two classes: ") + found + " is not in " + sentences);
    }

    private static String one(boolean shared, String text) {
        return shared ? text.replace("TlsTasklet", "Tasklet") : text;
    }
}
