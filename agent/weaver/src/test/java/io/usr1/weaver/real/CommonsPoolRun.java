package io.usr1.weaver.real;

import java.util.concurrent.Callable;

import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericObjectPool;

/** Threads that borrow, return and invalidate. Most returns are destroyed, because few may be idle. */
public final class CommonsPoolRun implements Callable<String> {

    private static final int THREADS = 4;

    @Override public String call() throws Exception {
        try (GenericObjectPool<Object> pool = new GenericObjectPool<>(new BasePooledObjectFactory<Object>() {
            @Override public Object create() {
                return new Object();
            }

            @Override public PooledObject<Object> wrap(Object made) {
                return new DefaultPooledObject<>(made);
            }
        })) {
            pool.setMaxIdle(1);
            pool.setMaxTotal(THREADS);
            Threads.run(THREADS, 5000, n -> {
                Object one = pool.borrowObject();
                if (n % 7 == 0) {
                    pool.invalidateObject(one);
                } else {
                    pool.returnObject(one);
                }
            });
            return "active " + pool.getNumActive() + ", idle at most one " + (pool.getNumIdle() <= 1) + ", all destroyed "
                    + (pool.getCreatedCount() - pool.getDestroyedCount() == pool.getNumIdle());
        }
    }
}
