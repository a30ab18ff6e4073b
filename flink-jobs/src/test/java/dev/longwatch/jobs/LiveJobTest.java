// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.longwatch.indexer.alert.Alert;
import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.indexer.alert.Schedule;
import dev.longwatch.indexer.alert.Severity;
import dev.longwatch.indexer.coverage.CoverageSpan;
import dev.longwatch.indexer.event.VideoEvent;
import dev.longwatch.indexer.watchlist.Sampling;
import dev.longwatch.jobs.alert.Snoozes;
import dev.longwatch.jobs.alert.deliver.Channels;
import dev.longwatch.jobs.follow.Watchlists;
import dev.longwatch.jobs.ground.ModelFit;
import dev.longwatch.jobs.ground.ScriptedModel;
import dev.longwatch.jobs.ground.Watched;
import dev.longwatch.jobs.record.Recordings;
import dev.longwatch.jobs.source.LiveSource;
import dev.longwatch.jobs.source.LiveWatching;
import dev.longwatch.model.Answer;
import dev.longwatch.model.Clip;
import dev.longwatch.model.ClipSpan;
import dev.longwatch.model.Question;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Streams that go on, while the watchlist changes, the job is stopped and the model is slow. */
@Timeout(300)
class LiveJobTest {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Path FILE = Path.of("target/test-classes/videos/b-frames.mp4");

    /** Of the file, in which a square is seen twice. */
    private static final long LENGTH = 40_000;

    private static final Sampling SAMPLING = new Sampling(2, false, 8_000, 4_000);
    private static final AlertRule SQUARE = AlertRule.of("a square");

    /** Is seen in every picture. */
    private static final AlertRule ALWAYS = AlertRule.of("always")
            .withAlerting(new AlertRule.Alerting(true, Severity.INFO, 0, Schedule.ALWAYS, List.of()));

    private static final Set<String> ASKED = ConcurrentHashMap.newKeySet();
    private static final AtomicInteger PAUSE = new AtomicInteger();

    @RegisterExtension
    static final MiniClusterExtension flink = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(2)
            .build());

    @TempDir
    private Path folder;

    private final KeptSink<VideoEvent> index = new KeptSink<>("follow-index");
    private final KeptSink<Watched> watched = new KeptSink<>("follow-clips");
    private final KeptSink<Alert> alerts = new KeptSink<>("follow-alerts");
    private final KeptSink<CoverageSpan> ledger = new KeptSink<>("follow-ledger");
    private final List<VideoEvent> events = new ArrayList<>();
    private final List<Watched> clips = new ArrayList<>();
    private final List<Alert> raised = new ArrayList<>();
    private Watchlists watchlist;
    private Recordings yard;
    private long recordedFromMillis;
    private long recordedMillis;
    private JobClient job;

    @BeforeEach
    void watchTheYard() throws Exception {
        ASKED.clear();
        PAUSE.set(0);
        watchlist = new Watchlists(folder);
        watchlist
                .streams(Watchlists.stream("yard", "rtsp://u:hunter2@127.0.0.1/", SAMPLING))
                .rules(SQUARE)
                .write();
        yard = new Recordings(folder, "yard");
        // nothing from before now is looked at
        recordedFromMillis = System.currentTimeMillis() + 60_000;
        recordedMillis = recordedFromMillis;
    }

    @AfterEach
    void stop() throws Exception {
        job.cancel().get();
        await().atMost(PATIENCE).until(() -> job.getJobStatus().get().isGloballyTerminalState());
    }

    @Test
    void aRuleIsAskedFromTheNextClipOnAndOneThatIsRemovedLeavesNothingOpen() throws Exception {
        job = start(Optional.empty(), 60_000);
        record();
        awaitClipsUntil(recordedMillis - 8_000);
        assertThat(ASKED).containsExactly("a square");

        watchlist.rules(SQUARE, ALWAYS).write();
        recordUntil(() -> ASKED.contains("always"));
        awaitClipsUntil(recordedMillis - 8_000);
        await().atMost(PATIENCE).until(() -> states("always").containsValue(VideoEvent.State.OPEN));
        await().atMost(PATIENCE).until(() -> alertStates().containsValue(Alert.State.OPEN));

        watchlist.rules(SQUARE).write();
        recordUntil(() -> states("always").containsValue(VideoEvent.State.CLOSED));
        await().atMost(PATIENCE).until(() -> alertStates().containsValue(Alert.State.CLOSED));

        assertThat(states("always")).as("one event, one alert").hasSize(1);
        assertThat(alertStates()).containsOnlyKeys(states("always").keySet()).doesNotContainValue(Alert.State.OPEN);
        assertSeamless();
    }

    @Test
    void aStreamThatIsRemovedEndsAndItsEventsWithItAndGoesOnWhenItIsPutBack() throws Exception {
        watchlist.rules(SQUARE, ALWAYS).write();
        job = start(Optional.empty(), 60_000);
        record();
        awaitClipsUntil(recordedMillis - 8_000);

        watchlist.streams().write();
        await().atMost(PATIENCE).until(() -> clips().stream().anyMatch(Watched::last));
        await().atMost(PATIENCE).until(() -> states("always").containsValue(VideoEvent.State.CLOSED));
        assertThat(states("always")).hasSize(1).doesNotContainValue(VideoEvent.State.OPEN);

        watchlist
                .streams(Watchlists.stream("yard", "rtsp://127.0.0.1/", SAMPLING))
                .write();
        recordUntil(() -> states("always").size() > 1);
        assertThat(states("always")).hasSize(2);
    }

    @Test
    void otherSamplingLosesNoSecondAndSeesNothingTwice() throws Exception {
        job = start(Optional.empty(), 60_000);
        record();
        awaitClipsUntil(recordedMillis - 8_000);
        long before = clips().size();

        watchlist
                .streams(Watchlists.stream("yard", "rtsp://127.0.0.1/", new Sampling(4, false, 20_000, 6_000)))
                .write();
        recordUntil(() -> clips().stream().anyMatch(clip -> clip.endMillis() - clip.startMillis() == 20_000));
        awaitClipsUntil(recordedMillis - 20_000);

        assertThat(clips().size()).isGreaterThan((int) before);
        assertSeamless();
        assertEachSquareOnce(recordedMillis - 30_000);
    }

    @Test
    void whatWasRecordedWhileTheJobWasStoppedIsAnalysedAndNothingIsDoubled() throws Exception {
        StateFolder state = new StateFolder(folder.resolve("state").toString());
        job = start(state.newest(), 60_000);
        record();
        awaitClipsUntil(recordedMillis - 16_000);
        state.keepSavepoint(job.stopWithSavepoint(false, state.savepoints(), SavepointFormatType.CANONICAL)
                .get());
        record();
        record();

        job = start(state.newest(), 60_000);
        record();
        awaitClipsUntil(recordedMillis - 8_000);

        assertSeamless();
        assertThat(clips()).extracting(Watched::endMillis).doesNotHaveDuplicates();
        assertThat(clips()).noneMatch(Watched::givenUp);
        assertEachSquareOnce(recordedMillis - 16_000);
    }

    @Test
    void anAnalysisThatCannotKeepUpGivesUpTheOldestClipsAndSaysSo() throws Exception {
        job = start(Optional.empty(), 10_000);
        record();
        awaitClipsUntil(recordedMillis - 8_000);

        PAUSE.set(400);
        recordUntil(() -> clips().stream().anyMatch(Watched::givenUp));
        PAUSE.set(0);
        awaitClipsUntil(recordedMillis - 8_000);

        assertSeamless();
        Watched givenUp = clips().stream().filter(Watched::givenUp).findFirst().orElseThrow();
        assertThat(givenUp.frames()).isZero();
        assertThat(givenUp.problem()).startsWith("overload: ");
        assertThat(givenUp.endMillis() - givenUp.startMillis()).isGreaterThan(10_000);
        assertThat(ledger.take())
                .filteredOn(span -> span.state() == CoverageSpan.State.SKIPPED)
                .anySatisfy(span -> {
                    assertThat(span.fromMillis()).isEqualTo(givenUp.startMillis());
                    assertThat(span.toMillis()).isEqualTo(givenUp.endMillis());
                    assertThat(span.why()).startsWith("overload: ");
                });
    }

    private void record() {
        try {
            yard.segment(FILE, recordedMillis, LENGTH);
            recordedMillis += LENGTH;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The stream goes on until something has come of it. */
    private void recordUntil(Callable<Boolean> condition) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(700)).until(() -> {
            record();
            return condition.call();
        });
    }

    private void awaitClipsUntil(long endMillis) {
        await().atMost(PATIENCE).until(() -> clips().stream().anyMatch(clip -> clip.endMillis() >= endMillis));
    }

    private List<Watched> clips() {
        clips.addAll(watched.take());
        return clips;
    }

    private Map<String, VideoEvent.State> states(String rule) {
        events.addAll(index.take());
        Map<String, VideoEvent.State> states = new HashMap<>();
        events.stream()
                .filter(event -> event.rule().equals(rule))
                .sorted(Comparator.comparingLong(VideoEvent::version))
                .forEach(event -> states.put(event.id(), event.state()));
        return states;
    }

    private Map<String, Alert.State> alertStates() {
        raised.addAll(alerts.take());
        Map<String, Alert.State> states = new HashMap<>();
        raised.stream()
                .sorted(Comparator.comparingLong(Alert::version))
                .forEach(alert -> states.put(alert.id(), alert.state()));
        return states;
    }

    /** Each clip begins no later than where the one before it ends, and ends later. */
    private void assertSeamless() {
        List<Watched> all = clips();
        for (int i = 1; i < all.size(); i++) {
            assertThat(all.get(i).startMillis())
                    .isLessThanOrEqualTo(all.get(i - 1).endMillis());
            assertThat(all.get(i).endMillis()).isGreaterThan(all.get(i - 1).endMillis());
        }
    }

    /** Of all squares that were gone by then there is one event each, and it is closed. */
    private void assertEachSquareOnce(long untilMillis) {
        long begin = recordedFromMillis;
        List<Long> expected = new ArrayList<>();
        for (long file = 0; begin + file < untilMillis; file += LENGTH) {
            expected.add(file + 5_520);
            expected.add(file + 20_000);
        }
        expected.removeIf(start -> begin + start + 16_600 > untilMillis);
        await().atMost(PATIENCE).untilAsserted(() -> {
            states("a square");
            Map<String, VideoEvent> last = new HashMap<>();
            events.stream()
                    .filter(event ->
                            event.rule().equals("a square") && event.span().startMillis() + 16_600 <= untilMillis)
                    .sorted(Comparator.comparingLong(VideoEvent::version))
                    .forEach(event -> last.put(event.id(), event));
            assertThat(last.values()).extracting(VideoEvent::state).containsOnly(VideoEvent.State.CLOSED);
            List<Long> starts = last.values().stream()
                    .map(event -> event.span().startMillis() - begin)
                    .sorted()
                    .toList();
            assertThat(starts).hasSameSizeAs(expected);
            for (int i = 0; i < starts.size(); i++) {
                assertThat(starts.get(i)).isCloseTo(expected.get(i), within(600L));
            }
        });
    }

    private JobClient start(Optional<String> restored, long maxLagMillis) throws Exception {
        Configuration settings = new Configuration();
        settings.setString("execution.checkpointing.interval", "200 ms");
        restored.ifPresent(snapshot -> settings.setString("execution.state-recovery.path", snapshot));
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(settings);
        env.setParallelism(1);
        ScriptedModel.Address model = new ScriptedModel.Address(LiveJobTest::answer);
        LiveWatching watching = new LiveWatching(folder.toString(), false, new ModelFit(model), maxLagMillis);
        return new WatchJob(
                        new LiveSource(watchlist.file(), watching),
                        model,
                        0,
                        index,
                        new KeptSink<>("follow-events"),
                        watched,
                        ledger)
                .with(new WatchJob.Alarms(
                        Channels.Opener.of(watchlist.file()),
                        Snoozes.Opener.NONE,
                        alerts,
                        new KeptSink<>("follow-told"),
                        new KeptSink<>("follow-deliveries")))
                .execute(env);
    }

    private static Answer answer(Clip clip, Question question) {
        ASKED.add(question.text());
        try {
            Thread.sleep(PAUSE.get());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (question.text().equals("always")) {
            return new Answer(
                    question,
                    List.of(new Answer.Moment(new ClipSpan(0, clip.seconds()), question.text())),
                    0.9,
                    "scripted",
                    true);
        }
        return Square.in(clip, question);
    }
}
