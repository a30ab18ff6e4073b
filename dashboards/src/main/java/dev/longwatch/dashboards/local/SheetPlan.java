// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.longwatch.indexer.event.VideoEvent;
import java.nio.file.Path;
import java.util.List;

/**
 * A contact sheet to draw, ready for the job's process.
 *
 * @param title of the page
 * @param note under the title, a sentence
 * @param stream name of the video or stream
 * @param uri where the video is, or the recording
 * @param events what is shown, in this order
 * @param probabilities of every clip that was looked at, that it shows what was asked for, 0 to 1
 * @param threshold which of them count
 * @param out the file to write
 */
public record SheetPlan(
        String title,
        String note,
        String stream,
        String uri,
        List<VideoEvent> events,
        List<Double> probabilities,
        double threshold,
        Path out) {

    /** The process's configuration, JSON on one line. */
    public String json() {
        ObjectMapper json = new ObjectMapper();
        ObjectNode config = json.createObjectNode()
                .put("title", title)
                .put("note", note)
                .put("stream", stream)
                .put("uri", uri)
                .put("threshold", threshold)
                .put("out", out.toString());
        config.set("probabilities", json.valueToTree(probabilities));
        config.putArray("moments");
        events.forEach(event -> config.withArray("moments")
                .addObject()
                .put("startMillis", event.span().startMillis())
                .put("endMillis", event.span().endMillis())
                .put("text", event.text())
                .put("confidence", event.confidence()));
        return config.toString();
    }
}
