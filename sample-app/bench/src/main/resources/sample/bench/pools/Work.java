package pools;

/** What threads do with one library's pool. */
interface Work {

    /** Makes the pool. */
    void start(int threads) throws Exception;

    /** One use of one connection. Several threads at once. */
    void round(int thread, int number) throws Exception;

    /** Uses that find the flag set; one thread, while nobody else uses the pool. */
    default void rest() throws Exception {
    }

    /** Closes it. */
    void stop() throws Exception;
}
