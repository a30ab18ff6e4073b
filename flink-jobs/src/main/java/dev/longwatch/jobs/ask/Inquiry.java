// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.ask;

import dev.longwatch.jobs.clip.Clock;
import dev.longwatch.jobs.clip.VideoClip;
import dev.longwatch.jobs.ground.Ground;
import dev.longwatch.jobs.ground.ModelAddress;
import dev.longwatch.jobs.ground.ModelDoor;
import dev.longwatch.jobs.ground.Reply;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One question, answered as far as it can be: by what is kept where that settles it, else by looking again. A question of a
 * known form is answered from the moments at which its condition is met, whatever the model; any other only by a model that
 * answers in its own words.
 */
final class Inquiry implements AutoCloseable {

    private final AskConfig config;
    private final ModelAddress address;
    private final Told told;
    private Optional<ModelDoor> door = Optional.empty();

    /** Told how the answer comes about, on the thread that answers. */
    interface Told {

        /** The model is loaded; this may take a while. */
        void loading();

        /** Footage is looked at: so many clips of a stretch are done. */
        void looking(Stretch stretch, long done, long of);

        /** What the model says of one of several stretches, before it is all put together. */
        void part(Seen stretch);

        /** The next words of the answer. */
        void piece(String text);

        /** The answer rests on this. */
        void rests(Seen moment);
    }

    /**
     * How it ended.
     *
     * @param known whether there is an answer
     * @param text the answer; empty when there is none
     * @param why there is none, or what limits it, for a person; empty for an answer without limits
     * @param basis {@code index} for what was kept, {@code footage} for what was seen again, {@code words} for the model's own
     * @param model fingerprint of the model that looked; empty when none did
     */
    record Answer(boolean known, String text, String why, String basis, String model) {

        static Answer unknown(String why, String basis, String model) {
            return new Answer(false, "", why, basis, model);
        }
    }

    Inquiry(AskConfig config, ModelAddress address, Told told) {
        this.config = config;
        this.address = address;
        this.told = told;
    }

    Answer answer() {
        Optional<Asked> asked = QuestionForms.read(config.question());
        if (asked.isPresent() && config.parts().isEmpty()) {
            Optional<Answer> settled = settled(asked.get());
            if (settled.isPresent()) {
                return settled.get();
            }
        }
        List<Stretch> stretches = stretches();
        if (stretches.isEmpty()) {
            return Answer.unknown("Nothing that was watched tells of it.", "index", "");
        }
        if (asked.isPresent()) {
            Optional<String> refusal = door().refusal(asked.get().conditions());
            if (refusal.isEmpty()) {
                return grounded(asked.get(), stretches);
            }
            return inWords(stretches, refusal.get());
        }
        return inWords(stretches, "");
    }

    /** Looks at most at the first parts or the best moments, as far as the number of clips goes. */
    private List<Stretch> stretches() {
        Stream<Stretch> ranked = config.parts().isEmpty()
                ? config.moments().stream()
                        .filter(moment -> config.counts(moment.seen()))
                        .map(Stretch::around)
                : config.parts().stream().map(Stretch::of);
        return Stretch.joined(ranked.toList(), config.mostClips());
    }

    /** The answer, if events are kept of the very thing that is asked about. */
    private Optional<Answer> settled(Asked asked) {
        List<Seen> moments = kept(asked.condition());
        String other = asked.other();
        List<Seen> others = other == null ? List.of() : kept(other);
        if (moments.isEmpty() || other != null && others.isEmpty()) {
            return Optional.empty();
        }
        List<Seen> asAsked = Composition.inOrder(asked, moments, others);
        if (asAsked.isEmpty() && !config.all()) {
            return Optional.empty();
        }
        return Optional.of(composed(asked, asAsked, moments, config.all(), "index", ""));
    }

    private List<Seen> kept(String condition) {
        List<String> key = Clause.key(condition);
        return config.moments().stream()
                .filter(moment -> !moment.rule().equals(Ground.DESCRIBE.name()))
                .filter(moment -> Clause.key(moment.text()).equals(key))
                .map(AskConfig.Moment::seen)
                .filter(config::counts)
                .toList();
    }

    private Answer grounded(Asked asked, List<Stretch> stretches) {
        Footage footage = new Footage(door(), address, config.framesPerSecond(), new Footage.Listener() {
            @Override
            public void looking(Stretch stretch, long done, long of) {
                told.looking(stretch, done, of);
            }

            @Override
            public void looked(VideoClip clip, List<Reply> replies) {
                // its moments are all that is wanted
            }
        });
        footage.look(stretches, asked.conditions());
        boolean whole = footage.holds(config.parts());
        List<Seen> moments = seen(footage, asked.condition());
        String other = asked.other();
        List<Seen> others = other == null ? List.of() : seen(footage, other);
        List<Seen> asAsked = Composition.inOrder(asked, moments, others);
        if (!asAsked.isEmpty()) {
            Answer answer = composed(asked, asAsked, moments, whole, "footage", fingerprint());
            return whole ? answer : new Answer(true, answer.text(), limits(footage), "footage", fingerprint());
        }
        String missing = moments.isEmpty() || other == null ? asked.condition() : other;
        boolean neverSeen = moments.isEmpty() || !others.isEmpty() || other == null;
        if (whole && neverSeen) {
            return never(asked, footage);
        }
        return Answer.unknown(
                String.format(
                        Locale.ROOT,
                        "Not seen where it was looked at: %s (probability at most %.2f). %s",
                        missing,
                        footage.highest(missing),
                        limits(footage)),
                "footage",
                fingerprint());
    }

    private List<Seen> seen(Footage footage, String condition) {
        return footage.seen(condition).stream().filter(config::counts).toList();
    }

    /** What keeps an answer from being about everything. */
    private static String limits(Footage footage) {
        String looked = "Looked at "
                + footage.looked().stream()
                        .map(each -> each.stream() + " " + Clock.here(each.span()))
                        .collect(Collectors.joining(", "))
                + " only.";
        return footage.problems().isEmpty()
                ? looked
                : looked + " Not all of it could be watched: " + String.join("; ", footage.problems()) + ".";
    }

    /** Every second was looked at, and it was not seen: how unlikely it was is told of each stretch. */
    private Answer never(Asked asked, Footage footage) {
        String text = Composition.never(asked.form());
        told.piece(text);
        double least = 1 - footage.highest(asked.condition());
        footage.looked()
                .forEach(each -> told.rests(new Seen(
                        each.stream(),
                        each.uri(),
                        "not seen: " + asked.condition(),
                        each.span(),
                        each.recordedAtMillis(),
                        least)));
        return new Answer(true, text, "", "footage", fingerprint());
    }

    /** @param moments of the condition, in whatever order to others */
    private Answer composed(
            Asked asked, List<Seen> asAsked, List<Seen> moments, boolean whole, String basis, String model) {
        if (asAsked.isEmpty()) {
            String text = Composition.never(asked.form());
            told.piece(text);
            moments.forEach(told::rests);
            return new Answer(true, text, "", basis, model);
        }
        Composition composition = Composition.of(asked, asAsked, whole);
        told.piece(composition.sentence());
        composition.rests().forEach(told::rests);
        return new Answer(true, composition.sentence(), "", basis, model);
    }

    /** @param refusal why it cannot be answered from moments though it has the form; empty when it has none */
    private Answer inWords(List<Stretch> stretches, String refusal) {
        Optional<String> speechless = door().speechless();
        if (speechless.isPresent()) {
            String why = refusal.isEmpty()
                    ? "This is none of the questions that follow from when something is seen. " + speechless.get()
                    : refusal;
            return Answer.unknown(why, "index", fingerprint());
        }
        return new OwnWords(config, door(), address, told).answer(stretches);
    }

    private String fingerprint() {
        return door().fingerprint();
    }

    private ModelDoor door() {
        if (door.isEmpty()) {
            told.loading();
            door = Optional.of(ModelDoor.open(address));
        }
        return door.get();
    }

    @Override
    public void close() {
        door.ifPresent(ModelDoor::close);
    }
}
