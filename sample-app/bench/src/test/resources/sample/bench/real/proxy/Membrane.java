package sample.bench.real.proxy;

import com.predic8.membrane.core.HttpRouter;
import com.predic8.membrane.core.rules.ServiceProxy;
import com.predic8.membrane.core.rules.ServiceProxyKey;

/** Membrane's router with one service proxy. Takes the origin's address. */
public final class Membrane {

    private Membrane() {
    }

    public static void main(String[] args) throws Exception {
        int port = Serving.freePort();
        String[] origin = args[0].split(":");
        HttpRouter router = new HttpRouter();
        router.getRuleManager().addProxyAndOpenPortIfNew(new ServiceProxy(new ServiceProxyKey("*", "*", ".*", port), origin[0], Integer.parseInt(origin[1])));
        router.init();
        Serving.on(port, router::shutdown);
    }
}
