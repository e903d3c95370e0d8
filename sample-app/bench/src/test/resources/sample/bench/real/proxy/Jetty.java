package sample.bench.real.proxy;

import org.eclipse.jetty.proxy.ProxyServlet;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.servlet.ServletContextHandler;
import org.eclipse.jetty.servlet.ServletHolder;

/** Jetty's own transparent proxy servlet. Takes the origin's address. */
public final class Jetty {

    private Jetty() {
    }

    public static void main(String[] args) throws Exception {
        ServletHolder proxy = new ServletHolder(ProxyServlet.Transparent.class);
        proxy.setInitParameter("proxyTo", "http://" + args[0]);
        proxy.setAsyncSupported(true);
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler();
        context.addServlet(proxy, "/*");
        server.setHandler(context);
        server.start();
        Serving.on(connector.getLocalPort(), server::stop);
    }
}
