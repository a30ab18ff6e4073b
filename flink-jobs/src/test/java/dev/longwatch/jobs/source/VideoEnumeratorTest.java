// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VideoEnumeratorTest {

    private static final VideoRequest A = new VideoRequest("a", "/a.mp4");
    private static final VideoRequest B = new VideoRequest("b", "/b.mp4");

    private final FakeEnumeratorContext context = new FakeEnumeratorContext(2);

    @BeforeEach
    void twoReadersAreThere() {
        context.register(0);
        context.register(1);
    }

    @Test
    void readersThatAskEarlyWaitUntilAVideoIsPlanned() {
        VideoEnumerator enumerator = enumerator(List.of(A));
        enumerator.start();
        enumerator.handleSplitRequest(0, "here");
        enumerator.handleSplitRequest(1, "here");
        assertThat(context.said).isEmpty();

        context.runBackground();

        assertThat(context.said).containsExactly("0 reads a#0", "1 reads a#10");
    }

    @Test
    void aReaderIsDoneWhenAllVideosArePlannedAndAssigned() {
        VideoEnumerator enumerator = enumerator(List.of(A, B));
        enumerator.start();
        for (int subtask : new int[] {0, 1, 0, 1, 0}) {
            enumerator.handleSplitRequest(subtask, "here");
        }
        while (context.runBackground()) {
            enumerator.handleSplitRequest(0, "here");
            enumerator.handleSplitRequest(1, "here");
        }

        assertThat(context.said)
                .containsExactly(
                        "0 reads a#0", "1 reads a#10", "0 reads b#0", "1 reads b#10", "0 is done", "1 is done");
    }

    @Test
    void splitsOfAFailedReaderGoToTheNextThatAsks() {
        VideoEnumerator enumerator = enumerator(List.of(A));
        enumerator.start();
        context.runBackground();
        enumerator.handleSplitRequest(0, "here");
        context.readers.remove(0);

        enumerator.addSplitsBack(List.of(plan(A).get(0)), 0);
        enumerator.handleSplitRequest(1, "here");

        assertThat(context.said).containsExactly("0 reads a#0", "1 reads a#0");
    }

    @Test
    void aReaderThatWentAwayWhileItWaitedGetsNothing() {
        VideoEnumerator enumerator = enumerator(List.of(A));
        enumerator.start();
        enumerator.handleSplitRequest(0, "here");
        context.readers.remove(0);
        context.runBackground();

        assertThat(context.said).isEmpty();
        assertThat(enumerator.snapshotState(1).waiting()).hasSize(2);
    }

    @Test
    void aRestoredEnumeratorGoesOnWhereTheSnapshotWasTaken() {
        VideoEnumerator first = enumerator(List.of(A, B));
        first.start();
        context.runBackground();
        first.handleSplitRequest(0, "here");
        VideoEnumeratorState snapshot = first.snapshotState(1);
        context.said.clear();

        FakeEnumeratorContext later = new FakeEnumeratorContext(2);
        later.register(0);
        VideoEnumerator second = new VideoEnumerator(later, (request, slots) -> plan(request), snapshot);
        second.start();
        later.runBackground();
        for (int i = 0; i < 4; i++) {
            second.handleSplitRequest(0, "here");
        }

        assertThat(snapshot.unplanned()).containsExactly(B);
        assertThat(later.said).containsExactly("0 reads a#10", "0 reads b#0", "0 reads b#10", "0 is done");
    }

    @Test
    void whatIsNoVideoProblemFailsLoudly() {
        VideoEnumerator enumerator = new VideoEnumerator(
                context,
                (request, slots) -> {
                    throw new IllegalArgumentException("a bug");
                },
                new VideoEnumeratorState(List.of(A), List.of()));
        enumerator.start();

        assertThatIllegalStateException()
                .isThrownBy(context::runBackground)
                .withMessage("/a.mp4 could not be planned")
                .havingRootCause()
                .withMessage("a bug");
    }

    private VideoEnumerator enumerator(List<VideoRequest> videos) {
        return new VideoEnumerator(
                context, (request, slots) -> plan(request), new VideoEnumeratorState(videos, List.of()));
    }

    private static List<VideoSplit> plan(VideoRequest request) {
        return IntStream.of(0, 10)
                .mapToObj(first -> new VideoSplit(
                        request.stream(),
                        request.uri(),
                        0,
                        280_000,
                        first,
                        first + 9,
                        0,
                        first == 10,
                        first == 10,
                        first,
                        ""))
                .toList();
    }
}
