// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.longwatch.jobs.sample.FixedRate;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * CPU seconds of two pictures a second out of two minutes of ordinary video, against the ffmpeg program on this machine, in
 * turns. Both are whole processes, so the figures hold the start of a JVM too.
 */
@Tag("bench")
class DecodeBench {

    private static final int ROUNDS = 5;
    private static final int SECONDS = 120;
    private static final PictureFit FIT = (width, height) -> new PictureFit.PictureSize(448, 252);

    @Test
    void decodesAndSamplesWithLessCpuThanFfmpeg() throws Exception {
        assumeTrue(hasFfmpeg(), "ffmpeg makes the video and is what we compare with: apt-get install ffmpeg");
        Path video = video();
        List<Double> ours = new ArrayList<>();
        List<Double> theirs = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        String said = "";
        for (int round = 0; round < ROUNDS; round++) {
            double before = childCpuSeconds();
            said = run(java(video));
            double between = childCpuSeconds();
            run(List.of(
                    "ffmpeg",
                    "-v",
                    "error",
                    "-nostdin",
                    "-i",
                    video.toString(),
                    "-vf",
                    "fps=2,scale=448:252",
                    "-f",
                    "rawvideo",
                    "-y",
                    "/dev/null"));
            double after = childCpuSeconds();
            ours.add(between - before);
            theirs.add(after - between);
            ratios.add((between - before) / (after - between));
        }
        System.out.printf(
                Locale.ROOT,
                "%n%d s of 1280x720 at 25 fps, H.264 with B-frames, GOP 50, %.1f MB; 2 pictures a second at 448x252%n"
                        + "CPU seconds, %d rounds in turns   min    median  max%n"
                        + "longwatch (a JVM, 1 thread)     %s%n"
                        + "ffmpeg -vf fps=2,scale          %s%n"
                        + "ratio                           %s%n"
                        + "last run said: %s%n%n",
                SECONDS,
                Files.size(video) / 1e6,
                ROUNDS,
                spread(ours),
                spread(theirs),
                spread(ratios),
                said.strip());

        assertThat(said).startsWith(2 * SECONDS + " pictures");
        assertThat(median(ratios)).as("CPU of ours to ffmpeg's").isLessThanOrEqualTo(0.95);
    }

    /** What the child process does. */
    public static void main(String[] arguments) throws VideoException {
        FixedRate rate = new FixedRate(2, 0);
        CRC32 pixels = new CRC32();
        int pictures = 0;
        try (PictureReader reader = PictureReader.open(arguments[0], FIT, rate, 0)) {
            for (DecodedFrame frame = reader.next(); frame != null; frame = reader.next()) {
                pixels.update(frame.rgb());
                pictures++;
            }
        }
        double threadSeconds = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e9;
        System.out.printf(
                Locale.ROOT,
                "%d pictures, checksum %08x, %.2f CPU seconds on the decoding thread%n",
                pictures,
                pixels.getValue(),
                threadSeconds);
    }

    private static List<String> java(Path video) {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath,
                DecodeBench.class.getName(),
                video.toString());
    }

    /** Moving shapes with a little noise, as a camera has. */
    private static Path video() throws Exception {
        Path video = Path.of("target", "bench", "ordinary.mp4").toAbsolutePath();
        if (!Files.exists(video)) {
            Files.createDirectories(video.getParent());
            Path making = video.resolveSibling("making.mp4");
            run(List.of(
                    "ffmpeg",
                    "-v",
                    "error",
                    "-nostdin",
                    "-y",
                    "-f",
                    "lavfi",
                    "-i",
                    "testsrc2=s=1280x720:r=25:d=" + SECONDS + ",noise=alls=6:allf=t,format=yuv420p",
                    "-c:v",
                    "libx264",
                    "-preset",
                    "medium",
                    "-crf",
                    "26",
                    "-g",
                    "50",
                    "-bf",
                    "3",
                    making.toString()));
            Files.move(making, video);
        }
        return video;
    }

    private static boolean hasFfmpeg() throws InterruptedException {
        try {
            return new ProcessBuilder("ffmpeg", "-version")
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(command.get(0)).isZero();
        // logging may talk before the program does
        return said.substring(said.stripTrailing().lastIndexOf('\n') + 1);
    }

    /** CPU time of all children that ended, from Linux's books: hundredths of a second. */
    private static double childCpuSeconds() throws IOException {
        String stat = Files.readString(Path.of("/proc/self/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[13]) + Long.parseLong(fields[14])) / 100.0;
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private static String spread(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return String.format(
                Locale.ROOT, "%6.2f  %6.2f  %6.2f", sorted.get(0), median(values), sorted.get(sorted.size() - 1));
    }
}
