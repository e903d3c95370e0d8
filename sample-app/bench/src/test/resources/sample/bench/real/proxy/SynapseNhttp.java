package sample.bench.real.proxy;

import java.util.ArrayList;
import java.util.List;
import javax.xml.namespace.QName;
import org.apache.axis2.AxisFault;
import org.apache.axis2.Constants;
import org.apache.axis2.addressing.EndpointReference;
import org.apache.axis2.context.ConfigurationContext;
import org.apache.axis2.context.MessageContext;
import org.apache.axis2.context.OperationContext;
import org.apache.axis2.context.ServiceContext;
import org.apache.axis2.description.AxisOperation;
import org.apache.axis2.description.AxisService;
import org.apache.axis2.description.InOutAxisOperation;
import org.apache.axis2.description.OutInAxisOperation;
import org.apache.axis2.description.Parameter;
import org.apache.axis2.description.TransportInDescription;
import org.apache.axis2.description.TransportOutDescription;
import org.apache.axis2.engine.AxisConfiguration;
import org.apache.axis2.engine.AxisEngine;
import org.apache.axis2.engine.DispatchPhase;
import org.apache.axis2.engine.MessageReceiver;
import org.apache.axis2.format.BinaryBuilder;
import org.apache.axis2.format.BinaryFormatter;
import org.apache.axis2.handlers.AbstractHandler;
import org.apache.synapse.transport.nhttp.HttpCoreNIOListener;
import org.apache.synapse.transport.nhttp.HttpCoreNIOSender;
import org.apache.synapse.transport.nhttp.NhttpConstants;

/** Axis2 with both ends of Synapse's NHTTP transport, and between them a relay that gives bodies on as they are. Takes the origin's address. */
public final class SynapseNhttp {

    private static final String BYTES = "application/octet-stream";
    private static final String REQUEST = "request";

    private final AxisConfiguration axis = new AxisConfiguration();
    private final ConfigurationContext context = new ConfigurationContext(axis);
    private final AxisOperation relay = operation(new InOutAxisOperation(new QName("relay")), this::request);
    private final AxisOperation call = operation(new OutInAxisOperation(new QName("call")), this::response);
    private final ServiceContext calls;
    private final String origin;

    private SynapseNhttp(String origin) throws AxisFault {
        this.origin = origin;
        context.setServicePath("services");
        context.setContextRoot("/");
        axis.addMessageBuilder(BYTES, new BinaryBuilder());
        axis.addMessageFormatter(BYTES, new BinaryFormatter());
        // Neither the requests nor the answers say what they are.
        axis.addParameter(NhttpConstants.REQUEST_CONTENT_TYPE, BYTES);
        axis.addParameter(NhttpConstants.CONTENT_TYPE, BYTES);
        service(relay);
        AxisService service = service(call);
        calls = context.createServiceGroupContext(service.getAxisServiceGroup()).getServiceContext(service);
        DispatchPhase dispatch = new DispatchPhase("Dispatch");
        dispatch.addHandler(new ToRelay());
        axis.setInPhasesUptoAndIncludingPostDispatch(new ArrayList<>(List.of(dispatch)));
    }

    public static void main(String[] args) throws Exception {
        SynapseNhttp proxy = new SynapseNhttp("http://" + args[0]);
        HttpCoreNIOSender sender = proxy.sender();
        int port = Serving.freePort();
        HttpCoreNIOListener listener = proxy.listener(port);
        Serving.on(port, () -> {
            listener.stop();
            sender.stop();
        });
    }

    private HttpCoreNIOSender sender() throws AxisFault {
        HttpCoreNIOSender sender = new HttpCoreNIOSender();
        TransportOutDescription out = new TransportOutDescription(Constants.TRANSPORT_HTTP);
        out.setSender(sender);
        axis.addTransportOut(out);
        sender.init(context, out);
        return sender;
    }

    private HttpCoreNIOListener listener(int port) throws AxisFault {
        HttpCoreNIOListener listener = new HttpCoreNIOListener();
        TransportInDescription in = new TransportInDescription(Constants.TRANSPORT_HTTP);
        in.setReceiver(listener);
        in.addParameter(new Parameter("port", Integer.toString(port)));
        in.addParameter(new Parameter(NhttpConstants.BIND_ADDRESS, "127.0.0.1"));
        axis.addTransportIn(in);
        listener.init(context, in);
        listener.start();
        return listener;
    }

    private static AxisOperation operation(AxisOperation operation, MessageReceiver receiver) {
        operation.setMessageReceiver(receiver);
        return operation;
    }

    private AxisService service(AxisOperation operation) throws AxisFault {
        AxisService service = new AxisService(operation.getName().getLocalPart());
        service.addOperation(operation);
        axis.addService(service);
        return service;
    }

    /** A client's request: sent to the origin, and nothing is answered until its response is there. */
    private void request(MessageContext request) throws AxisFault {
        request.getOperationContext().setProperty(Constants.RESPONSE_WRITTEN, "SKIP");
        OperationContext exchange = calls.createOperationContext(call);
        exchange.setProperty(REQUEST, request);
        MessageContext out = context.createMessageContext();
        out.setOperationContext(exchange);
        exchange.addMessageContext(out);
        out.setTransportOut(request.getTransportOut());
        out.setTo(new EndpointReference(origin + request.getProperty(Constants.Configuration.TRANSPORT_IN_URL)));
        out.setEnvelope(request.getEnvelope());
        for (String name : List.of(Constants.Configuration.HTTP_METHOD, MessageContext.TRANSPORT_HEADERS)) {
            out.setProperty(name, request.getProperty(name));
        }
        send(out);
    }

    private void response(MessageContext response) throws AxisFault {
        MessageContext request = (MessageContext) response.getOperationContext().getProperty(REQUEST);
        response.setServiceContext(null);
        response.setOperationContext(request.getOperationContext());
        response.setTransportOut(request.getTransportOut());
        response.setProperty(Constants.OUT_TRANSPORT_INFO, request.getProperty(Constants.OUT_TRANSPORT_INFO));
        send(response);
    }

    private static void send(MessageContext message) throws AxisFault {
        message.setDoingREST(true);
        // The formatter fails on a message without a body.
        if (message.getEnvelope().getBody().getFirstElement() != null) {
            message.setProperty(Constants.Configuration.MESSAGE_TYPE, BYTES);
        }
        AxisEngine.send(message);
    }

    /** Every request is for the relay, whatever its path; a response knows its operation. */
    private final class ToRelay extends AbstractHandler {

        @Override
        public InvocationResponse invoke(MessageContext message) throws AxisFault {
            if (message.getOperationContext() == null) {
                message.setAxisService(relay.getAxisService());
                message.setAxisOperation(relay);
            }
            return InvocationResponse.CONTINUE;
        }
    }
}
