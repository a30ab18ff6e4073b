// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.sheet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longwatch.jobs.ConfigException;
import dev.longwatch.jobs.decode.VideoException;
import dev.longwatch.jobs.record.Recordings;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContactSheetTest {

    private static final String VIDEO =
            Path.of("target/test-classes/videos/b-frames.mp4").toAbsolutePath().toString();

    @Test
    void wordsNeverBecomeMarkup() throws Exception {
        String html = ContactSheet.html(sheet(List.of(new SheetConfig.Moment(1_000, 3_000, "<b>{note}</b>", 0.9))));

        assertThat(html)
                .contains("&lt;b&gt;&#123;note}&lt;/b&gt;", "00:00:01.0 – 00:00:03.0", "90 %", "a &amp; b")
                .doesNotContain("<b>");
        assertThat(html.split("data:image/jpeg", -1)).hasSize(4);
    }

    @Test
    void howSureTheModelWasIsDrawnWithTheThreshold() throws Exception {
        String html = ContactSheet.html(sheet(List.of()));

        assertThat(html).contains("2 of 5 clips reach the threshold of 0.5.", "<line x1=\"300.0\" x2=\"300.0\"");
        assertThat(html.split("<rect", -1)).as("0 to 0.05, 0.3 and 0.95 to 1").hasSize(4);
        assertThat(html).contains(">2</text>", ">1</text>");
        assertThat(Histogram.of(List.of(), 0.5)).isEmpty();
    }

    @Test
    void aSheetOfARecordingIsDatedAndHasItsPictures(@TempDir Path root) throws Exception {
        long t = 1_793_491_196_000L;
        new Recordings(root, "yard").segment(Path.of(VIDEO), t, 40_000);
        String html = ContactSheet.html(new SheetConfig(
                "t",
                "n",
                "yard",
                "recording:" + root,
                List.of(new SheetConfig.Moment(t + 1_000, t + 3_000, "a square", 0.9)),
                List.of(),
                0.5,
                "/out.html"));

        assertThat(html).contains("<h2>2026-10-31T23:59:57Z – 2026-10-31T23:59:59Z");
        assertThat(html.split("data:image/jpeg", -1)).hasSize(4);
    }

    @Test
    void nothingFoundIsSaidAndTooMuchIsCounted() throws Exception {
        assertThat(ContactSheet.html(sheet(List.of()))).contains("Nothing was found.");
        assertThat(ContactSheet.html(
                        sheet(Collections.nCopies(201, new SheetConfig.Moment(1_000, 3_000, "a square", 0.9)))))
                .contains("The first 200 of 201.");
    }

    @Test
    void aVideoThatIsNotThereAndAConfigurationThatIsNoneAreNamed() {
        SheetConfig gone = new SheetConfig(
                "t",
                "n",
                "gone",
                "/gone.mp4",
                List.of(new SheetConfig.Moment(0, 1, "x", 1)),
                List.of(),
                0.5,
                "/out.html");

        assertThatThrownBy(() -> ContactSheet.html(gone))
                .isInstanceOf(VideoException.class)
                .hasMessage("/gone.mp4 does not exist");
        assertThatThrownBy(() -> SheetConfig.parse("{}"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("title");
    }

    private static SheetConfig sheet(List<SheetConfig.Moment> moments) {
        return new SheetConfig(
                "a & b", "note", "b-frames.mp4", VIDEO, moments, List.of(0.01, 0.02, 0.3, 0.97, 1.0), 0.5, "/out.html");
    }
}
