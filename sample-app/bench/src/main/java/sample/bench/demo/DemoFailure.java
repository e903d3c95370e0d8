package sample.bench.demo;

/** Why the demo cannot go on, in one sentence for the person at the terminal. */
final class DemoFailure extends RuntimeException {

    DemoFailure(String sentence) {
        super(sentence);
    }
}
