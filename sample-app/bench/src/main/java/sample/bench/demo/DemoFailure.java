package sample.bench.demo;

/** Why the demo cannot go on, in one sentence for the person at the terminal. */
public final class DemoFailure extends RuntimeException {

    public DemoFailure(String sentence) {
        super(sentence);
    }
}
