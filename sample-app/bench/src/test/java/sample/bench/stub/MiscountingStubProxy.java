package sample.bench.stub;

import java.io.IOException;
import java.util.Map;

/** Works, but has counted one wake that took no lock. */
public final class MiscountingStubProxy extends StubProxy {

    private MiscountingStubProxy(String[] args) {
        super(args);
    }

    /** As {@link StubProxy#main}. */
    public static void main(String[] args) throws IOException {
        new MiscountingStubProxy(args).run();
    }

    @Override
    void tamper(Map<String, Object> counters) {
        counters.merge("wakes", 1L, (wakes, one) -> (Long) wakes + (Long) one);
    }
}
