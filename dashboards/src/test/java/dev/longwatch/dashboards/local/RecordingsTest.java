// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longwatch.indexer.event.TimeSpan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingsTest {

    @TempDir
    private Path root;

    @Test
    void streamsAreCalledAsPeopleCalledThem() throws IOException {
        page("yard", "2026-11-24T12", "");
        page("Hof=20=c3=bc.=2f", "2026-11-24T12", "");
        Files.createDirectory(root.resolve("no recording"));

        assertThat(new Recordings(root).streams()).containsExactlyInAnyOrder("yard", "Hof ü./");
        assertThat(new Recordings(root.resolve("none")).streams()).isEmpty();
    }

    @Test
    void aStreamWasRecordedFromItsFirstEntryToItsLastWholeOne() throws IOException {
        page("yard", "2026-11-24T11", "");
        page("yard", "2026-11-24T12", line(1_000, 5_000) + line(5_000, 9_000));
        page("yard", "2026-11-24T13", line(9_000, 13_000) + line(13_000, 17_000) + "{\"type\":\"segm");

        assertThat(new Recordings(root).of("yard")).hasValue(new TimeSpan(1_000, 17_000));
        assertThat(new Recordings(root).of("gate")).isEmpty();
    }

    @Test
    void aStreamOfWhichNothingWasRecordedYetHasNoSpan() throws IOException {
        page("yard", "2026-11-24T11", "");

        assertThat(new Recordings(root).of("yard")).isEmpty();
    }

    private static String line(long startMillis, long endMillis) {
        return "{\"type\":\"segment\",\"startMillis\":" + startMillis + ",\"endMillis\":" + endMillis + "}\n";
    }

    private void page(String folder, String hour, String lines) throws IOException {
        Path index = Files.createDirectories(root.resolve(folder).resolve("index"));
        Files.writeString(index.resolve(hour + ".jsonl"), lines);
    }
}
