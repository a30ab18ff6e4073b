// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.eval;

import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.indexer.event.TimeSpan;
import dev.longwatch.jobs.ConfigException;
import dev.longwatch.jobs.clip.ClipGrid;
import dev.longwatch.jobs.decode.PictureFit;
import dev.longwatch.jobs.decode.VideoException;
import dev.longwatch.jobs.ground.Ground;
import dev.longwatch.jobs.ground.ModelAddress;
import dev.longwatch.jobs.ground.ModelDoor;
import dev.longwatch.jobs.ground.ModelFit;
import dev.longwatch.jobs.ground.Prompt;
import dev.longwatch.jobs.sample.ByChange;
import dev.longwatch.jobs.sample.FixedRate;
import dev.longwatch.jobs.sample.Sampler;
import dev.longwatch.jobs.sample.Thinning;
import dev.longwatch.jobs.sample.UnevenRate;
import dev.longwatch.jobs.source.VideoClips;
import dev.longwatch.jobs.source.VideoRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Asks a model about every labelled video, one after the other, and keeps what came of it. Another thread may ask for the
 * result at any time: it tells of the videos that were finished then.
 */
final class Evaluation {

    /** The reference never looks at more pictures of a video (spec section 4.5). */
    private static final int MOST_FRAMES = 768;

    /** How far a true moment may reach beyond the end before it is told. */
    private static final long TOLERANCE_MILLIS = 500;

    private final EvalConfig config;
    private final Labels labels;
    private final ModelAddress address;
    private final ModelDoor door;
    private final Prompt prompt;
    private final ClipGrid whole;
    private final List<String> problems = new ArrayList<>();
    private final List<Outcome> outcomes = new ArrayList<>();
    private long begunNanos;
    private long videoMillis;
    private long pictures;
    private int wholeVideos;
    private int gridVideos;
    private int unwatched;
    private int partly;
    private int refused;
    private int beyondTheEnd;

    /** @param door to the model at the address */
    Evaluation(EvalConfig config, Labels labels, ModelAddress address, ModelDoor door, Prompt prompt) {
        this.config = config;
        this.labels = labels;
        this.address = address;
        this.door = door;
        this.prompt = prompt;
        long millis = wholeMillis(config);
        this.whole = new ClipGrid(millis, millis);
        problems.addAll(labels.problems());
    }

    /**
     * How the model is asked: as configured, else as suits the format.
     *
     * @throws ConfigException when there is no such prompt
     */
    static Prompt prompt(EvalConfig config, LabelFormat format) {
        if (config.prompt().isEmpty()) {
            return format.prompt();
        }
        return Arrays.stream(Prompt.values())
                .filter(each -> word(each).equals(config.prompt()))
                .findFirst()
                .orElseThrow(() -> new ConfigException("expected a prompt among "
                        + Arrays.stream(Prompt.values()).map(Evaluation::word).collect(Collectors.joining(", "))
                        + ", found '" + config.prompt() + "'"));
    }

    static String word(Prompt prompt) {
        return prompt.name().toLowerCase(Locale.ROOT);
    }

    /** The embedded model was trained on clips of the grid; published ones see as many pictures as the reference shows them. */
    private static long wholeMillis(EvalConfig config) {
        if (config.wholeMillis() > 0) {
            return config.wholeMillis();
        }
        return config.model().isEmpty()
                ? ClipGrid.DEFAULT.lengthMillis()
                : Math.round(MOST_FRAMES * 1_000 / config.framesPerSecond());
    }

    /** Told of every video when it is finished, on the thread that runs the evaluation. */
    interface Listener {
        /**
         * @param done videos so far, measured or not
         * @param outcomes of the one that is finished
         * @param refused questions about it that were not asked
         * @param problem why it could not be watched, or not in full; empty when it was
         */
        void finished(int done, List<Outcome> outcomes, List<Refusal> refused, String problem);
    }

    /** A question that was not asked. */
    record Refusal(Label label, String why) {}

    boolean tellsProbability() {
        return prompt.tellsProbability();
    }

    /** How far it has come. */
    synchronized EvalMain.Progress progress(int done, String problem) {
        return new EvalMain.Progress(
                done, videos(), outcomes.size(), videoMillis / 1e3, (System.nanoTime() - begunNanos) / 1e9, problem);
    }

    int videos() {
        return labels.byVideo().size();
    }

    void run(Listener listener) {
        synchronized (this) {
            begunNanos = System.nanoTime();
        }
        int done = 0;
        for (Map.Entry<Path, List<Label>> video : labels.byVideo().entrySet()) {
            List<Refusal> refusals = refusals(video.getValue());
            List<Label> asked = video.getValue().stream()
                    .filter(label -> refusals.stream()
                            .noneMatch(refusal -> refusal.label().equals(label)))
                    .toList();
            String place = video.getValue().get(0).place();
            String problem;
            List<Outcome> found = List.of();
            try {
                Optional<Look> look = asked.isEmpty() ? Optional.empty() : Optional.of(look(video.getKey(), asked));
                problem = look.map(Look::problem).orElse("");
                if (look.isPresent() && look.get().pictures() > 0) {
                    Look seen = look.get();
                    found = asked.stream().map(seen::outcome).toList();
                    keep(seen, found, problem);
                } else if (!asked.isEmpty()) {
                    keepUnwatched();
                }
            } catch (VideoException e) {
                problem = e.sentence();
                keepUnwatched();
            }
            problem = problem.isEmpty() ? "" : place + ": " + problem;
            keep(refusals, problem);
            listener.finished(++done, found, refusals, problem);
        }
    }

    private List<Refusal> refusals(List<Label> labels) {
        List<Refusal> refusals = new ArrayList<>();
        for (Label label : labels) {
            if (!label.dense()) {
                door.refusal(AlertRule.of(label.query())).ifPresent(why -> refusals.add(new Refusal(label, why)));
            }
        }
        return refusals;
    }

    private Look look(Path path, List<Label> asked) throws VideoException {
        String uri = path.toString();
        long millis = VideoClips.millis(uri);
        ClipGrid grid = whole.goesOnAfter(0, millis) ? ClipGrid.DEFAULT : whole;
        List<AlertRule> rules = Look.rules(asked);
        try (VideoClips clips = VideoClips.of(
                new VideoRequest(asked.get(0).video(), uri),
                rules.stream().filter(rule -> !rule.equals(Ground.DESCRIBE)).toList(),
                rules.contains(Ground.DESCRIBE),
                config.framesPerSecond(),
                grid,
                fit(Math.min(millis, grid.lengthMillis())),
                sampler(asked.get(0).video()),
                config.byChange() ? ByChange.DEFAULT : Thinning.NONE)) {
            return Look.at(clips, rules, door, prompt);
        }
    }

    private Sampler sampler(String video) {
        return config.uneven()
                ? new UnevenRate(config.framesPerSecond(), config.seed() * 31 + video.hashCode())
                : new FixedRate(config.framesPerSecond(), 0);
    }

    private PictureFit fit(long clipMillis) {
        if (config.totalPixels() == 0) {
            return new ModelFit(address);
        }
        // pictures come in pairs
        long pairs = Math.max(1, Math.round(clipMillis * config.framesPerSecond() / 2_000));
        return door.fit(config.minPixels(), config.totalPixels(), (int) (2 * pairs));
    }

    private synchronized void keep(Look look, List<Outcome> found, String problem) {
        outcomes.addAll(found);
        videoMillis += look.endMillis();
        pictures += look.pictures();
        if (look.whole()) {
            wholeVideos++;
        } else {
            gridVideos++;
        }
        if (!problem.isEmpty()) {
            partly++;
        }
        for (Outcome outcome : found) {
            long end = ends(outcome.label());
            if (end > look.endMillis() + TOLERANCE_MILLIS) {
                beyondTheEnd++;
                problems.add(String.format(
                        Locale.ROOT,
                        "%s: the label ends at %.2f s, the video at %.2f s",
                        outcome.label().place(),
                        end / 1e3,
                        look.endMillis() / 1e3));
            }
        }
    }

    private static long ends(Label label) {
        return Math.max(
                label.spans().stream().mapToLong(TimeSpan::endMillis).max().orElse(0),
                label.events().stream()
                        .mapToLong(event -> event.span().endMillis())
                        .max()
                        .orElse(0));
    }

    private synchronized void keepUnwatched() {
        unwatched++;
    }

    private synchronized void keep(List<Refusal> refusals, String problem) {
        refused += refusals.size();
        if (!problem.isEmpty()) {
            problems.add(problem);
        }
    }

    /** What was measured so far. */
    synchronized EvalResult result(boolean stopped) {
        double wallSeconds = begunNanos == 0 ? 0 : (System.nanoTime() - begunNanos) / 1e9;
        return new EvalResult(
                config.labels(),
                labels.format().word(),
                word(prompt),
                door.fingerprint(),
                config.framesPerSecond(),
                config.uneven() ? config.seed() : null,
                config.byChange(),
                config.totalPixels() == 0 ? null : config.minPixels(),
                config.totalPixels() == 0 ? null : config.totalPixels(),
                whole.lengthMillis() / 1e3,
                stopped,
                new EvalResult.Videos(videos(), wholeVideos + gridVideos, wholeVideos, gridVideos, unwatched, partly),
                new EvalResult.Queries(
                        labels.list().size(),
                        outcomes.size(),
                        refused,
                        (int) outcomes.stream()
                                .filter(outcome -> !outcome.readable())
                                .count(),
                        severalMoments(),
                        beyondTheEnd),
                videoMillis / 1e3,
                pictures,
                wallSeconds,
                wallSeconds > 0 ? videoMillis / 1e3 / wallSeconds : 0,
                Measuring.of(outcomes, prompt.tellsProbability()),
                List.copyOf(problems));
    }

    private int severalMoments() {
        return prompt.tellsProbability()
                ? 0
                : (int) outcomes.stream()
                        .filter(outcome -> !outcome.label().dense() && outcome.moments() > 1)
                        .count();
    }
}
