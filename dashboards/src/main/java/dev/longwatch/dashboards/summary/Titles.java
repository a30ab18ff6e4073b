// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.summary;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.longwatch.dashboards.summary.Summary.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Titles that a model writes for lively chapters, from their sentences and nothing else. */
public final class Titles {

    private static final int LONGEST = 80;

    private final Summary summary;
    private final List<Integer> asked = new ArrayList<>();
    private final List<Part> titled;

    public Titles(Summary summary) {
        this.summary = summary;
        titled = new ArrayList<>(summary.chapters());
        for (int i = 0; i < titled.size(); i++) {
            if (titled.get(i).kind().equals("lively")) {
                asked.add(i);
            }
        }
    }

    /** Whether there is nothing to write a title for. */
    public boolean areNone() {
        return asked.isEmpty();
    }

    /**
     * The writing process's configuration, JSON on one line.
     *
     * @param model a checkpoint directory
     */
    public String json(String model) {
        ObjectNode config = new ObjectMapper().createObjectNode().put("model", model);
        ArrayNode instructions = config.putArray("instructions");
        asked.forEach(chapter -> instructions.add(instruction(titled.get(chapter))));
        return config.toString();
    }

    private static String instruction(Part chapter) {
        return "Notes of what was seen in a stretch of video:\n"
                + chapter.sentences().stream()
                        .map(sentence -> "- " + sentence.text())
                        .collect(Collectors.joining("\n"))
                + "\nWrite a title of at most eight words for this stretch. Use only what the notes say. Write the title and"
                + " nothing else.";
    }

    /**
     * Takes a title; one without words is left alone.
     *
     * @param ordinal of the instruction
     * @param model fingerprint of the model that wrote it
     */
    public void take(int ordinal, String text, String model) {
        String words = text.lines().findFirst().orElse("").replaceAll("^[\\s\"'“”*#]+|[\\s\"'“”*.]+$", "");
        if (!words.isEmpty()) {
            String title = words.length() <= LONGEST ? words : words.substring(0, LONGEST - 1) + "…";
            int chapter = asked.get(ordinal);
            titled.set(chapter, titled.get(chapter).titled(title, model));
        }
    }

    /** The summary with the titles taken so far. */
    public Summary summary() {
        return summary.with(titled);
    }
}
