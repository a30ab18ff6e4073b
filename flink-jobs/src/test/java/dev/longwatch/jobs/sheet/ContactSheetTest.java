// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.sheet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longwatch.jobs.ConfigException;
import dev.longwatch.jobs.decode.VideoException;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class ContactSheetTest {

    private static final String VIDEO =
            Path.of("target/test-classes/videos/b-frames.mp4").toAbsolutePath().toString();

    @Test
    void stillsAreTakenAtTheirInstantsInOnePass() throws Exception {
        Map<Long, byte[]> stills = Stills.of(VIDEO, new TreeSet<>(List.of(500L, 501L, 12_000L, 3_600_000L)));

        assertThat(stills).containsOnlyKeys(500L, 501L, 12_000L);
        assertThat(stills.get(500L)).isNotEqualTo(stills.get(12_000L));
        assertThat(ImageIO.read(new ByteArrayInputStream(stills.get(500L))).getHeight())
                .isEqualTo(180);
    }

    @Test
    void wordsNeverBecomeMarkup() throws Exception {
        String html = ContactSheet.html(sheet(List.of(new SheetConfig.Moment(1_000, 3_000, "<b>{note}</b>", 0.9))));

        assertThat(html)
                .contains("&lt;b&gt;&#123;note}&lt;/b&gt;", "00:00:01.0 – 00:00:03.0", "90 %", "a &amp; b")
                .doesNotContain("<b>");
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
        SheetConfig gone =
                new SheetConfig("t", "n", "/gone.mp4", List.of(new SheetConfig.Moment(0, 1, "x", 1)), "/out.html");

        assertThatThrownBy(() -> ContactSheet.html(gone))
                .isInstanceOf(VideoException.class)
                .hasMessage("/gone.mp4 does not exist");
        assertThatThrownBy(() -> SheetConfig.parse("{}"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("title");
    }

    private static SheetConfig sheet(List<SheetConfig.Moment> moments) {
        return new SheetConfig("a & b", "note", VIDEO, moments, "/out.html");
    }
}
