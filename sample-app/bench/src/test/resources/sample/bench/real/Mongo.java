package sample.bench.real;

import com.mongodb.internal.connection.ConcurrentPool;
import java.lang.reflect.Method;

/** Items of the MongoDB driver's pool; every lock of the driver is counted. */
public final class Mongo {

    private Mongo() {
    }

    public static void main(String[] args) throws Exception {
        ConcurrentPool<Object> pool = new ConcurrentPool<>(3, new ConcurrentPool.ItemFactory<Object>() {
            @Override public Object create() {
                return new Object();
            }

            @Override public void close(Object item) {
            }

            @Override public boolean shouldPrune(Object item) {
                return false;
            }
        });
        Method ready = ConcurrentPool.class.getDeclaredMethod("ready");
        ready.setAccessible(true);
        ready.invoke(pool);
        Rounds.run(n -> pool.release(pool.get(), n % 10 == 0));
        pool.close();
        Counted.say(Rounds.ALL, Counted.ofAll());
    }
}
