package sample.bench.stub;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;

/** Gives the answers of the first two clients each to the other one, as two owners of one connection would. */
public final class SwappingStubProxy extends StubProxy {

    private boolean swapped;

    private SwappingStubProxy(String[] args) {
        super(args);
    }

    /** As {@link StubProxy#main}. */
    public static void main(String[] args) throws IOException {
        new SwappingStubProxy(args).run();
    }

    @Override
    void serve(ServerSocket listen) throws IOException {
        if (swapped) {
            super.serve(listen);
            return;
        }
        swapped = true;
        Socket one = listen.accept();
        Socket other = listen.accept();
        Socket serverOfOne = connect(one, other);
        Socket serverOfOther = connect(other, one);
        thread(() -> pump(serverOfOne, other, new AtomicLong()));
        thread(() -> pump(serverOfOther, one, new AtomicLong()));
    }
}
