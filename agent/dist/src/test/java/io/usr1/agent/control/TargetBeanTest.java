package io.usr1.agent.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.usr1.runtime.Gate;
import io.usr1.runtime.Gates;
import io.usr1.runtime.Locks;
import io.usr1.runtime.Mode;
import io.usr1.runtime.Site;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is counted, and where, as a JMX client is told. */
class TargetBeanTest {

    private final Gate gate = Gates.create("pool", "app", Mode.OBSERVE);

    @AfterEach void drop() {
        Gates.drop(gate);
    }

    @Test void sitesOfARoleAreSummedAndEachIsThere() {
        Site wake = gate.site("wake", "Wake#wake");
        Site close = gate.site("wake", "Wake#close");
        Site get = gate.site("get", "Pool#get");
        take(get, 3);
        take(wake, 2);
        take(close, 1);
        wake.fold(null);
        close.bypassed(null);
        TargetBean bean = new TargetBean(new Known(gate, List.of()), null);
        assertEquals(Set.of("wake", "get"), bean.getRoles().keySet());
        assertEquals(3, bean.getRoles().get("wake").getAcquired());
        assertEquals(1, bean.getRoles().get("wake").getBypassed());
        assertEquals(3, bean.getRoles().get("get").getAcquired());
        assertEquals(Set.of("0 Wake#wake", "1 Wake#close", "2 Pool#get"), bean.getSites().keySet());
        assertEquals(2, bean.getSites().get("0 Wake#wake").getAcquired());
        assertEquals(1, bean.getSites().get("1 Wake#close").getBypassed());
        assertEquals(1, bean.getBypassed());
        assertEquals(0.5, bean.getBypassRatio(), "one that went without, of two that could");
        assertEquals("shut", bean.getState());
        assertNull(bean.getReason());
    }

    @Test void aRefusalSaysWhy() {
        TargetBean bean = new TargetBean(new Known(null, List.of("the first", "the second")), null);
        assertEquals("refused", bean.getState());
        assertEquals("the first", bean.getReason());
        assertEquals(List.of("the first", "the second"), bean.getRefusals());
        assertEquals(Set.of(), bean.getSites().keySet());
        assertEquals(0, bean.getBypassRatio());
        assertNull(bean.getLastViolation());
    }

    private static void take(Site site, int times) {
        ReentrantLock lock = new ReentrantLock();
        for (int i = 0; i < times; i++) {
            Object token = Locks.lock(lock, site);
            lock.unlock();
            Locks.released(token);
        }
    }

    private record Known(Gate gate, List<String> refused) implements Controlled {

        @Override public String targetName() {
            return "pool";
        }

        @Override public String loaderName() {
            return "app";
        }

        @Override public boolean decided() {
            return true;
        }
    }
}
