// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.record;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.longwatch.jobs.decode.Videos;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.Loader;

/** A real server in a process of its own, on the loopback interface. */
public final class LiveServer implements AutoCloseable {

    /** a server that is forgotten ends by itself */
    private static final String LONGEST_SECONDS = "120";

    private volatile Process process;
    private volatile boolean closed;

    private LiveServer(Process process) {
        this.process = process;
    }

    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** FFmpeg's own program sends a video at its own pace, over and over. */
    static LiveServer sending(String video, String... output) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("-re", "-stream_loop", "-1", "-i", Videos.uri(video)));
        arguments.addAll(List.of("-map", "0:v", "-c", "copy", "-t", LONGEST_SECONDS));
        arguments.addAll(List.of(output));
        return ffmpeg(arguments);
    }

    /** The same, which listens again when its one caller has gone: who was too slow to speak comes a second time. */
    static LiveServer listening(String video, String... output) throws IOException {
        LiveServer server = sending(video, output);
        Thread again = new Thread(() -> server.restartedUntilClosed(video, output), "listening-again");
        again.setDaemon(true);
        again.start();
        return server;
    }

    private void restartedUntilClosed(String video, String... output) {
        try {
            while (!closed) {
                process.waitFor();
                synchronized (this) {
                    if (!closed) {
                        process = sending(video, output).process;
                    }
                }
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** FFmpeg's own program, working in the background. */
    static LiveServer ffmpeg(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Loader.load(org.bytedeco.ffmpeg.ffmpeg.class));
        command.addAll(List.of("-hide_banner", "-loglevel", "error", "-nostdin", "-y"));
        command.addAll(arguments);
        return new LiveServer(started(command));
    }

    /** A camera that speaks RTSP. The test is skipped where the machine has no such server. */
    static LiveServer rtsp(int port, String video, String... login) throws Exception {
        return camera(port, Path.of(Videos.uri(video)), login);
    }

    /** The same over TLS only, with a certificate and its key. */
    static LiveServer secureRtsp(int port, String video, Path pem) throws Exception {
        return camera(port, Path.of(Videos.uri(video)), "--tls", pem.toString());
    }

    /** The same with an MP4 file anywhere; it answers when this returns. */
    public static LiveServer camera(int port, Path video, String... options) throws Exception {
        File python = new File("/usr/bin/python3");
        assumeTrue(
                python.canExecute() && hasRtspServer(python),
                "skipped: needs python3-gi, gir1.2-gst-rtsp-server-1.0"
                        + ", glib-networking and GStreamer's plugins base, good and bad, see .ci/run");
        List<String> command = new ArrayList<>();
        command.add(python.toString());
        command.add(
                Path.of(LiveServer.class.getResource("/record/rtsp_server.py").toURI())
                        .toString());
        command.addAll(List.of(Integer.toString(port), video.toString()));
        command.addAll(List.of(options));
        Process process = started(command);
        if (!"ready".equals(process.inputReader().readLine())) {
            throw new IllegalStateException("the camera does not start, with exit code " + process.waitFor());
        }
        return new LiveServer(process);
    }

    /** Makes a longer MP4 of a test video by playing it again and again. */
    public static Path looped(String video, int seconds, Path to) throws Exception {
        LiveServer made = ffmpeg(List.of(
                "-stream_loop",
                "-1",
                "-i",
                Videos.uri(video),
                "-map",
                "0:v",
                "-c",
                "copy",
                "-t",
                Integer.toString(seconds),
                to.toString()));
        if (made.process.waitFor() != 0) {
            throw new IllegalStateException("FFmpeg cannot make " + to);
        }
        return to;
    }

    /** It holds its connections and answers nothing any more. */
    void freeze() throws Exception {
        signal("STOP");
    }

    void thaw() throws Exception {
        signal("CONT");
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() throws Exception {
        synchronized (this) {
            closed = true;
            process.destroyForcibly();
        }
        process.waitFor(10, TimeUnit.SECONDS);
    }

    private void signal(String name) throws Exception {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    private static boolean hasRtspServer(File python) throws Exception {
        String probe = "import gi; gi.require_version('GstRtspServer', '1.0'); from gi.repository import Gio, Gst;"
                + " Gst.init(None); assert all(map(Gst.ElementFactory.find, ['qtdemux', 'h264parse', 'rtph264pay']));"
                + " assert Gio.TlsBackend.get_default().supports_tls()";
        return new ProcessBuilder(python.toString(), "-c", probe)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }

    private static Process started(List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
