package sample.proxy;

/** The mux of a client's connection. Never in an idle list. */
interface FrontMux extends Mux {
    /** The loop stops: a connection that owes nothing closes now, the others do after their answers. */
    void stopping();
}
