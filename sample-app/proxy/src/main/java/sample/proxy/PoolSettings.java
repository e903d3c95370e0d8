package sample.proxy;

/**
 * How many idle server connections are kept, and who may take them (HAProxy: {@code pool-max-conn}, {@code pool-low-conn},
 * {@code pool-purge-delay}, {@code tune.idle-pool.shared}).
 *
 * @param most        idle at the same time, on all loops together; 0 for none, -1 for no limit
 * @param low         no loop takes another's while fewer than these are idle
 * @param purgeMillis how often each loop closes half of what it has more than it has lately needed; 0: nothing is kept at all
 * @param shared      whether a loop may take another's
 */
record PoolSettings(int most, int low, long purgeMillis, boolean shared) {
    static final PoolSettings DEFAULT = new PoolSettings(-1, 0, 5_000, true);
}
