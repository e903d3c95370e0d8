package sample.bench.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate for this machine's loopback address, made by the JDK's own tool, once for the run, and trusted by nobody else. */
final class Certificate {

    private static final String PASSWORD = "changeit";

    private static Path folder;
    private static SSLContext trust;

    private Certificate() {
    }

    /** The key store, PKCS#12; its password is the usual one. */
    static Path keys() throws IOException, InterruptedException {
        return folder().resolve("keys.p12");
    }

    /** The certificate alone, PEM. */
    static Path authorities() throws IOException, InterruptedException {
        return folder().resolve("authorities.pem");
    }

    /** For clients. */
    static synchronized SSLContext trust() throws IOException, InterruptedException {
        if (trust == null) {
            try {
                var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
                KeyStore store = KeyStore.getInstance("PKCS12");
                store.load(null, null);
                store.setCertificateEntry("test", KeyStore.getInstance(keys().toFile(), PASSWORD.toCharArray()).getCertificate("test"));
                factory.init(store);
                trust = SSLContext.getInstance("TLS");
                trust.init(null, factory.getTrustManagers(), null);
            } catch (GeneralSecurityException e) {
                throw new IOException(e);
            }
        }
        return trust;
    }

    private static synchronized Path folder() throws IOException, InterruptedException {
        if (folder == null) {
            Path made = Files.createTempDirectory("certificate");
            Path keys = made.resolve("keys.p12");
            Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin/keytool").toString(), "-genkeypair", "-alias", "test",
                    "-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=test", "-ext", "san=ip:127.0.0.1,dns:localhost", "-validity", "2",
                    "-storetype", "PKCS12", "-keystore", keys.toString(), "-storepass", PASSWORD).redirectErrorStream(true).start();
            String said = new String(keytool.getInputStream().readAllBytes());
            if (keytool.waitFor() != 0) {
                throw new IOException("keytool failed: " + said);
            }
            try {
                byte[] certificate = KeyStore.getInstance(keys.toFile(), PASSWORD.toCharArray()).getCertificate("test").getEncoded();
                Files.write(made.resolve("authorities.pem"), List.of("-----BEGIN CERTIFICATE-----",
                        Base64.getMimeEncoder().encodeToString(certificate), "-----END CERTIFICATE-----"));
            } catch (GeneralSecurityException e) {
                throw new IOException(e);
            }
            keys.toFile().deleteOnExit();
            made.resolve("authorities.pem").toFile().deleteOnExit();
            folder = made;
        }
        return folder;
    }
}
