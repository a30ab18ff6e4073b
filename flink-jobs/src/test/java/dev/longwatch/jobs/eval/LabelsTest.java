// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longwatch.indexer.event.TimeSpan;
import dev.longwatch.jobs.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelsTest {

    @TempDir
    Path folder;

    @Test
    void jsonLinesNameVideosBesideThem() throws IOException {
        Labels labels = read(
                "labels.jsonl",
                "{\"video\": \"in/a.mp4\", \"query\": \"a dog\", \"spans\": [[8, 9.5], [3.52, 4]], \"group\": \"enters\"}",
                "",
                "{\"video\": \"b.mp4\", \"query\": \" a cat \", \"spans\": [], \"rule\": \"is there\", \"note\": 1}",
                "{\"video\": \"b.mp4\", \"events\": [{\"start\": 0, \"end\": 1, \"text\": \"A dog.\"}]}");

        assertThat(labels.format()).isEqualTo(LabelFormat.JSONL);
        Label dog = labels.list().get(0);
        assertThat(dog.place()).isEqualTo("labels.jsonl:1");
        assertThat(dog.path()).isEqualTo(folder.resolve("in/a.mp4"));
        assertThat(dog.spans()).containsExactly(new TimeSpan(3_520, 4_000), new TimeSpan(8_000, 9_500));
        assertThat(dog.group()).isEqualTo("enters");
        Label cat = labels.list().get(1);
        assertThat(cat.place()).isEqualTo("labels.jsonl:3");
        assertThat(cat.query()).isEqualTo("a cat");
        assertThat(cat.present()).isFalse();
        assertThat(cat.group()).isEqualTo("is there");
        assertThat(labels.list().get(2).dense()).isTrue();
        assertThat(labels.list().get(2).events()).containsExactly(new Caption(new TimeSpan(0, 1_000), "A dog."));
        assertThat(labels.byVideo().keySet()).containsExactly(folder.resolve("in/a.mp4"), folder.resolve("b.mp4"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"video\": \"a\" | expected a JSON object, found what is no JSON",
                "{\"query\": \"x\", \"spans\": []} | expected words in \"video\", found nothing",
                "{\"video\": \"a\", \"spans\": []} | expected words in \"query\", found nothing",
                "{\"video\": \"a\", \"query\": \" \", \"spans\": []} | expected words in \"query\", found \" \"",
                "{\"video\": \"a\", \"query\": \"x\", \"span\": [[1, 2]]} | expected \"spans\": [[start, end], …]",
                "{\"video\": \"a\", \"query\": \"x\", \"spans\": [1, 2]} | expected a span [start, end], found 1",
                "{\"video\": \"a\", \"query\": \"x\", \"spans\": [[2, 1]]} | 0 <= start < end, found 2.0 to 1.0",
                "{\"video\": \"a\", \"query\": \"x\", \"spans\": [[-1, 1]]} | 0 <= start < end, found -1.0 to 1.0",
                "{\"video\": \"a\", \"query\": \"x\", \"spans\": [[\"1\", 2]]} | expected a number of seconds, found \"1\"",
                "{\"video\": \"a\", \"query\": \"x\", \"spans\": [], \"events\": []} | found both",
                "{\"video\": \"a\", \"events\": [{\"start\": 1, \"end\": 2}]} | expected an event with",
            })
    void aBadLineIsNamedWithWhatWasExpected(String line, String complaint) {
        String good = "{\"video\": \"a\", \"query\": \"x\", \"spans\": []}";
        assertThatThrownBy(() -> read("labels.jsonl", good, line))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("labels.jsonl:2: ")
                .hasMessageContaining(complaint.strip());
    }

    @Test
    void charadesNamesVideosWithoutTheirEnding() throws IOException {
        Files.createFile(folder.resolve("3MSZA.mkv"));
        Labels labels = read(
                "charades_sta_test.txt",
                "3MSZA 24.3 30.4##person turn a light on.",
                "AO8RW 0.0 6.9##a person is putting a book on a shelf.",
                "AO8RW 5.0 5.0##a line that the published list holds and nobody can meet.");

        assertThat(labels.format()).isEqualTo(LabelFormat.CHARADES);
        assertThat(labels.list()).hasSize(2);
        assertThat(labels.list().get(0).path()).isEqualTo(folder.resolve("3MSZA.mkv"));
        assertThat(labels.list().get(0).query()).isEqualTo("person turn a light on.");
        assertThat(labels.list().get(0).spans()).containsExactly(new TimeSpan(24_300, 30_400));
        assertThat(labels.list().get(1).path()).isEqualTo(folder.resolve("AO8RW.mp4"));
        assertThat(labels.problems())
                .containsExactly("charades_sta_test.txt:3: left out: expected 0 <= start < end, found 5.0 to 5.0");
        assertThatThrownBy(() -> read("c.txt", "3MSZA 1 2##a.", "3MSZA 1##b."))
                .hasMessage("c.txt:2: expected 'VIDEO start end##sentence.', found '3MSZA 1##b.'");
    }

    @Test
    void timeLensPairsSpansWithQueries() throws IOException {
        Labels labels = read(
                "charades-timelens.json",
                "{\"3MSZA\": {\"duration\": 30.96, \"spans\": [[24.3, 30.4], [0.0, 2.5]],",
                "  \"queries\": [\"A  person turns a light on.\", \"Somebody sits\"]}}");

        assertThat(labels.format()).isEqualTo(LabelFormat.TIMELENS);
        assertThat(labels.list())
                .extracting(Label::query)
                .containsExactly("A person turns a light on", "Somebody sits");
        assertThat(labels.list().get(1).spans()).containsExactly(new TimeSpan(0, 2_500));
        assertThat(labels.list().get(1).place()).isEqualTo("charades-timelens.json: video '3MSZA', query 2");
        assertThatThrownBy(() -> read("t.json", "{\"a\": {\"spans\": [[1, 2]], \"queries\": []}}"))
                .hasMessage(
                        "t.json: video 'a': expected as many \"spans\" as \"queries\", found 1 spans and 0 queries");
        assertThatThrownBy(() -> read("t.json", "{\"a\": {\"spans\": [[3, 2]], \"queries\": [\"x\"]}}"))
                .hasMessage(
                        "t.json: video 'a', query 1: expected a span of seconds, 0 <= start < end, found 3.0 to 2.0");
    }

    @Test
    void aFormatThatIsNoneIsSaid() throws IOException {
        assertThatThrownBy(() -> read("l.csv", "video,start,end"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("found 'video,start,end'");
        assertThatThrownBy(() -> read("l.txt", "", " ")).hasMessageContaining("found an empty file");
        Path file = Files.writeString(folder.resolve("x.jsonl"), "{}");
        assertThatThrownBy(() -> Labels.read(file, "coco", ""))
                .hasMessage("expected a format among jsonl, charades, timelens, found 'coco'");
        assertThatThrownBy(() -> Labels.read(folder.resolve("none.jsonl"), "", ""))
                .hasMessageContaining("none.jsonl does not exist");
        assertThatThrownBy(() -> Labels.read(file, "", "nowhere")).hasMessageContaining("no such directory of videos");
    }

    private Labels read(String name, String... lines) throws IOException {
        return Labels.read(Files.write(folder.resolve(name), List.of(lines)), "", "");
    }
}
