// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.ask;

import dev.longwatch.indexer.event.TimeSpan;
import dev.longwatch.jobs.clip.Clock;
import dev.longwatch.jobs.clip.VideoClip;
import dev.longwatch.jobs.ground.Brackets;
import dev.longwatch.jobs.ground.FreeAnswer;
import dev.longwatch.jobs.ground.ModelAddress;
import dev.longwatch.jobs.ground.ModelDoor;
import dev.longwatch.jobs.ground.Reply;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * An answer in the model's own words. Each clip is first asked when it shows what the question is about; the model answers
 * about those that most likely do, and then puts what it said together. Seconds that it cites and that it was not shown are
 * left out.
 */
final class OwnWords {

    /** Clips the model answers about: their pictures are held in memory. */
    private static final int MOST_CLIPS = 4;

    private final AskConfig config;
    private final ModelDoor door;
    private final ModelAddress address;
    private final Inquiry.Told told;
    private final List<Likely> likely = new ArrayList<>();

    /** A clip and how likely it shows what is asked about. */
    private record Likely(VideoClip clip, double probability) {}

    /** What the model said of a clip, and on which seconds it rests. */
    private record Said(String text, VideoClip clip, List<Seen> rests) {}

    OwnWords(AskConfig config, ModelDoor door, ModelAddress address, Inquiry.Told told) {
        this.config = config;
        this.door = door;
        this.address = address;
        this.told = told;
    }

    Inquiry.Answer answer(List<Stretch> stretches) {
        Footage footage = new Footage(door, address, config.framesPerSecond(), new Footage.Listener() {
            @Override
            public void looking(Stretch stretch, long done, long of) {
                told.looking(stretch, done, of);
            }

            @Override
            public void looked(VideoClip clip, List<Reply> replies) {
                keep(clip, replies.get(0).probability());
            }
        });
        footage.look(stretches, List.of(config.question().replaceFirst("[?\\s]+$", "")));
        if (likely.isEmpty()) {
            return unknown("No picture of it could be looked at: " + String.join("; ", footage.problems()));
        }
        List<Said> said = likely.size() == 1 ? List.of(ask(likely.get(0), told::piece)) : askAll();
        List<Said> known = said.stream().filter(each -> !each.text().isBlank()).toList();
        if (known.isEmpty()) {
            return unknown("The model says that it does not know. It was shown "
                    + said.stream()
                            .map(each -> each.clip().stream() + " " + Clock.here(span(each.clip())))
                            .collect(Collectors.joining(", "))
                    + ".");
        }
        return likely.size() == 1 ? rested(known.get(0).text(), known.get(0).rests()) : together(known);
    }

    private void keep(VideoClip clip, double probability) {
        if (clip.frames().length > 0) {
            likely.add(new Likely(clip, probability));
            likely.sort(Comparator.comparingDouble(Likely::probability).reversed());
            if (likely.size() > MOST_CLIPS) {
                likely.remove(MOST_CLIPS);
            }
        }
    }

    private List<Said> askAll() {
        List<Said> said = new ArrayList<>();
        likely.stream()
                .sorted(Comparator.comparingLong(
                        each -> each.clip().recordedAtMillis() + each.clip().startMillis()))
                .forEach(each -> {
                    Said answer = ask(each, piece -> {});
                    if (!answer.text().isBlank()) {
                        told.part(seen(each, span(each.clip()), answer.text()));
                    }
                    said.add(answer);
                });
        return said;
    }

    private Said ask(Likely asked, Consumer<String> pieces) {
        NotKnowing words = new NotKnowing(pieces);
        FreeAnswer answer = door.ask(asked.clip(), config.question(), words::add);
        words.end();
        List<TimeSpan> cited = answer.cited().isEmpty() ? List.of(span(asked.clip())) : answer.cited();
        return new Said(
                words.text(),
                asked.clip(),
                cited.stream().map(span -> seen(asked, span, config.question())).toList());
    }

    private Inquiry.Answer together(List<Said> known) {
        if (known.size() == 1) {
            told.piece(known.get(0).text());
            return rested(known.get(0).text(), known.get(0).rests());
        }
        Set<String> citations = new HashSet<>();
        known.forEach(each -> each.rests().forEach(seen -> citations.add(Seen.clock(seen.span()))));
        Set<String> repeated = new HashSet<>();
        NotKnowing words = new NotKnowing(told::piece);
        Brackets text = new Brackets(
                bracketed -> {
                    if (!citations.contains(bracketed)) {
                        return "";
                    }
                    repeated.add(bracketed);
                    return "[" + bracketed + "]";
                },
                words::add);
        door.write(instruction(known), text::add);
        text.end();
        words.end();
        if (words.text().isBlank()) {
            return unknown("What the model saw in several places does not answer it.");
        }
        List<Seen> rests = known.stream()
                .flatMap(each -> each.rests().stream())
                .filter(seen -> repeated.isEmpty() || repeated.contains(Seen.clock(seen.span())))
                .toList();
        return rested(words.text(), rests);
    }

    private String instruction(List<Said> known) {
        String notes = known.stream()
                .map(each -> "- " + each.clip().stream() + " " + Seen.clock(span(each.clip())) + ": " + each.text())
                .collect(Collectors.joining("\n"));
        return "Question: " + config.question() + "\nNotes of what was seen in several stretches of video:\n" + notes
                + "\nAnswer the question in one or two sentences from these notes and nothing else. Keep the times in square"
                + " brackets as they are. If the notes do not answer it, say only: I do not know.";
    }

    private Inquiry.Answer rested(String text, List<Seen> rests) {
        rests.forEach(told::rests);
        return new Inquiry.Answer(true, text, "", "words", door.fingerprint());
    }

    private Inquiry.Answer unknown(String why) {
        return Inquiry.Answer.unknown(why, "words", door.fingerprint());
    }

    private static Seen seen(Likely asked, TimeSpan span, String text) {
        VideoClip clip = asked.clip();
        return new Seen(clip.stream(), clip.uri(), text, span, clip.recordedAtMillis(), asked.probability());
    }

    private static TimeSpan span(VideoClip clip) {
        return new TimeSpan(clip.startMillis(), clip.endMillis());
    }
}
