// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MediaWorkerTest {

    private static final Duration LONG = Duration.ofMinutes(5);

    @TempDir
    private Path folder;

    private int started;

    /** Answers with its own number, or does as it is told. */
    public static final class Parrot {

        public static void main(String[] arguments) throws IOException, InterruptedException {
            BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = input.readLine(); line != null; line = input.readLine()) {
                if (line.contains("die")) {
                    System.exit(3);
                }
                if (line.contains("hang")) {
                    Thread.sleep(LONG.toMillis());
                }
                System.out.println("a native library says something");
                System.out.println(
                        "{\"type\":\"made\",\"pid\":" + ProcessHandle.current().pid() + "}");
            }
        }
    }

    @Test
    void oneProcessAnswersOneAfterTheOther() throws Exception {
        long pid;
        try (MediaWorker worker = worker(LONG, LONG)) {
            pid = pid(worker);
            assertThat(pid(worker)).isEqualTo(pid);
        }
        assertThat(ProcessHandle.of(pid)).isEmpty();
    }

    @Test
    void oneThatDiesIsSaidAndTheNextRequestHasANewOne() throws Exception {
        try (MediaWorker worker = worker(LONG, LONG)) {
            long first = pid(worker);
            assertThatExceptionOfType(MediaWorker.NotMade.class)
                    .isThrownBy(() -> worker.ask("{\"do\":\"die\"}"))
                    .withMessageContaining("died");
            assertThat(pid(worker)).isNotEqualTo(first);
        }
    }

    @Test
    void oneThatIsTooSlowIsEnded() throws Exception {
        try (MediaWorker worker = worker(Duration.ofSeconds(20), LONG)) {
            long first = pid(worker);
            assertThatExceptionOfType(MediaWorker.NotMade.class)
                    .isThrownBy(() -> worker.ask("{\"do\":\"hang\"}"))
                    .withMessageContaining("20 s");
            await().atMost(LONG).until(() -> ProcessHandle.of(first).isEmpty());
            assertThat(pid(worker)).isNotEqualTo(first);
        }
    }

    @Test
    void oneThatIsNotNeededIsStopped() throws Exception {
        try (MediaWorker worker = worker(LONG, Duration.ofMillis(100))) {
            long first = pid(worker);
            await().atMost(LONG).until(() -> ProcessHandle.of(first).isEmpty());
            pid(worker);
            assertThat(started).isEqualTo(2);
        }
    }

    private static long pid(MediaWorker worker) throws Exception {
        return worker.ask("{}").path("pid").asLong();
    }

    private MediaWorker worker(Duration limit, Duration idle) {
        return new MediaWorker(
                request -> {
                    started++;
                    return JobProcess.start(
                            System.getProperty("java.class.path"),
                            Parrot.class.getName(),
                            "-Xmx32m",
                            request,
                            folder.resolve("log"));
                },
                limit,
                idle);
    }
}
