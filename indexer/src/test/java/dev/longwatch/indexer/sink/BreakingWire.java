// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.sink;

import dev.longwatch.indexer.client.ElasticsearchAddress;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A wire to the real server that breaks: a connection passes bytes both ways until so many have gone one way, then both ends
 * get a reset in the middle of what they were saying.
 */
final class BreakingWire implements AutoCloseable {

    private final ServerSocket listening;
    private final URI real;
    private final Limits limits;
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger broken = new AtomicInteger();

    /** How much a connection bears. */
    interface Limits {

        /**
         * @param connection its ordinal, from 0
         * @return how many bytes towards the server, and how many back, before it breaks
         */
        long[] of(int connection);
    }

    BreakingWire(ElasticsearchAddress real, Limits limits) throws IOException {
        this.real = URI.create(real.url());
        this.limits = limits;
        listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start("accept", this::accept);
    }

    ElasticsearchAddress address() {
        return ElasticsearchAddress.of("http://127.0.0.1:" + listening.getLocalPort());
    }

    /** How many connections have broken. */
    int broken() {
        return broken.get();
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }

    private void accept() {
        try {
            while (true) {
                Socket near = listening.accept();
                Socket far = new Socket(real.getHost(), real.getPort());
                long[] bears = limits.of(connections.getAndIncrement());
                start("to server", () -> pass(near, far, bears[0]));
                start("from server", () -> pass(far, near, bears[1]));
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private void pass(Socket from, Socket to, long limit) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] bytes = new byte[8_192];
            long left = limit;
            for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                out.write(bytes, 0, (int) Math.min(read, left));
                left -= read;
                if (left <= 0) {
                    broken.incrementAndGet();
                    reset(from);
                    reset(to);
                    return;
                }
            }
            to.shutdownOutput();
        } catch (IOException gone) {
            // the other direction has ended it
        }
    }

    /** Without lingering, closing is a reset. */
    private static void reset(Socket socket) throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    private static void start(String name, Runnable work) {
        Thread thread = new Thread(work, "wire " + name);
        thread.setDaemon(true);
        thread.start();
    }
}
