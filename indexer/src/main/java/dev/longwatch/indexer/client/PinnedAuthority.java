// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.client;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.HexFormat;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * Trusts what one authority has signed, which is known by its fingerprint, and only while it is valid: the client's own
 * takes a certificate that is itself the authority even when it has expired.
 */
final class PinnedAuthority implements X509TrustManager {

    private final byte[] fingerprint;

    private PinnedAuthority(byte[] fingerprint) {
        this.fingerprint = fingerprint;
    }

    /** @param fingerprint SHA-256 in hexadecimal, with colons or without */
    static SSLContext context(String fingerprint) {
        try {
            byte[] digest = HexFormat.of().parseHex(fingerprint.replace(":", ""));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new PinnedAuthority(digest)}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has TLS", e);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind) throws CertificateException {
        X509Certificate authority = chain[chain.length - 1];
        try {
            if (!Arrays.equals(fingerprint, MessageDigest.getInstance("SHA-256").digest(authority.getEncoded()))) {
                throw new CertificateException("the authority's fingerprint is another than was given");
            }
            for (X509Certificate certificate : chain) {
                certificate.checkValidity();
            }
            signedBy(authority).checkServerTrusted(chain, kind);
        } catch (GeneralSecurityException | IOException e) {
            throw e instanceof CertificateException refusal ? refusal : new CertificateException(e);
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind) throws CertificateException {
        throw new CertificateException("nobody comes to a client");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }

    private static X509TrustManager signedBy(X509Certificate authority) throws GeneralSecurityException, IOException {
        KeyStore only = KeyStore.getInstance(KeyStore.getDefaultType());
        only.load(null, null);
        only.setCertificateEntry("authority", authority);
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(only);
        return (X509TrustManager) factory.getTrustManagers()[0];
    }
}
