// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.keep;

import static dev.longwatch.indexer.keep.Kept.DAY;
import static dev.longwatch.indexer.keep.Kept.second;
import static dev.longwatch.indexer.keep.Kept.seconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.coverage.CoverageSpan;
import dev.longwatch.indexer.coverage.CoverageSpan.State;
import dev.longwatch.indexer.event.VideoEvent;
import dev.longwatch.indexer.local.TestElasticsearch;
import dev.longwatch.indexer.schema.IndexNames;
import dev.longwatch.indexer.search.CoverageLedger;
import dev.longwatch.indexer.search.EventFilter;
import dev.longwatch.indexer.search.EventSearch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DeletionTest {

    @RegisterExtension
    static final TestElasticsearch SERVER = new TestElasticsearch();

    /** Well after all of it. */
    private static final long NOW = DAY + 3_600_000;

    private static Elasticsearch elasticsearch;

    @BeforeAll
    static void open() {
        elasticsearch = Elasticsearch.open(SERVER.address());
    }

    @AfterAll
    static void close() {
        elasticsearch.close();
    }

    @Test
    void aStreamGoesWithEverythingAndTheReceiptSaysWhat() throws IOException {
        IndexNames names = names("stream");
        Kept kept = new Kept(elasticsearch, names);
        kept.alert("one", "gate", 10);
        kept.alert("two", "yard", 10);
        kept.event("three", "gate", 20);
        kept.refused("never stored", "gate", 30, "cut off");
        kept.coverage("gate", 0, 60, State.ANALYSED);
        kept.coverage("yard", 0, 60, State.ANALYSED);

        Receipt receipt =
                deletion(names, kept).run(DeletionRequest.ofStreams("gate").because("moved out"), NOW);

        assertThat(receipt.deleted())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "events", 2L, "alerts", 1L, "deliveries", 1L, "handling", 1L, "refused", 2L, "coverage", 1L));
        assertThat(receipt.first()).isEqualTo(second(10).toString());
        assertThat(receipt.last()).isEqualTo(second(22).toString());
        assertThat(receipt.footageFiles()).isEqualTo(4);
        assertThat(receipt.footageBytes()).isEqualTo(3_010);
        assertThat(receipt.digest()).matches("[0-9a-f]{64}").doesNotMatch("0+");
        assertThat(receipt.sentence(false))
                .startsWith(
                        "Deleted 2 events, 1 alert, 1 message, 1 handling, 2 refused documents, 1 entry of the ledger, 4 files")
                .endsWith("of gate, from 2026-11-26T00:00:10Z to 2026-11-26T00:00:22Z.");
        assertThat(new Receipts(elasticsearch, names).since(Instant.ofEpochMilli(NOW)))
                .containsExactly(receipt);
        assertThat(kept.asked).containsExactly("gate " + List.of(new Stretch(0, NOW)) + " but []", "evidence of [one]");
        // of the other stream everything, of this one that it was deleted
        assertThat(kept.counts())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "events", 1L, "alerts", 1L, "deliveries", 1L, "handling", 1L, "refused", 1L, "coverage", 2L));
        assertThat(ledger(names, "gate", 0, 60)).containsExactly(State.DELETED);
        assertThat(ledger(names, "yard", 0, 60)).containsExactly(State.ANALYSED);
    }

    @Test
    void ofAStreamOnlyTheTimeGoesThatWasAskedFor() throws IOException {
        IndexNames names = names("time");
        Kept kept = new Kept(elasticsearch, names);
        kept.alert("before", "gate", 7);
        kept.alert("reaches in", "gate", 9);
        kept.alert("inside", "gate", 15);
        kept.alert("after", "gate", 20);
        kept.coverage("gate", 0, 12, State.ANALYSED);
        kept.coverage("gate", 12, 18, State.ANALYSED);
        kept.coverage("gate", 18, 30, State.GAP);

        Receipt receipt =
                deletion(names, kept).run(DeletionRequest.ofStreams("gate").between(second(10), second(20)), NOW);

        assertThat(receipt.deleted())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "events", 2L, "alerts", 2L, "deliveries", 2L, "handling", 2L, "refused", 2L, "coverage", 1L));
        assertThat(ids(names)).containsExactly("before", "after");
        assertThat(kept.asked).first().isEqualTo("gate " + List.of(seconds(10, 20)) + " but []");
        assertThat(ledger(names, "gate", 0, 30)).containsExactly(State.ANALYSED, State.DELETED, State.GAP);
    }

    @Test
    void singleEventsGoWithTheSecondsTheyTook() throws IOException {
        IndexNames names = names("ids");
        Kept kept = new Kept(elasticsearch, names);
        kept.alert("one", "gate", 10);
        kept.alert("two", "gate", 11);
        kept.event("three", "yard", 30);
        kept.coverage("gate", 0, 60, State.ANALYSED);

        Receipt receipt = deletion(names, kept).run(DeletionRequest.ofIds("one", "three", "unknown"), NOW);

        assertThat(receipt.deleted()).containsEntry("events", 2L).containsEntry("alerts", 1L);
        assertThat(ids(names)).containsExactly("two");
        assertThat(kept.asked)
                .contains(
                        // the event's and the alert's
                        "gate " + List.of(seconds(10, 12), seconds(10, 12)) + " but []",
                        "yard " + List.of(seconds(30, 32)) + " but []");
        assertThat(ledger(names, "gate", 0, 60)).containsExactly(State.ANALYSED, State.DELETED, State.ANALYSED);
    }

    @Test
    void whatIsPinnedStaysUnlessPinsAreToSpareNothing() throws IOException {
        IndexNames names = names("pinned");
        Kept kept = new Kept(elasticsearch, names);
        kept.alert("pinned", "gate", 10);
        kept.alert("free", "gate", 20);
        kept.coverage("gate", 0, 60, State.ANALYSED);
        new Pins(elasticsearch, names)
                .pin(Pin.of(Kept.event("pinned", "gate", 10, 1), "theft", "the red car", "ada", NOW));

        DeletionRequest request = DeletionRequest.ofStreams("gate");
        Receipt receipt = deletion(names, kept).run(request, NOW);

        assertThat(receipt.keptPinned()).isEqualTo(2);
        assertThat(receipt.keptFootage()).isEqualTo(1);
        assertThat(receipt.sentence(false)).endsWith("; pinned and kept: 2 events and alerts, 1 files.");
        assertThat(kept.counts())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "events", 1L, "alerts", 1L, "deliveries", 1L, "handling", 1L, "refused", 1L, "coverage", 3L));
        assertThat(ids(names)).containsExactly("pinned");
        assertThat(kept.asked).first().asString().endsWith("but " + List.of(seconds(10, 12)));
        assertThat(ledger(names, "gate", 0, 60)).containsExactly(State.DELETED, State.ANALYSED, State.DELETED);

        assertThat(deletion(names, kept).run(request.thoughPinned(), NOW).deleted())
                .containsEntry("events", 1L);
        assertThat(ids(names)).isEmpty();
    }

    @Test
    void aDryRunCountsTheSameAndTouchesNothing() throws IOException {
        IndexNames names = names("dry");
        Kept kept = new Kept(elasticsearch, names);
        kept.alert("one", "gate", 10);
        kept.event("two", "gate", 20);
        kept.coverage("gate", 0, 60, State.ANALYSED);
        Map<String, Long> before = kept.counts();

        Receipt plan = deletion(names, kept).plan(DeletionRequest.ofStreams("gate"), NOW);

        assertThat(kept.counts()).isEqualTo(before);
        assertThat(kept.asked).isNotEmpty().allMatch(words -> words.startsWith("would "));
        assertThat(new Receipts(elasticsearch, names).since(Instant.EPOCH)).isEmpty();
        Receipt receipt = deletion(names, kept).run(DeletionRequest.ofStreams("gate"), NOW);
        assertThat(receipt.documents())
                .isEqualTo(before.values().stream().mapToLong(Long::longValue).sum());
        assertThat(receipt.digest()).isNotEmpty();
        assertThat(plan.first()).isEqualTo(receipt.first());
    }

    @Test
    void aFileOfSomebodyElsesGoesOnlyWhenAskedFor() throws IOException {
        IndexNames names = names("file");
        Kept kept = new Kept(elasticsearch, names);
        kept.event("one", "yard.mp4", 10);
        DeletionRequest request = DeletionRequest.ofStreams("yard.mp4");

        assertThat(deletion(names, kept).plan(request, NOW).ownFiles()).isZero();
        Receipt receipt = deletion(names, kept).run(request.withOwnFiles(), NOW);

        assertThat(receipt.ownFiles()).isEqualTo(1);
        assertThat(receipt.footageBytes()).isEqualTo(1_003_000);
        assertThat(kept.asked).contains("file:/yard.mp4");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> request.between(second(1), null).withOwnFiles())
                .withMessageContaining("a file goes whole or not at all");
    }

    @Test
    void nobodyDeletesEverythingByLeavingWordsOut() {
        assertThatIllegalArgumentException().isThrownBy(DeletionRequest::ofStreams);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DeletionRequest.ofStreams("gate").between(second(2), second(2)));
    }

    @Test
    void oneThatWasInterruptedIsFinishedByTheNextSweep() throws IOException {
        IndexNames names = names("interrupted");
        Kept kept = new Kept(elasticsearch, names);
        kept.alert("one", "gate", 10);
        Pictures failing = new Failing(kept);
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> deletion(names, failing).run(DeletionRequest.ofStreams("gate"), NOW));
        assertThat(new Receipts(elasticsearch, names).since(Instant.EPOCH))
                .singleElement()
                .extracting(Receipt::state)
                .isEqualTo("begun");
        // seen after the deletion was asked for
        VideoEvent later = Kept.event("later", "gate", 7_200, 1);
        kept.write(later);

        assertThat(deletion(names, kept).repeat(Instant.EPOCH))
                .as("the event and what was refused of it went before")
                .isEqualTo(3);

        assertThat(ids(names)).containsExactly("later");
        assertThat(new Receipts(elasticsearch, names).since(Instant.EPOCH))
                .singleElement()
                .satisfies(receipt -> {
                    assertThat(receipt.state()).isEqualTo("resumed");
                    assertThat(receipt.documents()).isEqualTo(3);
                });
    }

    @Test
    void whatAJobWritesAgainGoesAgainAndWhatIsSeenLaterStays() throws IOException {
        IndexNames names = names("again");
        Kept kept = new Kept(elasticsearch, names);
        kept.event("one", "gate", 10);
        deletion(names, kept).run(DeletionRequest.ofStreams("gate"), NOW);
        long laterRun = NOW / 1_000 + 60;

        kept.event("one", "gate", 10);
        kept.write(Kept.event("watched again", "gate", 10, VideoEvent.firstVersion(laterRun)));
        kept.write(Kept.event("goes on", "gate", 7_200, 1));

        assertThat(deletion(names, kept).repeat(Instant.ofEpochMilli(NOW))).isEqualTo(1);
        assertThat(ids(names)).containsExactly("watched again", "goes on");
    }

    private record Failing(Kept kept) implements Pictures {

        @Override
        public void keep(String stream, List<Stretch> pinned) {}

        @Override
        public Freed forget(String stream, List<Stretch> stretches, List<Stretch> pinned, boolean dryRun) {
            return kept.forget(stream, stretches, pinned, dryRun);
        }

        @Override
        public Freed forgetEvidence(List<String> alerts, boolean dryRun) {
            throw new UncheckedIOException(new IOException("the disk is read-only"));
        }

        @Override
        public Freed forgetFile(String uri, boolean dryRun) {
            return Freed.NOTHING;
        }
    }

    private static Deletion deletion(IndexNames names, Pictures pictures) {
        return new Deletion(elasticsearch, names, pictures);
    }

    private static List<String> ids(IndexNames names) {
        return new EventSearch(elasticsearch, names)
                .list(EventFilter.ALL, 100).stream().map(VideoEvent::id).toList();
    }

    private static List<State> ledger(IndexNames names, String stream, long from, long to) {
        return new CoverageLedger(elasticsearch, names)
                .of(stream, DAY + from * 1_000, DAY + to * 1_000).spans().stream()
                        .map(CoverageSpan::state)
                        .toList();
    }

    private static IndexNames names(String test) {
        return new IndexNames(SERVER.prefix() + "-" + test);
    }
}
