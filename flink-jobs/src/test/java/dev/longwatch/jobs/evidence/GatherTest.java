// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import dev.longwatch.indexer.alert.Alert;
import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.indexer.alert.Evidence;
import dev.longwatch.indexer.event.TimeSpan;
import dev.longwatch.indexer.event.VideoEvent;
import dev.longwatch.jobs.decode.Videos;
import dev.longwatch.jobs.record.Recordings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.tasks.mailbox.Mail;
import org.apache.flink.streaming.runtime.tasks.mailbox.TaskMailbox;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.types.PojoTestUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The operator with real videos and a real folder. */
@Timeout(120)
class GatherTest {

    private static final long T = 1_793_491_196_000L;
    private static final String VIDEO = Videos.uri("b-frames.mp4");
    private static final Path FILE = Path.of(VIDEO);

    @TempDir
    private Path root;

    @TempDir
    private Path recordings;

    @Test
    void whatTravelsNeedsNoKryo() {
        PojoTestUtils.assertSerializedAsPojoWithoutKryo(Evidence.class);
    }

    @Test
    void anOpenAlertGetsAThumbnailAndAClosedOneAClipBesides() throws Exception {
        List<Evidence> told = run(
                open("aa11", VIDEO, 5_200, 7_000, 1),
                open("aa11", VIDEO, 5_200, 9_000, 2),
                closed("aa11", VIDEO, 5_200, 10_800, 3));

        Evidence last = told.get(told.size() - 1);
        assertThat(last.thumbnail()).isEqualTo("evidence/aa/aa11.jpg");
        assertThat(last.clip()).isEqualTo("evidence/aa/aa11.mp4");
        assertThat(last.clipStartMillis()).isEqualTo(4_000);
        assertThat(last.clipEndMillis()).isBetween(10_800L, 11_000L);
        assertThat(last.version()).isEqualTo(3);
        assertThat(last.problem()).isEmpty();
        assertThat(ImageIO.read(root.resolve(last.thumbnail()).toFile()).getWidth())
                .isEqualTo(320);
        assertThat(files()).containsOnlyKeys("evidence/aa/aa11.jpg", "evidence/aa/aa11.mp4");
    }

    @Test
    void anAlertOfARecordingIsShownOverSegmentsAndGaps() throws Exception {
        Recordings yard = new Recordings(recordings, "yard");
        yard.segment(FILE, T, 40_000);
        yard.segment(FILE, T + 40_000, 40_000);
        yard.gap(T + 80_000, T + 90_000);
        yard.segment(FILE, T + 90_000, 40_000);

        List<Evidence> told = run(closed("bb", "recording:" + recordings, T + 39_000, T + 92_000, 1));

        assertThat(told).singleElement().satisfies(made -> {
            assertThat(made.problem()).isEmpty();
            assertThat(made.clipStartMillis() - T).isEqualTo(38_000);
            assertThat(made.clipEndMillis() - T).isBetween(92_000L, 92_200L);
        });
    }

    @Test
    void aReplayMakesTheSameFilesAndTellsTheSame() throws Exception {
        Alert opened = open("aa11", VIDEO, 5_200, 7_000, 1);
        Alert over = closed("aa11", VIDEO, 5_200, 10_800, 2);
        OperatorSubtaskState snapshot;
        List<Evidence> first;
        try (OneInputStreamOperatorTestHarness<Alert, Evidence> harness = harness(folder())) {
            harness.open();
            harness.processElement(opened, 0);
            await().pollInSameThread().atMost(Duration.ofMinutes(1)).until(() -> told(harness) == 1);
            snapshot = harness.snapshot(1, 1);
            // lost with the machine, after its files were written
            harness.processElement(over, 0);
            harness.endInput();
            first = List.copyOf(harness.extractOutputValues());
        }
        Map<String, byte[]> before = files();
        long thumbnailWritten =
                Files.getLastModifiedTime(root.resolve("evidence/aa/aa11.jpg")).toMillis();

        try (OneInputStreamOperatorTestHarness<Alert, Evidence> harness = harness(folder())) {
            harness.initializeState(snapshot);
            harness.open();
            harness.processElement(over, 0);
            harness.endInput();

            assertThat(harness.extractOutputValues()).containsExactly(first.get(1));
        }
        Map<String, byte[]> after = files();
        assertThat(after.keySet()).isEqualTo(before.keySet());
        after.forEach((name, bytes) -> assertThat(bytes).as(name).isEqualTo(before.get(name)));
        assertThat(Files.getLastModifiedTime(root.resolve("evidence/aa/aa11.jpg"))
                        .toMillis())
                .as("what the checkpoint knows is not made again")
                .isEqualTo(thumbnailWritten);
    }

    @Test
    void whatWaitedInTheCheckpointIsMadeAfterARestart() throws Exception {
        OperatorSubtaskState snapshot;
        try (OneInputStreamOperatorTestHarness<Alert, Evidence> harness = harness(folder())) {
            harness.open();
            harness.processElement(closed("aa", VIDEO, 1_000, 2_000, 1), 0);
            harness.processElement(closed("bb", VIDEO, 1_000, 2_000, 1), 0);
            snapshot = harness.snapshot(1, 1);
        }
        try (OneInputStreamOperatorTestHarness<Alert, Evidence> harness = harness(folder())) {
            harness.initializeState(snapshot);
            harness.open();
            harness.endInput();

            assertThat(harness.extractOutputValues())
                    .extracting(Evidence::alert)
                    .containsExactly("aa", "bb");
        }
        assertThat(files()).hasSize(4);
    }

    @Test
    void whatFailsIsSaidAndFailsNothing() throws Exception {
        new Recordings(recordings, "yard").gap(T, T + 60_000);
        Path file = Files.createFile(root.resolve("file"));
        List<Evidence> gone = run(closed("aa", "/gone.mp4", 1_000, 2_000, 1));
        List<Evidence> unrecorded = run(closed("bb", "recording:" + recordings, T + 10_000, T + 20_000, 1));
        List<Evidence> unwritable = run(new EvidenceFolder(file.toString(), ""), closed("cc", VIDEO, 1_000, 2_000, 1));
        List<Evidence> camera = run(closed("dd", "rtsp://me:verySecret@camera/1", 1_000, 2_000, 1));

        assertThat(gone).singleElement().satisfies(made -> {
            assertThat(made.problem())
                    .isEqualTo("no thumbnail: /gone.mp4 does not exist; no clip: /gone.mp4 does not exist");
            assertThat(made.thumbnail() + made.clip()).isEmpty();
        });
        assertThat(unrecorded)
                .extracting(Evidence::problem)
                .containsExactly("no thumbnail: there are no pictures of it any more;"
                        + " no clip: there are no pictures of it any more");
        assertThat(unwritable).singleElement().satisfies(made -> assertThat(made.problem())
                .contains("no thumbnail: ", "no clip: ", file.toString()));
        assertThat(camera).singleElement().satisfies(made -> assertThat(made.problem())
                .doesNotContain("verySecret"));
        assertThat(files()).containsOnlyKeys("file");
    }

    @Test
    void whatCannotBePutInPlaceLeavesNothingHalfBehind() throws Exception {
        Path folder = Files.createDirectories(root.resolve("evidence/aa"));
        Files.createDirectory(folder.resolve("aa.jpg"));
        Files.createDirectory(folder.resolve("aa.mp4"));
        // a folder in the target's place: all is written, and cannot be put there
        Files.createFile(folder.resolve("aa.jpg/in the way"));
        Files.createFile(folder.resolve("aa.mp4/in the way"));

        List<Evidence> told = run(closed("aa", VIDEO, 1_000, 2_000, 1));

        assertThat(told).singleElement().satisfies(made -> assertThat(made.problem())
                .contains("no thumbnail: ", "no clip: "));
        assertThat(files()).containsOnlyKeys("evidence/aa/aa.jpg/in the way", "evidence/aa/aa.mp4/in the way");
    }

    @Test
    void aLongEventIsShownInPartAndThatIsSaid() throws Exception {
        List<Evidence> told = run(closed("aa", VIDEO, 1_000, 2_000 + Maker.LONGEST_MILLIS, 1));

        assertThat(told).extracting(Evidence::problem).containsExactly("the clip ends 10 minutes after the beginning");
    }

    @Test
    void nothingIsMadeOfWhatTooManyWaitBefore() throws Exception {
        try (OneInputStreamOperatorTestHarness<Alert, Evidence> harness =
                new OneInputStreamOperatorTestHarness<>(new Gather(folder(), 2))) {
            harness.open();
            for (String id : List.of("aa", "bb", "cc")) {
                harness.processElement(closed(id, VIDEO, 1_000, 2_000, 1), 0);
            }
            harness.endInput();

            assertThat(harness.extractOutputValues())
                    .filteredOn(made -> made.alert().equals("cc"))
                    .extracting(Evidence::problem)
                    .containsExactly("nothing was made: 2 alerts are waiting already");
        }
        assertThat(files()).hasSize(4);
    }

    @Test
    void aFolderOfNonsenseIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new EvidenceFolder("", "https://e.org"));
        assertThatIllegalArgumentException().isThrownBy(() -> new EvidenceFolder("/media", "e.org"));
    }

    private List<Evidence> run(Alert... alerts) throws Exception {
        return run(folder(), alerts);
    }

    private static List<Evidence> run(EvidenceFolder folder, Alert... alerts) throws Exception {
        try (OneInputStreamOperatorTestHarness<Alert, Evidence> harness = harness(folder)) {
            harness.open();
            for (Alert alert : alerts) {
                harness.processElement(alert, 0);
            }
            harness.endInput();
            return List.copyOf(harness.extractOutputValues());
        }
    }

    private static int told(OneInputStreamOperatorTestHarness<Alert, Evidence> harness) throws Exception {
        Optional<Mail> mail = harness.getTaskMailbox().tryTake(TaskMailbox.MIN_PRIORITY);
        if (mail.isPresent()) {
            mail.get().run();
        }
        return harness.extractOutputValues().size();
    }

    private static OneInputStreamOperatorTestHarness<Alert, Evidence> harness(EvidenceFolder folder) throws Exception {
        return new OneInputStreamOperatorTestHarness<>(new Gather(folder));
    }

    private EvidenceFolder folder() {
        return new EvidenceFolder(root.toString(), "");
    }

    /** Also hidden ones. */
    private Map<String, byte[]> files() throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> tree = Files.walk(root)) {
            for (Path file : tree.filter(Files::isRegularFile).toList()) {
                files.put(root.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return files;
    }

    private static Alert open(String id, String uri, long startMillis, long endMillis, long version) {
        return alert(id, uri, startMillis, endMillis, version, VideoEvent.State.OPEN);
    }

    private static Alert closed(String id, String uri, long startMillis, long endMillis, long version) {
        return alert(id, uri, startMillis, endMillis, version, VideoEvent.State.CLOSED);
    }

    private static Alert alert(
            String id, String uri, long startMillis, long endMillis, long version, VideoEvent.State state) {
        VideoEvent event = new VideoEvent(
                id,
                version,
                "yard",
                uri,
                "car",
                "a car",
                new TimeSpan(startMillis, endMillis),
                0,
                0.9,
                state,
                "nano-0",
                2,
                "2 a second");
        return Alert.of(event, AlertRule.Alerting.NONE, Alert.Hold.NOBODY, "", 0);
    }
}
