package layers;

/** The TLS layer's wake handle. */
final class TlsTasklet {
    final Loop loop;
    volatile TlsLayer context;

    TlsTasklet(Loop loop, TlsLayer context) {
        this.loop = loop;
        this.context = context;
    }
}
