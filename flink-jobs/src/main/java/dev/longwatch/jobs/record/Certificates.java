// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.record;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * Why FFmpeg does not believe who answers: it says no more than that the connection broke. Whom it talks to is decided by
 * FFmpeg alone; this asks again only to tell a person.
 */
final class Certificates {

    private static final int PATIENCE_MILLIS = 3_000;

    private Certificates() {}

    /** The certificates in a PEM file; none when there are none, or it cannot be read. */
    static Collection<? extends Certificate> in(String file) {
        try (InputStream pem = Files.newInputStream(Path.of(file))) {
            return CertificateFactory.getInstance("X.509").generateCertificates(pem);
        } catch (IOException | CertificateException e) {
            return List.of();
        }
    }

    /**
     * Shakes hands.
     *
     * @param file the certificates to believe, PEM
     * @return what is wrong with the certificate that is shown, a part of a sentence; empty when nothing is, or none is shown
     */
    static String flaw(String host, int port, String file) {
        try (SSLSocket socket = (SSLSocket) believing(file).getSocketFactory().createSocket()) {
            SSLParameters asked = socket.getSSLParameters();
            // as FFmpeg does, which compares names and no numbers
            asked.setEndpointIdentificationAlgorithm(isNumeric(host) ? null : "HTTPS");
            socket.setSSLParameters(asked);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.connect(new InetSocketAddress(host, port), PATIENCE_MILLIS);
            socket.startHandshake();
            return "";
        } catch (SSLException e) {
            return e.getCause() instanceof CertificateException refused ? said(refused) : "";
        } catch (IOException | GeneralSecurityException e) {
            return "";
        }
    }

    static boolean isNumeric(String host) {
        return host.startsWith("[") || host.matches("[0-9.]+");
    }

    private static String said(CertificateException refused) {
        String message = String.valueOf(refused.getMessage());
        return message.contains("PKIX") ? "it is not signed by anybody whom this machine believes" : message;
    }

    private static SSLContext believing(String file) throws IOException, GeneralSecurityException {
        KeyStore believed = KeyStore.getInstance(KeyStore.getDefaultType());
        believed.load(null, null);
        for (Certificate each : in(file)) {
            believed.setCertificateEntry(Integer.toString(believed.size()), each);
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(believed);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
