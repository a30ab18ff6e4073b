// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.record;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A certificate that nobody signed but itself, as cameras have one, and what can be done with it. */
final class TestCertificate {

    private static final char[] PASSWORD = "changeit".toCharArray();

    private final Path folder;
    private final KeyStore keys;

    /** @param name such as {@code dns:camera.example} or {@code ip:127.0.0.1} */
    TestCertificate(Path folder, String name) throws Exception {
        this.folder = Files.createDirectories(folder);
        Path store = folder.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "camera",
                        "-keyalg",
                        "RSA",
                        "-dname",
                        "CN=camera",
                        "-ext",
                        "san=" + name,
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (keytool.waitFor() != 0) {
            throw new IOException("keytool cannot make a certificate");
        }
        keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
    }

    /** The certificate alone. */
    Path pem() throws Exception {
        byte[] certificate = keys.getCertificate("camera").getEncoded();
        return Files.writeString(folder.resolve("certificate.pem"), block("CERTIFICATE", certificate));
    }

    /** With its key, for a server. */
    Path pemWithKey() throws Exception {
        byte[] key = keys.getKey("camera", PASSWORD).getEncoded();
        return Files.writeString(folder.resolve("server.pem"), Files.readString(pem()) + block("PRIVATE KEY", key));
    }

    /** A server with this certificate that hands everything on to another one on this machine. */
    Gate gate(int port) throws Exception {
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), null, null);
        return new Gate(
                context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress()), port);
    }

    private static String block(String what, byte[] bytes) {
        return "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes) + "\n-----END " + what + "-----\n";
    }

    static final class Gate implements AutoCloseable {

        private final ServerSocket server;

        Gate(ServerSocket server, int behind) {
            this.server = server;
            daemon(() -> {
                while (!server.isClosed()) {
                    try {
                        Socket outside = server.accept();
                        Socket inside = new Socket(InetAddress.getLoopbackAddress(), behind);
                        daemon(() -> copy(outside, inside));
                        daemon(() -> copy(inside, outside));
                    } catch (IOException e) {
                        // closed, or nobody behind it
                    }
                }
            });
        }

        int port() {
            return server.getLocalPort();
        }

        @Override
        public void close() throws IOException {
            server.close();
        }

        private static void daemon(Runnable work) {
            Thread thread = new Thread(work, "gate");
            thread.setDaemon(true);
            thread.start();
        }

        /** Until one of them hangs up; then both do. */
        private static void copy(Socket from, Socket to) {
            try (from;
                    to;
                    InputStream in = from.getInputStream();
                    OutputStream out = to.getOutputStream()) {
                in.transferTo(out);
            } catch (IOException e) {
                // the other side hung up
            }
        }
    }
}
