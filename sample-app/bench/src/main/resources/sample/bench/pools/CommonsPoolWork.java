package pools;

import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.PooledObjectFactory;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericObjectPool;

/** Every third connection turns out to be broken and is invalidated; few may be idle, so most others are destroyed when they come back. */
final class CommonsPoolWork implements Work {

    private GenericObjectPool<Object> pool;

    @Override public void start(int threads) {
        pool = new GenericObjectPool<>(new Factory());
        pool.setMaxIdle(1);
        pool.setMaxTotal(threads);
    }

    @Override public void round(int thread, int number) throws Exception {
        Object one = pool.borrowObject();
        if (number % 3 == 0) {
            pool.invalidateObject(one);
        } else {
            pool.returnObject(one);
        }
    }

    @Override public void stop() {
        if (pool.getNumActive() != 0) {
            throw new IllegalStateException("active " + pool.getNumActive());
        }
        pool.close();
    }

    /** The interface itself: Tomcat's copy has no base class for it. */
    private static final class Factory implements PooledObjectFactory<Object> {

        @Override public PooledObject<Object> makeObject() {
            return new DefaultPooledObject<>(new Object());
        }

        @Override public boolean validateObject(PooledObject<Object> object) {
            return true;
        }

        @Override public void activateObject(PooledObject<Object> object) {
            // Nothing to do.
        }

        @Override public void passivateObject(PooledObject<Object> object) {
            // Nothing to do.
        }

        @Override public void destroyObject(PooledObject<Object> object) {
            // Nothing to do.
        }
    }
}
