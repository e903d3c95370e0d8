package sample.bench.real.proxy;

import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.servlet.ServletContextHandler;
import org.eclipse.jetty.servlet.ServletHolder;
import org.mitre.dsmiley.httpproxy.ProxyServlet;

/** Smiley's proxy servlet, which is on HttpClient 4, in a servlet container. Takes the origin's address. */
public final class Smiley {

    private Smiley() {
    }

    public static void main(String[] args) throws Exception {
        ServletHolder proxy = new ServletHolder(ProxyServlet.class);
        proxy.setInitParameter("targetUri", "http://" + args[0]);
        proxy.setInitParameter("http.maxConnections", "8");
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
