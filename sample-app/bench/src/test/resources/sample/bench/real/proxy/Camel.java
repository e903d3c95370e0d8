package sample.bench.real.proxy;

import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;

/** A route of Apache Camel from Jetty to HttpClient 5, as Camel's manual makes a proxy. Takes the origin's address. */
public final class Camel {

    private Camel() {
    }

    public static void main(String[] args) throws Exception {
        int port = Serving.freePort();
        Main main = new Main();
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override public void configure() {
                from("jetty:http://127.0.0.1:" + port + "?matchOnUriPrefix=true")
                        .to("http://" + args[0] + "?bridgeEndpoint=true&throwExceptionOnFailure=false");
            }
        });
        main.start();
        Serving.on(port, main::stop);
    }
}
