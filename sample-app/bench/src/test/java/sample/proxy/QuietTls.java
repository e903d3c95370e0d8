package sample.proxy;

import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;

/**
 * TLS without a record: its handshake is over before it begins, and nothing ever arrives, unless it is the end. It tells a thief's look
 * from the owner's read: the look has its own small buffer.
 */
final class QuietTls extends SSLEngine {
    private static final int LOOK = 16;
    private static final String[] NONE = {};
    private static final SSLSession SESSION = (SSLSession) Proxy.newProxyInstance(QuietTls.class.getClassLoader(), new Class<?>[] {SSLSession.class},
            (proxy, method, arguments) -> {
                if (method.getName().equals("getApplicationBufferSize")) {
                    return LOOK;
                }
                throw new UnsupportedOperationException(method.getName());
            });

    /** Whether the owner's reads find the end. Written before the race. */
    boolean ended;
    /** Reads by a thread that believes the connection to be its own. Written by those threads, read after the race. */
    int ownersReads;

    @Override
    public SSLEngineResult unwrap(ByteBuffer source, ByteBuffer[] targets, int offset, int length) {
        Scene.pause();
        if (targets[offset].capacity() == LOOK) {
            return result(Status.BUFFER_UNDERFLOW);
        }
        ownersReads++;
        return result(ended ? Status.CLOSED : Status.BUFFER_UNDERFLOW);
    }

    @Override
    public SSLEngineResult wrap(ByteBuffer[] sources, int offset, int length, ByteBuffer target) {
        return result(Status.OK);
    }

    private static SSLEngineResult result(Status status) {
        return new SSLEngineResult(status, HandshakeStatus.NOT_HANDSHAKING, 0, 0);
    }

    @Override
    public HandshakeStatus getHandshakeStatus() {
        return HandshakeStatus.NOT_HANDSHAKING;
    }

    @Override
    public String getApplicationProtocol() {
        return "http/1.1";
    }

    @Override
    public SSLSession getSession() {
        return SESSION;
    }

    @Override
    public SSLParameters getSSLParameters() {
        return new SSLParameters();
    }

    @Override
    public void setSSLParameters(SSLParameters parameters) {
        // nothing depends on them
    }

    @Override
    public void beginHandshake() {
        // and that was it
    }

    @Override
    public Runnable getDelegatedTask() {
        return null;
    }

    @Override
    public void closeInbound() {
        // nothing is open
    }

    @Override
    public boolean isInboundDone() {
        return ended;
    }

    @Override
    public void closeOutbound() {
        // nothing is open
    }

    @Override
    public boolean isOutboundDone() {
        return false;
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return NONE;
    }

    @Override
    public String[] getEnabledCipherSuites() {
        return NONE;
    }

    @Override
    public void setEnabledCipherSuites(String[] suites) {
        // there are none
    }

    @Override
    public String[] getSupportedProtocols() {
        return NONE;
    }

    @Override
    public String[] getEnabledProtocols() {
        return NONE;
    }

    @Override
    public void setEnabledProtocols(String[] protocols) {
        // there are none
    }

    @Override
    public void setUseClientMode(boolean mode) {
        // it is one
    }

    @Override
    public boolean getUseClientMode() {
        return true;
    }

    @Override
    public void setNeedClientAuth(boolean need) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean getNeedClientAuth() {
        return false;
    }

    @Override
    public void setWantClientAuth(boolean want) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean getWantClientAuth() {
        return false;
    }

    @Override
    public void setEnableSessionCreation(boolean flag) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean getEnableSessionCreation() {
        return true;
    }
}
