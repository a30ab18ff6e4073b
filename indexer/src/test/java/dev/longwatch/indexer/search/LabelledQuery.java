// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longwatch.indexer.event.VideoEvent;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A question and the facts that answer it, from {@code queries.txt}.
 *
 * @param kind of question
 * @param text as somebody asks
 * @param facts which scenes are meant; none for what is nowhere
 */
record LabelledQuery(String kind, String text, Map<String, String> facts) {

    static final String ABSENT = "absent";

    static List<LabelledQuery> all() throws IOException {
        try (InputStream file = LabelledQuery.class.getResourceAsStream("queries.txt")) {
            return new String(file.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(LabelledQuery::read)
                    .toList();
        }
    }

    private static LabelledQuery read(String line) {
        String[] parts = line.split("\\|", 3);
        Map<String, String> facts = new LinkedHashMap<>();
        for (String fact : parts[2].strip().split("\\s+")) {
            if (!fact.isEmpty()) {
                facts.put(fact.substring(0, fact.indexOf('=')), fact.substring(fact.indexOf('=') + 1));
            }
        }
        return new LabelledQuery(parts[0].strip(), parts[1].strip(), facts);
    }

    /** The ids of the events that answer it. */
    Set<String> answers(List<Scenes.Scene> scenes) {
        List<Scenes.Scene> meant = scenes.stream().filter(this::holds).toList();
        if (!facts.containsKey("nth")) {
            return ids(meant);
        }
        int nth = Integer.parseInt(facts.get("nth"));
        Map<String, List<Scenes.Scene>> streams = new LinkedHashMap<>();
        meant.forEach(scene -> streams.computeIfAbsent(scene.event().stream(), stream -> new ArrayList<>())
                .add(scene));
        return ids(streams.values().stream()
                .filter(each -> each.size() >= Math.abs(nth))
                .map(each -> each.get(nth < 0 ? each.size() + nth : nth - 1))
                .toList());
    }

    private boolean holds(Scenes.Scene scene) {
        return !facts.isEmpty()
                && facts.entrySet().stream().allMatch(fact -> holds(fact.getKey(), fact.getValue(), scene));
    }

    private static boolean holds(String name, String value, Scenes.Scene scene) {
        VideoEvent event = scene.event();
        ZonedDateTime began = Instant.ofEpochMilli(event.startedAtMillis()).atZone(Scenes.ASKED.getZone());
        return switch (name) {
            case "nth" -> true;
            case "hours" -> {
                int from = Integer.parseInt(value.substring(0, value.indexOf('-')));
                int to = Integer.parseInt(value.substring(value.indexOf('-') + 1));
                yield from < to
                        ? began.getHour() >= from && began.getHour() < to
                        : began.getHour() >= from || began.getHour() < to;
            }
            case "day" -> began.toLocalDate().equals(Scenes.ASKED.toLocalDate().plusDays(Integer.parseInt(value)));
            default -> List.of(value.split(",")).contains(scene.facts().get(name));
        };
    }

    private static Set<String> ids(List<Scenes.Scene> scenes) {
        Set<String> ids = new LinkedHashSet<>();
        scenes.forEach(scene -> ids.add(scene.event().id()));
        return ids;
    }
}
