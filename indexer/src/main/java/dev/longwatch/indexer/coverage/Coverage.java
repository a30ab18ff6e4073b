// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.coverage;

import dev.longwatch.indexer.coverage.CoverageSpan.State;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.stream.LongStream;

/**
 * What became of every millisecond of a stretch of one stream: the ledger's entries laid over each other, so that each
 * instant has one state and the sums add up to the wall clock.
 *
 * <p>Entries may come in any order, overlap and repeat each other, as they do after a restart. Where two speak of the same
 * instant the later of {@link State}'s order holds; of two in the same state the one that begins first.
 *
 * @param fromMillis where the stretch begins, milliseconds since 1970 UTC
 * @param toMillis where it ends
 * @param spans without overlaps, in order; what nobody wrote about is left out
 */
public record Coverage(long fromMillis, long toMillis, List<CoverageSpan> spans) {

    private static final Comparator<CoverageSpan> STRONGEST =
            Comparator.comparing(CoverageSpan::state).reversed().thenComparingLong(CoverageSpan::fromMillis);

    public Coverage {
        spans = List.copyOf(spans);
    }

    /**
     * @param entries of one stream
     * @throws IllegalArgumentException if the stretch does not end after it begins
     */
    public static Coverage of(long fromMillis, long toMillis, List<CoverageSpan> entries) {
        if (toMillis <= fromMillis) {
            throw new IllegalArgumentException(
                    "expected a stretch that ends after it begins, found " + fromMillis + " to " + toMillis);
        }
        List<CoverageSpan> inside = entries.stream()
                .filter(entry -> entry.toMillis() > fromMillis && entry.fromMillis() < toMillis)
                .map(entry ->
                        entry.between(Math.max(fromMillis, entry.fromMillis()), Math.min(toMillis, entry.toMillis())))
                .sorted(Comparator.comparingLong(CoverageSpan::fromMillis))
                .toList();
        return new Coverage(fromMillis, toMillis, layered(inside));
    }

    /** Goes from border to border; of all entries that hold there the strongest counts. */
    private static List<CoverageSpan> layered(List<CoverageSpan> inOrder) {
        long[] borders = inOrder.stream()
                .flatMapToLong(entry -> LongStream.of(entry.fromMillis(), entry.toMillis()))
                .sorted()
                .distinct()
                .toArray();
        List<CoverageSpan> spans = new ArrayList<>();
        PriorityQueue<CoverageSpan> holding = new PriorityQueue<>(STRONGEST);
        int next = 0;
        for (int i = 0; i + 1 < borders.length; i++) {
            while (next < inOrder.size() && inOrder.get(next).fromMillis() <= borders[i]) {
                holding.add(inOrder.get(next++));
            }
            while (!holding.isEmpty() && holding.element().toMillis() <= borders[i]) {
                holding.remove();
            }
            if (!holding.isEmpty()) {
                append(spans, holding.element().between(borders[i], borders[i + 1]));
            }
        }
        return spans;
    }

    private static void append(List<CoverageSpan> spans, CoverageSpan added) {
        if (!spans.isEmpty()) {
            CoverageSpan last = spans.get(spans.size() - 1);
            if (last.toMillis() == added.fromMillis()
                    && last.equals(added.between(last.fromMillis(), last.toMillis()))) {
                spans.set(spans.size() - 1, last.between(last.fromMillis(), added.toMillis()));
                return;
            }
        }
        spans.add(added);
    }

    /** How long the stream was in each state, in milliseconds; every state has an entry. */
    public Map<State, Long> millis() {
        Map<State, Long> sums = new EnumMap<>(State.class);
        for (State state : State.values()) {
            sums.put(state, 0L);
        }
        spans.forEach(span -> sums.merge(span.state(), span.millis(), Long::sum));
        return sums;
    }

    /** How long the stream was in one state, in milliseconds. */
    public long millis(State state) {
        return spans.stream()
                .filter(span -> span.state() == state)
                .mapToLong(CoverageSpan::millis)
                .sum();
    }

    /** Milliseconds of the stretch that nobody wrote about: before the stream was added, or a fault of the ledger. */
    public long unknownMillis() {
        return toMillis
                - fromMillis
                - spans.stream().mapToLong(CoverageSpan::millis).sum();
    }
}
