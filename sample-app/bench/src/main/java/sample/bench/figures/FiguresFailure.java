package sample.bench.figures;

/** Why a block cannot be generated: what was found, where, and what to do, in one sentence. */
final class FiguresFailure extends RuntimeException {

    FiguresFailure(String sentence) {
        super(sentence);
    }
}
