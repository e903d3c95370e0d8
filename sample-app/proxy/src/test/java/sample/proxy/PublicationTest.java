package sample.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.TreeMap;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * After a successful insert nothing of the connection may be touched (HAProxy 3c49c1bd5, dbda31939, 199d4fade). Here a thief takes
 * each connection the moment it is published, before the insert has returned, and makes it unusable.
 */
class PublicationTest {
    private static final class PoisoningIdleConns extends IdleConns {
        final List<BackConnection> poisoned = new CopyOnWriteArrayList<>();
        final List<Map<String, Object>> states = new CopyOnWriteArrayList<>();

        PoisoningIdleConns(LockKind kind, LoopCounters counters, IdlePool pool) {
            super(kind, counters, pool);
        }

        @Override
        boolean insert(BackConnection connection) {
            boolean inserted = super.insert(connection);
            if (inserted && super.get(false, false) == connection) {
                poison(connection);
                poisoned.add(connection);
                states.add(fields(connection));
            }
            return inserted;
        }
    }

    /** With HTTP/2 a pipelined request finds the connection still available when the answer before it is complete. */
    @ParameterizedTest
    @CsvSource({"H1, 15", "H2, 10"})
    void nothingOfAPublishedConnectionIsTouched(Protocol back, int published) throws Exception {
        PoisoningIdleConns[] idle = new PoisoningIdleConns[1];
        try (TestOrigin origin = TestOrigin.echo(); TestProxy inner = TestProxy.to(origin).start();
                TestProxy proxy = TestProxy.to(back == Protocol.H1 ? origin.address() : inner.proxy.address()).protocol(back)
                        .idleConns((kind, counters, pool) -> idle[0] = new PoisoningIdleConns(kind, counters, pool)).start();
                TestClient client = proxy.client()) {
            for (int i = 0; i < 5; i++) {
                assertEquals("/" + i, client.get("/" + i).text());
                client.send("GET /x HTTP/1.1\r\nHost: test\r\n\r\nGET /y HTTP/1.1\r\nHost: test\r\n\r\n");
                assertEquals("/x", client.read().text());
                assertEquals("/y", client.read().text());
            }
            assertEquals(0, proxy.count("loopFailures")); // to look into a poisoned one throws
            assertEquals(published, proxy.count("newConnections"));
            assertEquals(published, idle[0].poisoned.size());
            for (int i = 0; i < published; i++) {
                assertEquals(idle[0].states.get(i), fields(idle[0].poisoned.get(i))); // to write into it shows here
            }
        }
    }

    private static void poison(BackConnection connection) {
        try {
            connection.channel.close();
            for (Field field : fieldsOf(connection)) {
                poison(field, connection);
            }
            for (Field field : fieldsOf(connection.mux)) {
                poison(field, connection.mux);
            }
        } catch (ReflectiveOperationException | java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void poison(Field field, Object owner) throws IllegalAccessException {
        if (!field.getType().isPrimitive() && !Modifier.isFinal(field.getModifiers())) {
            field.set(owner, null);
        }
    }

    private static Map<String, Object> fields(BackConnection connection) {
        Map<String, Object> values = new TreeMap<>();
        try {
            for (Field field : fieldsOf(connection)) {
                values.put(field.getName(), String.valueOf(field.get(connection)));
            }
            for (Field field : fieldsOf(connection.mux)) {
                values.put("mux." + field.getName(), String.valueOf(field.get(connection.mux)));
            }
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
        return values;
    }

    private static List<Field> fieldsOf(Object owner) {
        List<Field> fields = new java.util.ArrayList<>();
        for (Class<?> type = owner.getClass(); type != Object.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    field.setAccessible(true);
                    fields.add(field);
                }
            }
        }
        return fields;
    }
}
