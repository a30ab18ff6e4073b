// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.eval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class EvalTableTest {

    @Test
    void everyFigureStandsWithItsIntervalAndWhatItRestsOn() {
        List<String> lines = EvalTable.of(Results.whole());

        assertThat(lines)
                .contains("Every video was asked about as one clip")
                .anyMatch(line -> line.matches("mean IoU +0\\.811 +0\\.794 – 0\\.827 +620 queries that happen"))
                .anyMatch(line -> line.matches("R1@0\\.7 +80\\.3 % +77\\.2 % – 83\\.5 % .*"))
                .anyMatch(line -> line.matches("boundary error, median +0\\.23 s +.*"))
                .anyMatch(line -> line.matches("false alarms +2\\.9 % +.* 580 that do not"))
                .anyMatch(line -> line.matches("calibration error +0\\.008 .*"))
                .anyMatch(line -> line.matches("3200 s of video in 80 s: 40\\.0x real time"));
        assertThat(lines).allMatch(line -> line.length() <= 100);
    }

    @Test
    void theWorstRulesAreNamedThatWereAskedOftenEnoughToTell() {
        List<String> lines = EvalTable.of(Results.whole());

        assertThat(lines)
                .filteredOn(line -> line.startsWith("  a "))
                .satisfiesExactly(line -> assertThat(line).startsWith("  a bear leaves"), line -> assertThat(line)
                        .startsWith("  a dog enters"));
    }

    @Test
    void whatWasLeftOutIsSaid() {
        List<String> lines = EvalTable.of(Results.stopped());

        assertThat(lines)
                .contains("stopped: 1 of 9 videos were measured")
                .anyMatch(line -> line.matches(" +2 {2}queries refused, .*"))
                .anyMatch(line -> line.endsWith("l.jsonl:3: gone.mp4 does not exist"))
                .noneMatch(line -> line.contains("calibration"));
    }
}
