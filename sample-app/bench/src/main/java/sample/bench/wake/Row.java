package sample.bench.wake;

/**
 * What is compared with each other.
 *
 * @param benchmark busy, set, idle or robbed
 */
record Row(String benchmark, String lock, int threads, int jdk) {

    boolean is(String wake) {
        return benchmark.equals(wake);
    }

    /** One thread alone, and no thief. */
    boolean oneOwner() {
        return threads == 1 && !is("robbed");
    }
}
