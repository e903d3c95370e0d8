package sample.bench.wake.pool;

/** Fields of a superclass come first: 128 bytes between what a subclass holds and whatever lies before it in the heap. */
@SuppressWarnings("unused")
abstract class Padded {
    private long p00;
    private long p01;
    private long p02;
    private long p03;
    private long p04;
    private long p05;
    private long p06;
    private long p07;
    private long p08;
    private long p09;
    private long p10;
    private long p11;
    private long p12;
    private long p13;
    private long p14;
    private long p15;
}
