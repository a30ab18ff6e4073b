// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The command line as a stranger uses it: real processes, the real job, the embedded model, the real Elasticsearch of the
 * test run.
 */
class CommandLineTest {

    private static final Path ROOT = Path.of(System.getProperty("longwatch.root"));
    private static final Path STREET = ROOT.resolve("sample/street.mp4");
    private static final Path SCENES = ROOT.resolve("model-runtime/src/test/resources/scenes");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    @Test
    void theDemoFindsEveryEventItsRulesAskFor() throws Exception {
        Run demo = longwatch("demo");

        assertThat(demo.status()).as(demo.toString()).isZero();
        assertThat(demo.out())
                .filteredOn(line -> line.contains("–"))
                .allMatch(line ->
                        line.matches("\\d\\d:\\d\\d:\\d\\d\\.\\d–\\d\\d:\\d\\d:\\d\\d\\.\\d  .+  [01]\\.\\d\\d"));
        List<String> rules = Files.readAllLines(ROOT.resolve("sample/rules.txt"));
        for (JsonNode event : JSON.readTree(
                        ROOT.resolve("sample/street.events.json").toFile())
                .path("events")) {
            String query = event.path("query").asText();
            if (rules.contains(query)) {
                assertThat(demo.out()).as("found: " + query).anySatisfy(line -> {
                    assertThat(line).contains("  " + query + "  ");
                    assertThat(seconds(line)).isCloseTo(event.path("start").asDouble(), within(1.5));
                });
            }
        }
        assertThat(demo.out()).anyMatch(line -> line.startsWith("  ./longwatch search "));
        assertThat(demo.out().get(demo.out().size() - 1)).isEqualTo("  ./longwatch serve");
    }

    @Test
    void whatWasWatchedIsFoundByItsWords() throws Exception {
        assertThat(longwatch("watch", STREET.toString(), "--rule", "a bus is there", "--label", "road", "--json")
                        .status())
                .isZero();

        Run search = longwatch("search", "bus", "--stream", "street.mp4", "--label", "road", "--json");
        assertThat(search.status()).isZero();
        assertThat(search.out()).isNotEmpty().allSatisfy(line -> {
            JsonNode moment = JSON.readTree(line);
            assertThat(moment.path("text").asText()).contains("bus");
            assertThat(moment.path("jump").asText()).matches(".*street\\.mp4#t=3\\d\\.\\d");
        });
        assertThat(longwatch("search", "bus", "--stream", "street.mp4", "--to", "00:00:20")
                        .out())
                .isEmpty();
        assertThat(longwatch("search", "submarine").err()).anyMatch(line -> line.startsWith("nothing found"));
    }

    @Test
    void everySecondOfAFileIsAccountedFor() throws Exception {
        assertThat(longwatch("watch", STREET.toString(), "--rule", "a bus is there")
                        .status())
                .isZero();

        Run coverage = longwatch("coverage", "street.mp4");
        assertThat(coverage.status()).as(coverage.toString()).isZero();
        assertThat(coverage.out().get(0)).isEqualTo("street.mp4  00:00:00.0 to 00:01:15.0  (00:01:15.0)");
        assertThat(coverage.out()).contains("analysed            00:01:15.0  100.0 %  2 pictures a second");
        Run part = longwatch("coverage", "street.mp4", "--from", "10", "--to", "00:00:20", "--json");
        assertThat(part.out()).singleElement().satisfies(line -> {
            JsonNode sums = JSON.readTree(line);
            assertThat(sums.path("from").asText()).isEqualTo("00:00:10.0");
            assertThat(sums.path("analysed_ms").asLong()).isEqualTo(10_000);
            assertThat(sums.path("unknown_ms").asLong()).isZero();
        });
        Run unknown = longwatch("coverage", "stret.mp4");
        assertThat(unknown.status()).isEqualTo(2);
        assertThat(unknown.err()).contains("longwatch: nothing is known of 'stret.mp4'; did you mean 'street.mp4'?");
        assertThat(longwatch("coverage", "street.mp4", "--from", "2026-11-01").err())
                .anyMatch(line -> line.contains("'street.mp4' is a file: expected --from on its own clock"));
        assertThat(longwatch("coverage", "street.mp4", "--from", "20", "--to", "10")
                        .err())
                .anyMatch(
                        line -> line.endsWith(
                                "expected --to after --from, found 00:00:20.0 to 00:00:10.0; known is 00:00:00.0 to 00:01:15.0"));
    }

    @Test
    void badFilesAreNamedAndTheOthersGoOn() throws Exception {
        Path empty = Files.createFile(folder.resolve("empty.mp4"));
        Path text = Files.writeString(folder.resolve("text.mp4"), "this is no video");
        Path gone = folder.resolve("gone.mp4");

        Run run = longwatch(
                "watch",
                empty.toString(),
                text.toString(),
                gone.toString(),
                STREET.toString(),
                "--rule",
                "a car enters");

        assertThat(run.status()).as(run.toString()).isEqualTo(3);
        assertThat(run.out()).anyMatch(line -> line.startsWith("empty.mp4: not watched: "));
        assertThat(run.out()).anyMatch(line -> line.startsWith("text.mp4: not watched: "));
        assertThat(run.out()).anyMatch(line -> line.startsWith("gone.mp4: not watched: "));
        assertThat(run.out()).anyMatch(line -> line.startsWith("street.mp4: watched 00:01:15 of 00:01:15, "));
        assertThat(run.err()).anyMatch(line -> line.contains("Real footage wants the published Qwen2.5-VL weights"));
    }

    @Test
    void aRuleTheModelWasNeverTaughtIsRefusedBeforeAnythingRuns() throws Exception {
        Run run = longwatch("watch", STREET.toString(), "--rule", "xyzzy plugh");

        assertThat(run.status()).as(run.toString()).isEqualTo(2);
        assertThat(run.err()).anyMatch(line -> line.startsWith("longwatch: ") && line.contains("xyzzy"));
        assertThat(run.out()).isEmpty();
    }

    @Test
    void aRuleIsTriedOnAPartOfAFileAndDrawn() throws Exception {
        Path sheet = folder.resolve("sheet.html");

        Run run = run(List.of(
                "rule", "test", "a car enters", "--on", STREET.toString(), "--to", "20", "--sheet", sheet.toString()));

        assertThat(run.status()).as(run.toString()).isZero();
        assertThat(run.out()).anyMatch(line -> line.matches("00:00:0\\d\\.\\d–00:00:1\\d\\.\\d  a car enters  .*"));
        assertThat(run.out()).contains("It would have fired once.", "Contact sheet: " + sheet);
        assertThat(Files.readString(sheet)).contains("“a car enters” on street.mp4", "data:image/jpeg;base64,");
        assertThat(run(List.of("rule", "test", "a car", "--on", STREET.toString(), "--from", "noon"))
                        .status())
                .isEqualTo(2);
        Run behind = run(List.of("rule", "test", "a car", "--on", STREET.toString(), "--from", "01:00:00"));
        assertThat(behind.status()).isEqualTo(3);
        assertThat(behind.out()).anyMatch(line -> line.contains("is 00:01:15.0 long"));
    }

    @Test
    void aModelThatIsNotThereIsNamed() throws Exception {
        Run run = longwatch(
                "watch",
                STREET.toString(),
                "--rule",
                "a car",
                "--model",
                folder.resolve("none").toString());

        assertThat(run.status()).as(run.toString()).isEqualTo(4);
        assertThat(run.err())
                .singleElement()
                .asString()
                .startsWith("longwatch: ")
                .contains("none");
    }

    @Test
    void anElasticsearchThatDoesNotAnswerIsNamed() throws Exception {
        Run run = longwatch("watch", STREET.toString(), "--rule", "a car", "--elasticsearch", "http://127.0.0.1:1");

        assertThat(run.status()).as(run.toString()).isEqualTo(5);
        assertThat(run.err()).anyMatch(line -> line.startsWith("longwatch: ") && line.contains("127.0.0.1:1"));
    }

    @Test
    void aDataDirectoryThatIsAFileIsNamed() throws Exception {
        Path file = Files.createFile(folder.resolve("data"));
        Run run = run(List.of("search", "a car", "--data", file.toString()));

        assertThat(run.status()).as(run.toString()).isEqualTo(6);
        assertThat(run.err()).anyMatch(line -> line.startsWith("longwatch: ") && line.contains(file.toString()));
    }

    @Test
    void wrongArgumentsAreRefusedInOneSentence() throws Exception {
        assertThat(longwatch("watch").status()).isEqualTo(2);
        assertThat(longwatch("watch").err().get(0)).isEqualTo("longwatch: Missing required parameter: 'FILE'");
        assertThat(longwatch("wach").err()).anyMatch(line -> line.contains("longwatch watch"));
        assertThat(longwatch("watch", STREET.toString()).err().get(0)).startsWith("longwatch: nothing to look for");
        assertThat(longwatch("watch", STREET.toString(), "--rule", "a car", "--boxes")
                        .err())
                .containsExactly("longwatch: the embedded model gives no boxes: expected --boxes with --model DIR");
        assertThat(longwatch("watch", STREET.toString(), "--rule", "a car", "--label", "two words")
                        .err())
                .singleElement()
                .asString()
                .startsWith("longwatch: expected a label of up to 40 letters")
                .endsWith("found 'two words'");
        assertThat(longwatch("search", " ").status()).isEqualTo(2);
        assertThat(longwatch("search", "a car", "--from", "noon").status()).isEqualTo(2);
    }

    @Test
    void ctrlCStopsInOrderAndSaysWhatWasCovered() throws Exception {
        List<String> arguments = new ArrayList<>(List.of("watch", "--rule", "a car enters"));
        for (int i = 0; i < 40; i++) {
            arguments.add(Files.copy(STREET, folder.resolve(String.format("street-%02d.mp4", i)))
                    .toString());
        }
        Path out = folder.resolve("out");
        Process process = command(arguments).redirectOutput(out.toFile()).start();
        await().atMost(Duration.ofMinutes(2)).until(() -> Files.readString(out).contains("a car enters"));

        new ProcessBuilder("kill", "-INT", String.valueOf(process.pid()))
                .start()
                .waitFor();

        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isEqualTo(130);
        List<String> lines = Files.readAllLines(out);
        assertThat(lines)
                .anyMatch(line -> line.matches("street-\\d\\d\\.mp4: watched 00:\\d\\d:\\d\\d of 00:01:15, .*"));
        assertThat(lines).anyMatch(line -> line.matches("\\d+ files were not begun: street-.*"));
        assertThat(process.descendants()).isEmpty();
    }

    @Test
    void anEvaluationMeasuresLabelledMomentsAndWritesThemDown() throws Exception {
        Path out = folder.resolve("result");
        Path labels = SCENES.resolve("labels.jsonl");

        Run run = run(List.of("eval", "--labels", labels.toString(), "--out", out.toString()));

        assertThat(run.status()).as(run.toString()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).anyMatch(line -> line.startsWith("mean IoU "));
        JsonNode result = JSON.readTree(out.resolve("eval.json").toFile());
        int count = Files.readAllLines(labels).size();
        assertThat(result.at("/queries/measured").asInt()).isEqualTo(count);
        assertThat(result.at("/figures/grounding/mean_iou/value").asDouble()).isBetween(0.6, 1.0);
        assertThat(result.at("/figures/calibration/brier/value").asDouble()).isBetween(0.0, 0.1);
        assertThat(result.at("/videos/whole")).isEqualTo(result.at("/videos/total"));
        assertThat(Files.readString(out.resolve("eval.svg"))).startsWith("<svg").endsWith("</svg>\n");
        List<String> answers = Files.readAllLines(out.resolve("answers.jsonl"));
        assertThat(answers).hasSize(count);
        assertThat(JSON.readTree(answers.get(0)).path("state").asText()).isEqualTo("answered");
    }

    @Test
    void anEvaluationNamesWhatItLeavesOut() throws Exception {
        String scene = SCENES.resolve("scene-0001.mp4").toString();
        Path labels = Files.write(
                folder.resolve("labels.jsonl"),
                List.of(
                        label("gone.mp4", "a cow enters"),
                        label(scene, "an elephant enters"),
                        label(scene, "xyzzy plugh")));

        Run run = run(List.of("eval", "--labels", labels.toString(), "--json", "--uneven", "7", "--fps", "4"));

        assertThat(run.status()).as(run.toString()).isEqualTo(3);
        assertThat(run.err())
                .singleElement()
                .asString()
                .startsWith("labels.jsonl:1: ")
                .contains("gone.mp4");
        assertThat(run.out()).hasSize(1);
        JsonNode result = JSON.readTree(run.out().get(0));
        assertThat(result.at("/queries/refused").asInt()).isEqualTo(1);
        assertThat(result.at("/queries/measured").asInt()).isEqualTo(1);
        assertThat(result.at("/videos/unwatched").asInt()).isEqualTo(1);
        assertThat(result.path("uneven_seed").asInt()).isEqualTo(7);
    }

    @Test
    void anEvaluationRefusesWhatCannotBeInOneSentence() throws Exception {
        String labels = Files.writeString(folder.resolve("labels.jsonl"), "{\"video\": \"a.mp4\", \"query\": \"x\"}")
                .toString();

        Run run = run(List.of("eval", "--labels", labels));

        assertThat(run.status()).as(run.toString()).isEqualTo(2);
        assertThat(run.err()).singleElement().asString().startsWith("longwatch: labels.jsonl:1: expected \"spans\"");
        assertThat(run(List.of("eval", "--labels", labels, "--fps", "99")).status())
                .isEqualTo(2);
        assertThat(run(List.of("eval", "--labels", labels, "--min-pixels", "3136"))
                        .status())
                .isEqualTo(2);
        assertThat(run(List.of("eval", "--labels", labels, "--out", labels)).status())
                .isEqualTo(6);
    }

    @Test
    void ctrlCEndsAnEvaluationWithTheFiguresSoFar() throws Exception {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            Path link = folder.resolve("scene-" + i + ".mp4");
            Files.createSymbolicLink(link, SCENES.resolve("scene-0001.mp4"));
            lines.add(label(link.toString(), "an elephant enters"));
        }
        // told on standard error when its turn comes: then three were measured
        lines.add(3, label("no-such.mp4", "an elephant enters"));
        Path labels = Files.write(folder.resolve("labels.jsonl"), lines);
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        Process process = process(List.of("eval", "--labels", labels.toString(), "--json", "--out", folder + "/result"))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        await().atMost(Duration.ofMinutes(3)).until(() -> Files.readString(err).contains("no-such.mp4"));

        new ProcessBuilder("kill", "-INT", String.valueOf(process.pid()))
                .start()
                .waitFor();

        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isEqualTo(130);
        JsonNode result = JSON.readTree(Files.readString(out));
        assertThat(result.path("stopped").asBoolean()).isTrue();
        assertThat(result.at("/videos/measured").asInt()).isBetween(3, 399);
        assertThat(Files.readAllLines(folder.resolve("result/answers.jsonl")))
                .hasSize(result.at("/queries/measured").asInt());
        assertThat(process.descendants()).isEmpty();
    }

    private static String label(String video, String query) throws IOException {
        return JSON.writeValueAsString(Map.of("video", video, "query", query, "spans", List.of(List.of(3.1, 4.9))));
    }

    @Test
    void twoAtOnceShareOneElasticsearch() throws Exception {
        Process first = command(List.of("watch", STREET.toString(), "--rule", "a dog is there"))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        Run second = longwatch("watch", STREET.toString(), "--rule", "a person enters");

        assertThat(second.status()).as(second.toString()).isZero();
        assertThat(first.waitFor(3, TimeUnit.MINUTES)).isTrue();
        assertThat(first.exitValue()).isZero();
    }

    private static double seconds(String line) {
        String[] parts = line.substring(0, "00:00:00.0".length()).split(":");
        return Integer.parseInt(parts[0]) * 3_600 + Integer.parseInt(parts[1]) * 60 + Double.parseDouble(parts[2]);
    }

    /** Runs a command on the test run's data directory. */
    private Run longwatch(String... arguments) throws IOException, InterruptedException {
        return run(onTestData(List.of(arguments)));
    }

    private static List<String> onTestData(List<String> arguments) {
        List<String> all = new ArrayList<>(arguments);
        all.addAll(List.of("--data", ROOT.resolve("target").toString()));
        return all;
    }

    private ProcessBuilder command(List<String> arguments) {
        return process(onTestData(arguments))
                .redirectError(folder.resolve("err").toFile());
    }

    private Run run(List<String> arguments) throws IOException, InterruptedException {
        Path out = Files.createTempFile(folder, "out", "");
        Path err = Files.createTempFile(folder, "err", "");
        Process process = process(arguments)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        if (!process.waitFor(5, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError(arguments + " has not ended; it said " + Files.readString(err));
        }
        return new Run(process.exitValue(), Files.readAllLines(out), Files.readAllLines(err));
    }

    private static ProcessBuilder process(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-Dlongwatch.home=" + ROOT,
                "-cp",
                System.getProperty("java.class.path"),
                "dev.longwatch.dashboards.cli.Longwatch"));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("LONGWATCH_DATA", ROOT.resolve("target").toString());
        builder.environment()
                .put("LC_ALL", Optional.ofNullable(System.getenv("LC_ALL")).orElse("C.UTF-8"));
        return builder;
    }

    private record Run(int status, List<String> out, List<String> err) {}
}
