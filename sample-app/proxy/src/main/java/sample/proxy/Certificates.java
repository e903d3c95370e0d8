package sample.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** Reads what TLS needs from files. A failure names the file. */
final class Certificates {
    private Certificates() {
    }

    /** What shows the proxy's own certificate. @param keys a PKCS#12 key store */
    static SSLContext own(Path keys, String password) throws IOException {
        try (InputStream in = Files.newInputStream(keys)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, password.toCharArray());
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, password.toCharArray());
            return context(factory.getKeyManagers(), null);
        } catch (IOException | GeneralSecurityException e) {
            throw new IOException("The key store " + keys + " cannot be read: " + e + ".", e);
        }
    }

    /** What checks the certificates of others. @param authorities whom to trust, as PEM or DER; null for those that the JDK trusts */
    static SSLContext others(Path authorities) throws IOException {
        if (authorities == null) {
            try {
                return context(null, null);
            } catch (GeneralSecurityException e) {
                throw new IOException("The JDK's own trust store cannot be read: " + e + ".", e);
            }
        }
        try (InputStream in = Files.newInputStream(authorities)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (Certificate authority : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("authority-" + store.size(), authority);
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return context(null, factory.getTrustManagers());
        } catch (IOException | GeneralSecurityException e) {
            throw new IOException("The certificates " + authorities + " cannot be read: " + e + ".", e);
        }
    }

    private static SSLContext context(KeyManager[] own, TrustManager[] others) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own, others, null);
        return context;
    }
}
