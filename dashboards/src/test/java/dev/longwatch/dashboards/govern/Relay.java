// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.govern;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Stands before a server, and can let it seem gone. */
final class Relay implements AutoCloseable {

    private final URI server;
    private final int port;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private ServerSocket door;

    Relay(String url) throws IOException {
        server = URI.create(url);
        door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        port = door.getLocalPort();
        accept(door);
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    /** Nobody answers any more. */
    void cut() throws IOException {
        door.close();
        for (Socket socket : open) {
            socket.close();
        }
    }

    void mend() throws IOException {
        door = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        accept(door);
    }

    private void accept(ServerSocket at) {
        start(() -> {
            while (true) {
                Socket client = at.accept();
                Socket real = new Socket(server.getHost(), server.getPort());
                open.add(client);
                open.add(real);
                start(() -> client.getInputStream().transferTo(real.getOutputStream()));
                start(() -> real.getInputStream().transferTo(client.getOutputStream()));
            }
        });
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void start(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                // cut
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        cut();
    }
}
