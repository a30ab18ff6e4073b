// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longwatch.dashboards.local.FileCoverage;
import dev.longwatch.dashboards.local.JobReport;
import dev.longwatch.dashboards.local.WatchPlan;
import dev.longwatch.indexer.event.Box;
import dev.longwatch.indexer.event.MarkedEvents;
import dev.longwatch.indexer.event.TimeSpan;
import dev.longwatch.indexer.event.VideoEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScreenTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void anEventIsItsSpanItsRuleAndItsConfidence() {
        screen(false, false).event(event(VideoEvent.State.CLOSED), false);

        assertThat(out.toString(UTF_8)).isEqualTo("01:01:03.5–01:01:09.0  a car enters  0.93\n");
    }

    @Test
    void amongSeveralFilesAnEventNamesItsFile() {
        screen(false, false).event(event(VideoEvent.State.OPEN), true);

        assertThat(out.toString(UTF_8))
                .isEqualTo("01:01:03.5–01:01:09.0  a car enters  0.93  yard.mp4  (still open)\n");
    }

    @Test
    void jsonResultsAreOneObjectALine() {
        Screen screen = screen(true, false);
        screen.event(event(VideoEvent.State.CLOSED), true);
        screen.notBegun(List.of("yard.mp4"));
        screen.say("for people");

        assertThat(out.toString(UTF_8).lines())
                .hasSize(2)
                .allMatch(line -> line.startsWith("{\"type\":\"") && line.endsWith("}"))
                .anyMatch(line -> line.contains("\"start\":\"01:01:03.5\"") && line.contains("\"start_ms\":3663500"));
    }

    @Test
    void aFileSaysWhatWasWatchedAndWhatWasNot() {
        FileCoverage file = new FileCoverage(WatchPlan.WHOLE);
        file.add(
                new JobReport.Clip("yard.mp4", 0, new TimeSpan(0, 16_000), 40_000, 0, false, 16_000, "", List.of(), 0));
        file.add(new JobReport.Clip(
                "yard.mp4", 1, new TimeSpan(14_000, 30_000), 40_000, 0, true, 14_000, "it is cut", List.of(), 0));
        screen(false, false).file("yard.mp4", file, 1, 12.34);

        assertThat(out.toString(UTF_8))
                .isEqualTo("yard.mp4: watched 00:00:16 of 00:00:30, 1 event, 12.3x real time; it is cut\n");
    }

    @Test
    void onATerminalTheProgressLineMakesWayForResults() {
        Screen screen = screen(false, true);
        screen.progress("half way");
        screen.say("found");
        screen.clear();

        assertThat(err.toString(UTF_8)).isEqualTo("half way\r\033[Khalf way\r\033[K");
        assertThat(out.toString(UTF_8)).isEqualTo("found\n");
    }

    @Test
    void inAPipeThereIsNoProgressLine() {
        screen(false, false).progress("half way");

        assertThat(err.toString(UTF_8)).isEmpty();
    }

    @Test
    void theJsonOfAnEventHasItsBoxes() throws IOException {
        VideoEvent event = event(VideoEvent.State.CLOSED);
        VideoEvent outlined = MarkedEvents.outlined(event, new Box(3_664_000, "a car", 0.125, 0.25, 0.5, 1));
        screen(true, false).event(outlined, false);

        assertThat(new ObjectMapper().readTree(out.toString(UTF_8)).path("boxes"))
                .hasToString("[{\"at_ms\":3664000,\"label\":\"a car\",\"left\":0.125,\"top\":0.25,\"right\":0.5,"
                        + "\"bottom\":1.0}]");
    }

    private Screen screen(boolean json, boolean terminal) {
        return new Screen(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), json, terminal);
    }

    private static VideoEvent event(VideoEvent.State state) {
        return new VideoEvent(
                "1",
                1,
                "yard.mp4",
                "/yard.mp4",
                "a car enters",
                "a car enters",
                new TimeSpan(3_663_500, 3_669_050),
                0,
                0.931,
                state,
                "nano-0",
                2,
                "2 a second");
    }
}
