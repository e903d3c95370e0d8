package io.usr1.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A target whose connections have several carriers, one a layer. */
class TargetLayersTest {

    private static final String GOOD = """
            target: layers
            package: p
            carriers:
              mux: { class: Tasklet, new: not-idle }
              tls: { class: TlsTasklet }
            ownership:
              replaces-carrier:
                takeover: Pool#takeover
                layers:
                  mux: { carrier-field: Connection.tasklet, context-field: Tasklet.context }
                  tls: { carrier-field: TlsLayer.tasklet, context-field: TlsTasklet.context, via: Connection.tls }
            locks:
              main: { kind: reentrant, field: Pool.lock }
            set:
              - { method: Pool#insert, at: entry, carrier: arg0.tasklet }
              - { method: Pool#insert, at: entry, carrier: arg0.tls.tasklet }
            region:
              - { method: Wake#wake, carrier: arg0, lock: main }
            """;

    @Test void readsEveryLayer() throws TargetException {
        Target target = TargetReader.read("layers.yaml", GOOD);

        assertEquals(List.of(new CarrierSpec("mux", "p.Tasklet", true), new CarrierSpec("tls", "p.TlsTasklet", false)), target.carriers());
        assertEquals("p.Tasklet", target.carrier().type());
        Ownership.Layer mux = new Ownership.Layer("mux", new FieldRef("p.Connection", "tasklet"), new FieldRef("p.Tasklet", "context"), null);
        Ownership.Layer tls = new Ownership.Layer("tls", new FieldRef("p.TlsLayer", "tasklet"), new FieldRef("p.TlsTasklet", "context"),
                new FieldRef("p.Connection", "tls"));
        assertEquals(new Ownership.ReplacesCarrier(List.of(mux, tls), new MethodRef("p.Pool", "takeover", null)), target.ownership());
        assertEquals("p.Connection", tls.connection());
        assertEquals("p.Connection", mux.connection());
        assertEquals(Set.of("p.Tasklet", "p.TlsTasklet", "p.Pool", "p.Wake"), target.wovenClasses());
    }

    @Test void layersMayShareAClass() throws TargetException {
        Target target = TargetReader.read("layers.yaml", GOOD.replace("TlsTasklet }", "Tasklet, new: not-idle }"));
        assertEquals(Set.of("p.Tasklet", "p.Pool", "p.Wake"), target.wovenClasses());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "package: p | carrier: { class: Tasklet } | layers.yaml:2:10: 'carrier' beside 'carriers'; expected one of them",
        "  tls: { class: TlsTasklet } | ssl: { class: TlsTasklet } | the layers of 'replaces-carrier' are [mux, tls] and the carriers are [mux, ssl]; expected the same names",
        "  tls: { class: TlsTasklet } | tls: { class: Tasklet } | layers.yaml:5:8: 'tls' and 'mux' share the class p.Tasklet, of which one says 'new: not-idle'",
        "  tls: { class: TlsTasklet } | a b: { class: TlsTasklet } | layers.yaml:5:8: 'a b' cannot name a layer",
        "  tls: { class: TlsTasklet } | | the layers of 'replaces-carrier' are [mux, tls] and the carriers are [mux]",
        "    takeover: Pool#takeover | context-field: A.b | layers.yaml:8:20: 'context-field' beside 'layers'; expected it in each of the layers",
        "  main: { kind: reentrant, field: Pool.lock } | main: { kind: reentrant, field: Pool.lock }\\nordered-by: main\\nskip: [ { method: A#b, call: C#d, carrier: arg0, result: 'false' } ] | several carriers and an 'answer' or 'skip'"})
    void refusesWithOneSentence(String line, String replacement, String expected) {
        String bad = GOOD.replace(line.strip() + "\n", replacement == null ? "\n" : replacement.replace("\\n", "\n") + "\n");
        assertTrue(!bad.equals(GOOD), "the line to replace is in the good file");
        String message = assertThrows(TargetException.class, () -> TargetReader.read("layers.yaml", bad)).getMessage();
        assertTrue(message.contains(expected.strip()), message);
    }

    @Test void severalCarriersAreForReplacesCarrierOnly() {
        String bad = GOOD.replaceAll("(?s)ownership:.*?locks:", "ownership: { exclusive: { callers: [ { method: A#b, because: alone } ] } }\nlocks:");
        assertTrue(assertThrows(TargetException.class, () -> TargetReader.read("layers.yaml", bad)).getMessage()
                .contains("the target has several carriers and no 'replaces-carrier'"));
    }
}
