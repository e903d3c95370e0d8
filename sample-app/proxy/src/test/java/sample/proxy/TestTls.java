package sample.proxy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;

/** A certificate for this machine's loopback address, made once for the run by the JDK's own tool and trusted by nobody else. */
final class TestTls {
    static final Path KEYS;
    static final Path AUTHORITIES;
    /** Shows the certificate. */
    static final SSLContext OWN;
    /** Trusts it. */
    static final SSLContext TRUSTING;

    static {
        try {
            Path folder = Files.createTempDirectory("test-tls");
            KEYS = folder.resolve("keys.p12");
            AUTHORITIES = folder.resolve("authorities.pem");
            make("ip:127.0.0.1,dns:localhost", KEYS);
            writeCertificate(KEYS, AUTHORITIES);
            OWN = Certificates.own(KEYS, "changeit");
            TRUSTING = Certificates.others(AUTHORITIES);
            KEYS.toFile().deleteOnExit();
            AUTHORITIES.toFile().deleteOnExit();
            folder.toFile().deleteOnExit();
        } catch (Exception e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private TestTls() {
    }

    static TlsSettings both() {
        return new TlsSettings(OWN, TRUSTING);
    }

    static TlsSettings clients() {
        return new TlsSettings(OWN, null);
    }

    static TlsSettings server() {
        return new TlsSettings(null, TRUSTING);
    }

    /** What trusts the certificate in this key store. */
    static void writeCertificate(Path keys, Path file) throws Exception {
        KeyStore store = KeyStore.getInstance(keys.toFile(), "changeit".toCharArray());
        Files.write(file, List.of("-----BEGIN CERTIFICATE-----",
                Base64.getMimeEncoder().encodeToString(store.getCertificate("test").getEncoded()), "-----END CERTIFICATE-----"));
    }

    /** A key store with a new key and a certificate for these names. */
    static void make(String names, Path keys) throws IOException, InterruptedException {
        Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias", "test",
                "-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=test", "-ext", "san=" + names, "-validity", "2", "-storetype", "PKCS12",
                "-keystore", keys.toString(), "-storepass", "changeit").redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes());
        if (keytool.waitFor() != 0) {
            throw new IOException("keytool failed: " + said);
        }
    }
}
