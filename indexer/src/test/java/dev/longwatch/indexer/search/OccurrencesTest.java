// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OccurrencesTest {

    @Test
    void theSecondTimeIsTheSecondThatDoesNotOverlapTheFirst() {
        List<Events.Span> spans = List.of(
                span("gate", 10, 20),
                span("gate", 15, 25),
                span("yard", 18, 19),
                span("gate", 26, 30),
                span("gate", 40, 50));

        assertThat(begun(2, spans)).isEqualTo(Map.of("gate", 26L));
        assertThat(begun(1, spans)).isEqualTo(Map.of("gate", 10L, "yard", 18L));
        assertThat(begun(-1, spans)).isEqualTo(Map.of("gate", 40L, "yard", 18L));
        assertThat(begun(4, spans)).isEmpty();
    }

    @Test
    void whatTouchesOrLastsOnIsStillTheSame() {
        List<Events.Span> spans =
                List.of(span("gate", 0, 100), span("gate", 10, 20), span("gate", 30, 40), span("gate", 100, 110));

        assertThat(begun(2, spans)).isEmpty();
        assertThat(begun(-1, spans)).isEqualTo(Map.of("gate", 0L));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, -1, -2})
    void fromEitherEndItIsWhatCountingAllOfThemGives(int ordinal) {
        Random random = new Random(ordinal);
        for (int round = 0; round < 500; round++) {
            List<Events.Span> spans = IntStream.range(0, random.nextInt(30))
                    .mapToObj(i -> random.nextInt(100))
                    .map(from -> span(random.nextBoolean() ? "gate" : "yard", from, from + random.nextInt(12)))
                    .toList();

            assertThat(begun(ordinal, spans)).as(spans.toString()).isEqualTo(counted(ordinal, spans));
        }
    }

    private static Map<String, Long> begun(int ordinal, List<Events.Span> spans) {
        Occurrences occurrences = new Occurrences(ordinal);
        spans.stream()
                .sorted(
                        ordinal > 0
                                ? Comparator.comparingLong(Events.Span::fromMillis)
                                : Comparator.comparingLong(Events.Span::toMillis)
                                        .reversed())
                .filter(span -> !occurrences.known().contains(span.stream()))
                .forEach(occurrences::add);
        return occurrences.begun();
    }

    /** By the definition. */
    private static Map<String, Long> counted(int ordinal, List<Events.Span> spans) {
        Map<String, List<Long>> begun = new HashMap<>();
        Map<String, Long> ends = new HashMap<>();
        spans.stream().sorted(Comparator.comparingLong(Events.Span::fromMillis)).forEach(span -> {
            if (span.fromMillis() > ends.getOrDefault(span.stream(), -1L)) {
                begun.computeIfAbsent(span.stream(), stream -> new ArrayList<>())
                        .add(span.fromMillis());
            }
            ends.merge(span.stream(), span.toMillis(), Math::max);
        });
        Map<String, Long> asked = new HashMap<>();
        begun.forEach((stream, each) -> {
            if (each.size() >= Math.abs(ordinal)) {
                asked.put(stream, each.get(ordinal < 0 ? each.size() + ordinal : ordinal - 1));
            }
        });
        return asked;
    }

    private static Events.Span span(String stream, long from, long to) {
        return new Events.Span(stream, from, to, List.of());
    }
}
