// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.coverage.CoverageSpan;
import dev.longwatch.indexer.coverage.CoverageSpan.State;
import dev.longwatch.indexer.event.TimeSpan;
import dev.longwatch.indexer.event.VideoEvent;
import dev.longwatch.indexer.local.TestElasticsearch;
import dev.longwatch.indexer.schema.IndexNames;
import dev.longwatch.indexer.search.Stored;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ProgressNotification;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The MCP server as a process of its own: asked by the SDK's client, and line by line where that is too polite. */
@Timeout(600)
class McpCommandTest {

    @RegisterExtension
    static final TestElasticsearch SERVER = new TestElasticsearch();

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path ROOT = Path.of(System.getProperty("longwatch.root"));
    private static final Path STREET = ROOT.resolve("sample/street.mp4");
    private static final long NOON = Instant.parse("2026-11-30T12:00:00Z").toEpochMilli();
    private static final String HELLO =
            "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2025-06-18\","
                    + "\"capabilities\":{},\"clientInfo\":{\"name\":\"stranger\",\"version\":\"1\"}}}\n"
                    + "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}\n";

    @TempDir
    static Path data;

    private static final List<ProgressNotification> PROGRESS = new CopyOnWriteArrayList<>();
    private static McpSyncClient client;

    @BeforeAll
    static void start() throws IOException {
        try (Elasticsearch elasticsearch = Elasticsearch.open(SERVER.address())) {
            Stored.in(elasticsearch, new IndexNames(SERVER.prefix()))
                    .events(
                            event("car", "yard.mp4", "a red car stops", 1_000),
                            event("dog", "yard.mp4", "a dog runs", 20_000),
                            event("bus", "gate.mp4", "a bus", 5_000))
                    .coverage(
                            watched("yard.mp4", 0, 30_000, State.ANALYSED, ""),
                            watched("yard.mp4", 30_000, 40_000, State.SKIPPED, "nothing moved"),
                            watched("yard.mp4", 40_000, 42_000, State.GAP, "the file holds nothing there"))
                    .store();
        }
        client = McpClient.sync(new StdioClientTransport(
                        ServerParameters.builder(java())
                                .args(arguments(
                                        "mcp",
                                        "-c",
                                        config(SERVER.address().url()).toString()))
                                .build(),
                        McpJsonDefaults.getMapper()))
                .initializationTimeout(Duration.ofMinutes(2))
                .requestTimeout(Duration.ofMinutes(5))
                .progressConsumer(PROGRESS::add)
                .build();
        client.initialize();
    }

    @AfterAll
    static void stop() {
        client.closeGracefully();
    }

    @Test
    void everyToolSaysWhatItTakesAndOnlyLooks() {
        assertThat(client.getServerInfo().name()).isEqualTo("longwatch");
        assertThat(client.getServerInstructions()).contains("coverage");

        List<Tool> tools = client.listTools().tools();

        assertThat(tools).extracting(Tool::name).containsExactly("search", "moments", "coverage", "rule_test");
        for (Tool tool : tools) {
            assertThat(tool.description()).isNotBlank();
            assertThat(tool.annotations().readOnlyHint()).isTrue();
            assertThat(tool.inputSchema()).containsEntry("type", "object").containsEntry("additionalProperties", false);
            assertThat(tool.outputSchema()).containsEntry("type", "object");
        }
    }

    @Test
    void momentsAreFoundByWords() {
        JsonNode found = answer("search", Map.of("text", "a red car", "stream", "yard.mp4", "limit", 5));

        assertThat(found.at("/moments/0/event/id").asText()).isEqualTo("car");
        assertThat(found.at("/moments/0/event/start/seconds").asDouble()).isEqualTo(1);
        assertThat(found.at("/moments/0/event/start/iso").asText()).isEqualTo("2026-11-30T12:00:01Z");
        assertThat(found.at("/moments/0/event/confidence").asDouble()).isEqualTo(0.75);
        assertThat(found.at("/moments/0/why/words"))
                .extracting(JsonNode::asText)
                .contains("red", "car");
        assertThat(answer("search", Map.of("text", "a red car", "from", 10)).path("moments"))
                .isEmpty();
        assertThat(answer(
                                "search",
                                Map.of("text", "a red car", "group", "video", "verdict", List.of("open", "true_alarm")))
                        .at("/moments/0/count")
                        .asInt())
                .isPositive();
        assertThat(answer("search", Map.of("text", "a red car", "label", "nothing"))
                        .path("moments"))
                .isEmpty();
        assertThat(answer("search", Map.of("text", "a zeppelin")).path("total").asInt())
                .isZero();
    }

    @Test
    void momentsAreListedInASpanAndToldByTheirId() {
        JsonNode first = answer("moments", Map.of("stream", "yard.mp4", "order", "oldest", "limit", 1));
        assertThat(first.path("events").findValuesAsText("id")).containsExactly("car");

        JsonNode second = answer(
                "moments",
                Map.of(
                        "stream",
                        "yard.mp4",
                        "order",
                        "oldest",
                        "limit",
                        1,
                        "cursor",
                        first.path("next").asText()));
        assertThat(second.path("events").findValuesAsText("id")).containsExactly("dog");
        assertThat(second.has("next")).isFalse();

        JsonNode span =
                answer("moments", Map.of("stream", List.of("yard.mp4", "gate.mp4"), "from", "00:00:04", "to", 10));
        assertThat(span.path("events").findValuesAsText("id")).containsExactly("bus");
        assertThat(answer("moments", Map.of("id", "dog")).at("/events/0/text").asText())
                .isEqualTo("a dog runs");
    }

    @Test
    void coverageSaysWhatNobodyLookedAtAndWhy() {
        JsonNode coverage = answer("coverage", Map.of("stream", "yard.mp4", "from", 10, "to", 45));

        assertThat(coverage.at("/from/seconds").asDouble()).isEqualTo(10);
        assertThat(coverage.path("seconds").toString())
                .isEqualTo("{\"analysed\":20,\"deleted\":0,\"gap\":2,\"recorded\":0,\"skipped\":10,\"unknown\":3}");
        assertThat(coverage.path("spans").findValuesAsText("why"))
                .containsExactly("", "nothing moved", "the file holds nothing there");
        assertThat(coverage.at("/spans/1/from/seconds").asDouble()).isEqualTo(30);
    }

    @Test
    void aRuleIsTriedOnAFileOfWhichNothingIsKept() {
        JsonNode tried = json(
                "rule_test",
                call(CallToolRequest.builder("rule_test")
                        .arguments(Map.of("when", "a bus is there", "on", STREET.toString(), "from", 20, "to", 60))
                        .progressToken("bus")
                        .build()));

        assertThat(tried.path("on").asText()).isEqualTo("street.mp4");
        // the sample's bus comes after half a minute
        assertThat(tried.at("/moments/0/start/seconds").asDouble())
                .as(tried.toString())
                .isBetween(29.0, 40.0);
        assertThat(tried.has("problem")).isFalse();
        List<Double> told = PROGRESS.stream()
                .filter(each -> each.progressToken().equals("bus"))
                .map(ProgressNotification::progress)
                .toList();
        assertThat(told).hasSizeGreaterThan(1).isSorted().doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "search    | {}                                 | text: expected some words, found none",
                "search    | {`text`: `car`, `limit`: 0}        | limit: expected a whole number from 1 to 1000, found '0'",
                "search    | {`text`: 7}                        | text: expected text, found number",
                "search    | {`text`: `car`, `colour`: `red`}   | colour: is not known here; expected are text, stream,",
                "search    | {`text`: `car`, `from`: `noon`}    | from: expected a time such as 63.5,",
                "search    | {`text`: `car`, `stream`: `yrd.mp4`} | stream: nothing of that name was watched: 'yrd.mp4'; did you mean 'yard.mp4'?",
                "moments   | {`order`: `latest`}                | order: expected one of newest, oldest, found 'latest'",
                "moments   | {`id`: `zebra`}                    | id: there is no event of the id 'zebra'",
                "moments   | {`stream`: `cellar`}               | stream: nothing of that name was watched: 'cellar'; watched were gate.mp4, yard.mp4",
                "coverage  | {`stream`: `cellar`}               | stream: nothing of that name was watched: 'cellar'; watched were gate.mp4, yard.mp4",
                "coverage  | {`stream`: `yard.mp4`, `from`: 20, `to`: 10} | to: expected a stretch that ends after it begins",
                "rule_test | {`on`: `yard.mp4`}                 | when: expected either 'when' or 'absent'",
                "rule_test | {`on`: `yard.mp4`, `when`: `a car`, `threshold`: 2} | threshold: expected a number from 0 to 1, found '2'",
                "rule_test | {`on`: `cellar`, `when`: `a car`}  | on: expected a video file, or the name of a video or recorded stream, found 'cellar': no file"
            })
    void badInputIsRefusedByField(String tool, String arguments, String sentence) throws IOException {
        @SuppressWarnings("unchecked")
        Map<String, Object> map = JSON.readValue(arguments.replace('`', '"'), Map.class);
        CallToolResult result =
                call(CallToolRequest.builder(tool).arguments(map).build());

        assertThat(result.isError()).isTrue();
        assertThat(text(result)).contains(sentence);
        assertThat(result.structuredContent()).isNull();
    }

    @Test
    void everythingWrongIsSaidAtOnce() {
        CallToolResult result = call(CallToolRequest.builder("search")
                .arguments(Map.of("text", " ", "limit", 5_000, "min_confidence", "high"))
                .build());

        assertThat(text(result).lines())
                .containsExactly(
                        "text: expected some words, found none",
                        "min_confidence: expected a number from 0 to 1, found 'high'",
                        "limit: expected a whole number from 1 to 1000, found '5000'");
    }

    @Test
    void aServerThatIsAwayIsAnErrorOfTheToolInTheWordsOfTheCommandLine() throws Exception {
        try (Lines lines = new Lines("http://127.0.0.1:1")) {
            lines.write(HELLO);
            lines.call(1, "search", "{\"text\":\"a car\"}");
            JsonNode result = lines.answerTo(1).path("result");
            assertThat(result.path("isError").asBoolean()).isTrue();

            Process search = new ProcessBuilder(commandLine("search", "a car", "--elasticsearch", "http://127.0.0.1:1"))
                    .redirectErrorStream(true)
                    .start();
            String said = new String(search.getInputStream().readAllBytes(), UTF_8).strip();
            assertThat(search.waitFor()).isEqualTo(5);
            assertThat("longwatch: " + result.at("/content/0/text").asText())
                    .isEqualTo(said)
                    .contains("start it");

            lines.call(2, "coverage", "{\"stream\":\"yard.mp4\"}");
            assertThat(lines.answerTo(2).at("/result/isError").asBoolean()).isTrue();
            assertThat(lines.hangUp()).isZero();
        }
    }

    @Test
    void whatIsNoMessageIsAnsweredAndDoesNoHarm() throws Exception {
        try (Lines lines = new Lines(SERVER.address().url())) {
            lines.write(HELLO + "\n{\"jsonrpc\"\n[1]\n{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"ping\"}\n"
                    + "x".repeat(2 << 20) + "\n{\"jsonrpc\":\"2.0\",\"id\":9,\"method\":\"ping\"}\n");

            assertThat(lines.answerTo(9).has("result")).isTrue();
            assertThat(lines.seen.stream()
                            .filter(each -> each.path("id").isNull())
                            .map(each -> each.at("/error/code").asInt()))
                    .containsExactly(-32700, -32700, -32600, -32600);
            lines.call(10, "no_such_tool", "{}");
            assertThat(lines.answerTo(10).at("/error/code").asInt()).isEqualTo(-32602);
        }
    }

    @Test
    void whatWasAskedBeforeTheClientHungUpIsAnswered() throws Exception {
        try (Lines lines = new Lines(SERVER.address().url())) {
            lines.write(HELLO + "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}\n");
            lines.call(2, "moments", "{\"id\":\"car\"}");
            assertThat(lines.hangUp()).isZero();

            assertThat(lines.answerTo(1).at("/result/tools")).hasSize(4);
            assertThat(lines.answerTo(2)
                            .at("/result/structuredContent/events/0/id")
                            .asText())
                    .isEqualTo("car");
            assertThat(lines.out.readLine()).isNull();
        }
    }

    @Test
    void aTrialEndsWhenItIsCancelledAndWhenTheClientHangsUp() throws Exception {
        try (Lines lines = new Lines(SERVER.address().url())) {
            lines.write(HELLO);
            assertThat(lines.tryRuleInTurn(1)).isEqualTo(1);
            assertThat(lines.process.descendants()).isNotEmpty();
            lines.write("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":1}}\n");
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> lines.process.descendants().findAny().isEmpty());

            int second = lines.tryRuleInTurn(2);
            List<ProcessHandle> job = lines.process.descendants().toList();
            assertThat(job).isNotEmpty();
            assertThat(lines.hangUp()).isZero();
            assertThat(job).noneMatch(ProcessHandle::isAlive);

            assertThat(lines.answerTo(second)
                            .at("/result/structuredContent/problem")
                            .asText())
                    .isEqualTo("stopped: the rest was not watched");
            assertThat(lines.seen).noneMatch(each -> each.path("id").asInt() == 1);
        }
    }

    @Test
    void ctrlCEndsItInOrder() throws Exception {
        try (Lines lines = new Lines(SERVER.address().url())) {
            lines.write(HELLO);
            assertThat(lines.tryRuleInTurn(1)).isEqualTo(1);
            List<ProcessHandle> job = lines.process.descendants().toList();

            lines.process.toHandle().destroy();

            assertThat(lines.process.waitFor(2, TimeUnit.MINUTES)).isTrue();
            assertThat(job).isNotEmpty().noneMatch(ProcessHandle::isAlive);
        }
    }

    private static JsonNode answer(String tool, Map<String, Object> arguments) {
        return json(
                tool, call(CallToolRequest.builder(tool).arguments(arguments).build()));
    }

    private static CallToolResult call(CallToolRequest request) {
        return client.callTool(request);
    }

    /** What was answered, which is what the tool's schema says and what its text says. */
    private static JsonNode json(String tool, CallToolResult result) {
        assertThat(result.isError()).as(text(result)).isFalse();
        JsonNode answer = JSON.valueToTree(result.structuredContent());
        try {
            assertThat(JSON.readTree(text(result)).toString()).isEqualTo(answer.toString());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        JsonNode schema = client.listTools().tools().stream()
                .filter(each -> each.name().equals(tool))
                .<JsonNode>map(each -> JSON.valueToTree(each.outputSchema()))
                .findFirst()
                .orElseThrow();
        assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(schema)
                        .validate(answer))
                .as(answer.toString())
                .isEmpty();
        return answer;
    }

    private static String text(CallToolResult result) {
        return result.content().stream()
                .map(TextContent.class::cast)
                .map(TextContent::text)
                .collect(Collectors.joining("\n"));
    }

    private static VideoEvent event(String id, String video, String text, long atMillis) {
        return new VideoEvent(
                id,
                1,
                video,
                "/videos/" + video,
                text,
                text,
                new TimeSpan(atMillis, atMillis + 1_000),
                NOON,
                0.75,
                VideoEvent.State.CLOSED,
                "nano-1",
                2,
                "2 a second");
    }

    private static CoverageSpan watched(String video, long from, long to, State state, String why) {
        return new CoverageSpan(video, NOON + from, NOON + to, state, why, state == State.ANALYSED ? 2 : 0, NOON);
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** Without the libraries of the tests that the SDK would use if they were there. */
    private static List<String> arguments(String... command) {
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("json-schema-validator"))
                .collect(Collectors.joining(File.pathSeparator));
        List<String> all = new ArrayList<>(List.of(
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-Dlongwatch.home=" + ROOT,
                "-cp",
                classPath,
                "dev.longwatch.dashboards.cli.Longwatch"));
        all.addAll(List.of(command));
        all.addAll(List.of("--data", data.toString()));
        return all;
    }

    private static List<String> commandLine(String... command) {
        List<String> all = new ArrayList<>(List.of(java()));
        all.addAll(arguments(command));
        return all;
    }

    private static Path config(String elasticsearch) throws IOException {
        Path file = data.resolve("longwatch-" + elasticsearch.replaceAll("\\W", "-") + ".yaml");
        return Files.writeString(
                file, "elasticsearch:\n  url: " + elasticsearch + "\n  prefix: " + SERVER.prefix() + "\n");
    }

    /** A client that writes and reads lines. */
    private static final class Lines implements AutoCloseable {

        private final Process process;
        private final Writer in;
        private final BufferedReader out;
        private final List<JsonNode> seen = new ArrayList<>();

        Lines(String elasticsearch) throws IOException {
            process = new ProcessBuilder(
                            commandLine("mcp", "-c", config(elasticsearch).toString()))
                    .redirectError(
                            ProcessBuilder.Redirect.appendTo(data.resolve("err").toFile()))
                    .start();
            in = process.outputWriter(UTF_8);
            out = process.inputReader(UTF_8);
        }

        void write(String lines) throws IOException {
            in.write(lines);
            in.flush();
        }

        void call(int id, String tool, String arguments) throws IOException {
            write("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"tools/call\",\"params\":{\"name\":\"" + tool
                    + "\",\"arguments\":" + arguments + "}}\n");
        }

        void tryRule(int id) throws IOException {
            write("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"tools/call\",\"params\":{\"name\":\"rule_test\","
                    + "\"arguments\":{\"when\":\"a bus is there\",\"on\":\"" + STREET
                    + "\"},\"_meta\":{\"progressToken\":"
                    + id + "}}}\n");
        }

        /**
         * Tries a rule until it is under way; the one before, cancelled a moment ago, may still be ending.
         *
         * @return the id of the call that is under way; the others were refused
         */
        int tryRuleInTurn(int firstId) throws IOException, InterruptedException {
            for (int id = firstId; ; id++) {
                tryRule(id);
                JsonNode message = next();
                while (message.at("/params/progressToken").asInt() != id
                        && message.path("id").asInt() != id) {
                    message = next();
                }
                if (message.path("id").isMissingNode()) {
                    return id;
                }
                assertThat(message.toString()).contains("another rule is being tried");
                Thread.sleep(200);
            }
        }

        JsonNode answerTo(int id) throws IOException {
            for (JsonNode each : seen) {
                if (each.path("id").isInt() && each.path("id").asInt() == id) {
                    return each;
                }
            }
            next();
            return answerTo(id);
        }

        /** Every line is a message, whatever it says. */
        private JsonNode next() throws IOException {
            String line = out.readLine();
            assertThat(line)
                    .as("a message; " + Files.readString(data.resolve("err")))
                    .isNotNull();
            JsonNode message = JSON.readTree(line);
            assertThat(message.path("jsonrpc").asText()).isEqualTo("2.0");
            seen.add(message);
            return message;
        }

        /** The exit code. */
        int hangUp() throws IOException, InterruptedException {
            in.close();
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
            return process.exitValue();
        }

        @Override
        public void close() throws IOException, InterruptedException {
            in.close();
            if (!process.waitFor(2, TimeUnit.MINUTES)) {
                process.destroyForcibly();
            }
        }
    }
}
