// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.eval;

import dev.longwatch.indexer.event.TimeSpan;
import dev.longwatch.jobs.ConfigException;
import dev.longwatch.jobs.ground.Prompt;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** In which form labels are written. */
public enum LabelFormat {
    /** One JSON object a line, see {@link JsonLines}. */
    JSONL(Prompt.LONGWATCH) {
        @Override
        Labels read(Path file, String text, Path videos) {
            return JsonLines.read(file, text, videos);
        }
    },
    /** The annotations of Charades-STA, see {@link CharadesSta}. */
    CHARADES(Prompt.CHARADES) {
        @Override
        Labels read(Path file, String text, Path videos) {
            return CharadesSta.read(file, text, videos);
        }
    },
    /** The annotations of TimeLens-Bench, see {@link TimeLensBench}. */
    TIMELENS(Prompt.TIMELENS) {
        @Override
        Labels read(Path file, String text, Path videos) {
            return TimeLensBench.read(file, text, videos);
        }
    };

    /** Endings tried for a video that is named without one, the most usual first. */
    private static final List<String> ENDINGS = List.of("mp4", "mkv", "avi", "webm", "mov", "m4v");

    private static final int SHOWN = 80;

    private final Prompt prompt;

    LabelFormat(Prompt prompt) {
        this.prompt = prompt;
    }

    /** The prompt by which figures on such labels are published. */
    Prompt prompt() {
        return prompt;
    }

    abstract Labels read(Path file, String text, Path videos);

    /** @throws ConfigException when there is no such format */
    static LabelFormat named(String name) {
        return Arrays.stream(values())
                .filter(format -> format.word().equals(name))
                .findFirst()
                .orElseThrow(() -> new ConfigException("expected a format among "
                        + Arrays.stream(values()).map(LabelFormat::word).collect(Collectors.joining(", "))
                        + ", found '" + name + "'"));
    }

    /** The format's name as people write it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws ConfigException when the text is in none of them */
    static LabelFormat recognise(Path file, String text) {
        String first = text.lines()
                .filter(line -> !line.isBlank())
                .findFirst()
                .orElse("")
                .strip();
        if (first.isEmpty()) {
            throw new ConfigException(file + ": expected labels, found an empty file");
        }
        if (CharadesSta.LINE.matcher(first).matches()) {
            return CHARADES;
        }
        if (first.startsWith("{")) {
            return TimeLensBench.is(text) ? TIMELENS : JSONL;
        }
        String shown = first.length() > SHOWN ? first.substring(0, SHOWN) + "…" : first;
        throw new ConfigException(file + ": expected JSON lines, a TimeLens-Bench object, or Charades-STA lines such as"
                + " 'VIDEO 24.3 30.4##sentence.', found '" + shown + "'; --format says which it is");
    }

    /** The file of a video that is named without its ending; the first ending where there is none. */
    static Path video(Path folder, String id) {
        return ENDINGS.stream()
                .map(ending -> folder.resolve(id + "." + ending))
                .filter(Files::exists)
                .findFirst()
                .orElse(folder.resolve(id + "." + ENDINGS.get(0)));
    }

    /**
     * A span as annotators write it.
     *
     * @param start seconds
     * @param end seconds
     * @param place file and line, for a person
     * @throws ConfigException unless 0 <= start < end
     */
    static TimeSpan span(double start, double end, String place) {
        if (!(start >= 0) || !(end > start) || Double.isInfinite(end)) {
            throw new ConfigException(
                    place + ": expected a span of seconds, 0 <= start < end, found " + start + " to " + end);
        }
        return new TimeSpan(Math.round(start * 1e3), Math.round(end * 1e3));
    }
}
