// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.eval;

import dev.longwatch.jobs.ConfigException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The annotations of Charades-STA as its authors publish them ({@code charades_sta_test.txt} of the TALL repository,
 * jiyanggao/TALL): one query a line, {@code 3MSZA 24.3 30.4##person turn a light on.}, with the video's name without an
 * ending, seconds, and a sentence. Every query's content occurs.
 *
 * <p>Published lists hold a few lines whose end is not after their start. Those are left out and told, so that the rest can
 * be measured.
 */
final class CharadesSta {

    private static final String NUMBER = "(-?\\d+(?:\\.\\d*)?)";

    static final Pattern LINE = Pattern.compile("(\\S+)\\s+" + NUMBER + "\\s+" + NUMBER + "\\s*##\\s*(.*\\S)\\s*");

    private CharadesSta() {}

    static Labels read(Path file, String text, Path videos) {
        List<Label> labels = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).isBlank()) {
                continue;
            }
            String place = file.getFileName() + ":" + (i + 1);
            Matcher line = LINE.matcher(lines.get(i).strip());
            if (!line.matches()) {
                throw new ConfigException(
                        place + ": expected 'VIDEO start end##sentence.', found '" + lines.get(i) + "'");
            }
            double start = Double.parseDouble(line.group(2));
            double end = Double.parseDouble(line.group(3));
            if (!(start >= 0 && end > start)) {
                problems.add(place + ": left out: expected 0 <= start < end, found " + start + " to " + end);
                continue;
            }
            String id = line.group(1);
            labels.add(new Label(
                    place,
                    id,
                    LabelFormat.video(videos, id),
                    line.group(4),
                    "",
                    List.of(LabelFormat.span(start, end, place)),
                    List.of()));
        }
        return new Labels(LabelFormat.CHARADES, labels, problems);
    }
}
