// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.eval;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longwatch.jobs.ConfigException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * The annotations of TimeLens-Bench ({@code charades-timelens.json} and its like): an object from the video's name without
 * an ending to {@code {"duration": seconds, "spans": [[start, end], …], "queries": [text, …]}}, the n-th span being the
 * n-th query's. So read by {@code timelens/dataset/timelens_data.py} of TencentARC/TimeLens, which also evens out spaces and
 * takes stops off the queries' ends. Every query's content occurs.
 */
final class TimeLensBench {

    private static final ObjectMapper JSON = new ObjectMapper();

    private TimeLensBench() {}

    /** Whether a text that begins with a brace is such an object. */
    static boolean is(String text) {
        try {
            JsonNode first = JSON.readTree(text);
            Iterator<JsonNode> videos = first.elements();
            return videos.hasNext() && videos.next().has("queries");
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    static Labels read(Path file, String text, Path videos) {
        JsonNode all;
        try {
            all = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new ConfigException(
                    file.getFileName() + ":" + e.getLocation().getLineNr() + ": no JSON: " + e.getOriginalMessage(), e);
        }
        List<Label> labels = new ArrayList<>();
        for (Map.Entry<String, JsonNode> video : all.properties()) {
            labels.addAll(labels(file, video.getKey(), video.getValue(), videos));
        }
        return new Labels(LabelFormat.TIMELENS, labels, List.of());
    }

    private static List<Label> labels(Path file, String id, JsonNode video, Path videos) {
        String place = file.getFileName() + ": video '" + id + "'";
        JsonNode spans = video.path("spans");
        JsonNode queries = video.path("queries");
        if (!spans.isArray() || !queries.isArray() || spans.size() != queries.size()) {
            throw new ConfigException(place + ": expected as many \"spans\" as \"queries\", found "
                    + (spans.isArray() ? spans.size() + " spans" : "no spans") + " and "
                    + (queries.isArray() ? queries.size() + " queries" : "no queries"));
        }
        List<Label> labels = new ArrayList<>();
        for (int i = 0; i < queries.size(); i++) {
            String where = place + ", query " + (i + 1);
            String query = cleaned(queries.get(i).asText());
            JsonNode span = spans.get(i);
            if (query.isEmpty()
                    || span.size() != 2
                    || !span.get(0).isNumber()
                    || !span.get(1).isNumber()) {
                throw new ConfigException(
                        where + ": expected words and a span [start, end], found " + queries.get(i) + " and " + span);
            }
            labels.add(new Label(
                    where,
                    id,
                    LabelFormat.video(videos, id),
                    query,
                    "",
                    List.of(LabelFormat.span(span.get(0).asDouble(), span.get(1).asDouble(), where)),
                    List.of()));
        }
        return labels;
    }

    private static String cleaned(String query) {
        return query.replaceAll("\\s+", " ")
                .strip()
                .replaceAll("^\\.+|\\.+$", "")
                .strip();
    }
}
