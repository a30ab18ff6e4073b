// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longwatch.dashboards.config.ConfigFile;
import dev.longwatch.dashboards.govern.Overview;
import dev.longwatch.dashboards.govern.StreamCondition;
import dev.longwatch.dashboards.local.DataFolder;
import dev.longwatch.dashboards.local.UpLock;
import dev.longwatch.indexer.alert.Alert;
import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.indexer.alert.Handling.Verdict;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.event.TimeSpan;
import dev.longwatch.indexer.event.VideoEvent;
import dev.longwatch.indexer.local.TestElasticsearch;
import dev.longwatch.indexer.schema.IndexNames;
import dev.longwatch.indexer.search.AlertDesk;
import dev.longwatch.indexer.search.Stored;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code longwatch streams} and {@code longwatch rules} on the real Elasticsearch. */
class StreamsAndRulesTest {

    @RegisterExtension
    static final TestElasticsearch SERVER = new TestElasticsearch();

    @TempDir
    private Path temporary;

    private Path file;
    private IndexNames names;

    @BeforeEach
    void writeFile() throws IOException {
        names = new IndexNames(
                SERVER.prefix() + "-" + UUID.randomUUID().toString().substring(0, 4));
        file = Files.writeString(
                temporary.resolve("longwatch.yaml"),
                "streams:\n  yard: rtsp://viewer:geheim@10.0.0.7/main\nrules:\n  car: a car\nnotify:\n  ops: {webhook:"
                        + " \"https://example.com/in\"}\nelasticsearch:\n  prefix: "
                        + names.prefix() + "\n");
    }

    @Test
    void aStreamIsAddedShownWithoutItsPasswordAndRemoved() throws Exception {
        Run add = run(
                "streams",
                "add",
                "gate",
                "rtsp://viewer:geheim@10.0.0.8/main",
                "--retention",
                "7d",
                "--label",
                "entrance",
                "--label",
                "site-a");
        assertThat(add.status()).as(add.toString()).isZero();
        assertThat(add.out()).containsExactly("Stream 'gate' is kept; longwatch up will record it.");

        Run list = run("streams");
        assertThat(list.out().get(0)).matches("NAME +STATE +SINCE +RECORDED UNTIL +LAG +FROM +ADDRESS");
        assertThat(list.out().get(1))
                .matches("yard  not running .* " + file + ":2 +rtsp://viewer:\\*\\*\\*@10.0.0.7/main");
        assertThat(list.out().get(2)).matches("gate  not running .* index +rtsp://viewer:\\*\\*\\*@10.0.0.8/main");
        JsonNode gate = new ObjectMapper()
                .readTree(run("streams", "list", "--json").out().get(1));
        assertThat(gate.path("from").asText()).isEqualTo("index");
        assertThat(gate.path("labels").toString()).isEqualTo("[\"entrance\",\"site-a\"]");

        assertThat(run("streams", "add", "gate", "rtsp://10.0.0.9/").err())
                .containsExactly(
                        "longwatch: there is a stream called 'gate' already; --replace puts this in its place");
        assertThat(run("streams", "add", "gate", "rtsp://10.0.0.9/", "--replace")
                        .status())
                .isZero();
        assertThat(run("streams").out().get(2)).endsWith("rtsp://10.0.0.9/");
        assertThat(run("streams", "remove", "gate").status()).isZero();
        assertThat(run("streams").out()).hasSize(2);
    }

    @Test
    void aRuleIsJudgedAsIfItStoodInTheFile() throws Exception {
        assertThat(run("rules", "add", "dog", "--when", "a dog", "--notify", "opps")
                        .err())
                .containsExactly(
                        "longwatch: rule 'dog': no channel under 'notify' is called 'opps'; did you mean 'ops'?");
        assertThat(run("rules", "add", "dog", "--when", "a dog", "--threshold", "7")
                        .err())
                .containsExactly("longwatch: rule 'dog': expected a number from 0 to 1, found '7'");
        assertThat(run("rules", "add", "dog", "--when", "a dog", "--label", "two words")
                        .err())
                .containsExactly("longwatch: rule 'dog': expected a label of up to 40 letters, digits, hyphens and"
                        + " underscores that begins with one of the first two, found 'two words'");
        assertThat(run("rules", "add", "dog", "--threshold", "0.7").err())
                .containsExactly("longwatch: rule 'dog': expected one of when, absent, sequence, found none");
        assertThat(run("rules", "add", "dog", "--when", "a dog", "--stream", "gard")
                        .status())
                .isEqualTo(2);

        assertThat(run(
                                "rules",
                                "add",
                                "dog",
                                "--when",
                                "a dog",
                                "--threshold",
                                "0.7",
                                "--notify",
                                "ops",
                                "--active",
                                "mon-fri 08:00-18:00",
                                "--cooldown",
                                "10 min",
                                "--severity",
                                "critical",
                                "--label",
                                "theft")
                        .status())
                .isZero();
        assertThat(run("rules", "add", "no car", "--absent", "a car", "--min-duration", "1h", "--stream", "y*")
                        .status())
                .isZero();
        assertThat(run("rules", "add", "both", "--sequence", "car,dog", "--within", "30s", "--no-alert")
                        .status())
                .isZero();
        List<String> lines = run("rules").out();
        assertThat(lines).hasSize(5);
        assertThat(lines.get(1)).matches("car +a car +all +0.50 +0 s +0 s +warning +nobody +" + file + ":4");
        assertThat(lines.get(2)).matches("both +car, then dog +all +- +0 s +0 s +no alert +nobody +index");
        assertThat(lines.get(3)).matches("dog +a dog +all +0.70 +0 s +10 min +critical +ops +index");
        assertThat(new ObjectMapper()
                        .readTree(run("rules", "list", "--json").out().get(2))
                        .at("/labels/0")
                        .asText())
                .isEqualTo("theft");
        assertThat(lines.get(4)).matches("no car +no a car +y\\* +0.50 +60 min +0 s +warning +nobody +index");
    }

    @Test
    void ofEachRuleItIsSaidHowOftenItWasRight() throws Exception {
        try (Elasticsearch elasticsearch = Elasticsearch.open(SERVER.address())) {
            AlertDesk desk = new AlertDesk(elasticsearch, names);
            double[] confidences = {0.9, 0.8, 0.55, 0.6, 0.65};
            for (int i = 0; i < confidences.length; i++) {
                Alert alert = alert("car" + i, confidences[i]);
                Stored.in(elasticsearch, names).alerts(alert).store();
                Verdict verdict = i < 2 ? Verdict.TRUE_ALARM : Verdict.FALSE_ALARM;
                desk.handle(alert, done -> done.judged(verdict, "", 1));
            }
        }

        assertThat(run("rules").out().get(2))
                .isEqualTo("  2 of 5 judged alerts were right: 40 %, of all likely 12 to 77 %;"
                        + " a threshold of 0.66 would have done better");
        JsonNode rule =
                new ObjectMapper().readTree(run("rules", "list", "--json").out().get(0));
        assertThat(rule.path("true_alarms").asInt()).isEqualTo(2);
        assertThat(rule.at("/precision/judged").asInt()).isEqualTo(5);
        assertThat(rule.path("suggested_threshold").asDouble()).isEqualTo(0.66);
    }

    private static Alert alert(String id, double confidence) {
        VideoEvent event = new VideoEvent(
                id,
                1,
                "yard",
                "recording:/r",
                "car",
                "a car",
                new TimeSpan(0, 1_000),
                0,
                confidence,
                VideoEvent.State.CLOSED,
                "nano-1",
                2,
                "2 a second");
        return Alert.of(event, AlertRule.Alerting.NONE, Alert.Hold.NOBODY, "", 1_000);
    }

    @Test
    void whatTheFileDefinesIsChangedThere() throws Exception {
        assertThat(run("rules", "remove", "car").err())
                .containsExactly("longwatch: rule 'car' is defined by " + file + ":4; remove it there");
        assertThat(run("streams", "add", "yard", "rtsp://10.0.0.9/").err())
                .containsExactly("longwatch: stream 'yard' is defined by " + file + ":2; change it there");
        assertThat(run("streams", "remove", "gate").err())
                .containsExactly("longwatch: no stream is called 'gate'; there are none");
        assertThat(run("streams", "add", "gate", "rtsp://a:${PASSWORD}@10.0.0.9/")
                        .err())
                .singleElement()
                .asString()
                .contains("variables stand in longwatch.yaml only");
    }

    @Test
    void whileUpRunsItsStatesAreShownAndNothingMayTakeItsPlace() throws Exception {
        DataFolder folder = new DataFolder(temporary.resolve("data"));
        folder.create();
        UpLock lock = UpLock.take(folder);
        try {
            Overview.of(
                            file,
                            ConfigFile.read(file).alone(),
                            List.of("left out: something"),
                            stream -> new StreamCondition("unauthorized", "the password is wrong", 1_000, 0, 0))
                    .write(folder);

            // in a process of its own: the lock is this one's
            Run list = process("streams");
            assertThat(list.out().get(1)).startsWith("yard  unauthorized  ");
            assertThat(list.out().get(2)).isEqualTo("  the password is wrong");
            assertThat(list.err()).containsExactly("left out: something");
            Run up = process("up", "-c", file.toString());
            assertThat(up.status()).isEqualTo(6);
            assertThat(up.err())
                    .singleElement()
                    .asString()
                    .contains("longwatch up runs already on " + folder.root())
                    .contains("process " + ProcessHandle.current().pid());
            assertThat(process("stop").status()).isEqualTo(2);
            assertThat(process(
                                    "rules",
                                    "add",
                                    "dog",
                                    "--when",
                                    "a dog",
                                    "--elasticsearch",
                                    SERVER.address().url())
                            .out())
                    .containsExactly("Rule 'dog' is kept; it is asked from one of the next clips on.");
        } finally {
            lock.close();
        }
    }

    /** In this process, which is quicker. */
    private Run run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of(
                "-c", file.toString(), "--data", temporary.resolve("data").toString()));
        all.addAll(List.of("--elasticsearch", SERVER.address().url()));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream standardOut = System.out;
        PrintStream standardErr = System.err;
        try {
            System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
            int status = Longwatch.run(all.toArray(String[]::new));
            return new Run(
                    status,
                    out.toString(StandardCharsets.UTF_8).lines().toList(),
                    err.toString(StandardCharsets.UTF_8).lines().toList());
        } finally {
            System.setOut(standardOut);
            System.setErr(standardErr);
        }
    }

    private Run process(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dlongwatch.home=" + System.getProperty("longwatch.root"),
                "-cp",
                System.getProperty("java.class.path"),
                Longwatch.class.getName()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--data", temporary.resolve("data").toString()));
        Path out = temporary.resolve("out");
        Path err = temporary.resolve("err");
        int status = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start()
                .waitFor();
        return new Run(status, Files.readAllLines(out), Files.readAllLines(err));
    }

    private record Run(int status, List<String> out, List<String> err) {}
}
