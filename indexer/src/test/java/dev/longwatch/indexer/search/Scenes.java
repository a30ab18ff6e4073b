// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

import dev.longwatch.indexer.event.EventId;
import dev.longwatch.indexer.event.TimeSpan;
import dev.longwatch.indexer.event.VideoEvent;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Scenes of the kind that the embedded model is trained on, things of some colour that come, stop, meet and go, and the
 * captions a model would write for them. A scene's facts are what questions are answered by; its caption is all that a
 * search sees.
 */
final class Scenes {

    /** When the questions are asked: the evening of the last day. */
    static final ZonedDateTime ASKED = ZonedDateTime.parse("2026-11-20T22:30:00+01:00[Europe/Berlin]");

    static final int DAYS = 10;

    private static final int STREAMS = 8;
    private static final String NONE = "-";

    private static final List<String> VEHICLES = List.of(
            "car",
            "bus",
            "truck",
            "bicycle",
            "motorcycle",
            "train",
            "boat",
            "ship",
            "plane",
            "helicopter",
            "ambulance",
            "taxi");
    private static final List<String> GRAZERS = List.of("horse", "cow", "sheep");
    private static final List<String> ANIMALS =
            List.of("dog", "cat", "horse", "cow", "sheep", "pig", "chicken", "duck", "rabbit", "fox", "bear");
    private static final List<String> PEOPLE = List.of("man", "woman", "child", "worker", "guard");
    private static final List<String> LOADS = List.of("suitcase", "backpack", "box", "umbrella", "bucket");
    private static final List<String> LEFT =
            List.of("suitcase", "backpack", "box", "umbrella", "bucket", "ball", "chair");
    private static final List<String> COLOURS = List.of("red", "blue", "white", "black", "yellow", "green");
    private static final List<String> PLACES =
            List.of("gate", "yard", "platform", "harbour", "street", "barn", "hall", "runway");

    /** How a model says what happens; {@code {a}} is the thing with its article, {@code {b}} the other one. */
    private static final Map<String, List<String>> CAPTIONS = Map.ofEntries(
            Map.entry("enters", List.of("{a} enters", "{a} comes in", "{a} comes into view")),
            Map.entry("lands", List.of("{a} lands", "{a} comes in and lands")),
            Map.entry("leaves", List.of("{a} leaves", "{a} goes away", "{a} moves out of view")),
            Map.entry("takes off", List.of("{a} takes off", "{a} takes off and flies away")),
            Map.entry("stops", List.of("{a} stops", "{a} comes to rest", "{a} stands still")),
            Map.entry("starts", List.of("{a} starts moving", "{a} begins to move")),
            Map.entry("left", List.of("{a} is left behind", "{a} is left alone, nobody is near it")),
            Map.entry("meets", List.of("{a} meets {b}", "{a} stands with {b}")),
            Map.entry("falls", List.of("{a} falls", "{a} falls to the floor")),
            Map.entry("carries", List.of("{a} carries {b}", "{a} walks by with {b}")),
            Map.entry("runs", List.of("{a} runs", "{a} is running")),
            Map.entry("sleeps", List.of("{a} sleeps", "{a} is lying down asleep")),
            Map.entry("grazes", List.of("{a} eats grass", "{a} is grazing")),
            Map.entry("helmeted", List.of("{a} wearing a helmet walks by", "{a} with a helmet on stands there")),
            Map.entry("bareheaded", List.of("{a} without a helmet walks by", "{a} stands there, no helmet on")),
            Map.entry("opens", List.of("{a} opens the door")),
            Map.entry("closes", List.of("{a} closes the door")),
            Map.entry("climbs", List.of("{a} climbs a ladder")),
            Map.entry("dark", List.of("the lights go out", "the lights are turned off")),
            Map.entry("bright", List.of("the lights go on", "the lights are turned on")));

    /**
     * What is true of an event. Of each fact only what the caption tells is known: a colour or a place that it leaves out
     * is "-".
     */
    record Scene(VideoEvent event, Map<String, String> facts) {}

    private final Random random;

    private Scenes(long seed) {
        this.random = new Random(seed);
    }

    /** The same scenes every time. */
    static List<Scene> make(int count) {
        return new Scenes(11).all(count);
    }

    private List<Scene> all(int count) {
        List<Scene> scenes = new ArrayList<>();
        Instant first = ASKED.toLocalDate()
                .minusDays(DAYS - 1)
                .atStartOfDay(ASKED.getZone())
                .toInstant();
        long step = (ASKED.toEpochSecond() - first.getEpochSecond()) / (count / STREAMS);
        for (int i = 0; i < count; i++) {
            int stream = i % STREAMS;
            // events of a stream do not overlap, so that "the second time" has one answer
            long start = i / STREAMS * step + random.nextInt((int) step - 60);
            scenes.add(scene(stream, i, first.toEpochMilli(), start));
        }
        return scenes;
    }

    private Scene scene(int stream, int number, long recordedAt, long startSeconds) {
        String thing = NONE;
        String other = NONE;
        String with = NONE;
        String does;
        switch (random.nextInt(10)) {
            case 0 -> does = any(List.of("dark", "bright"));
            case 1, 2, 3 -> {
                thing = any(VEHICLES);
                does = any(List.of("enters", "leaves", "stops", "starts"));
            }
            case 4, 5, 6 -> {
                thing = any(ANIMALS);
                does = any(List.of("enters", "leaves", "stops", "runs", "sleeps", "meets", "grazes"));
                if (does.equals("grazes") && !GRAZERS.contains(thing)) {
                    does = "runs";
                }
                other = does.equals("meets") ? any(ANIMALS) : NONE;
            }
            case 7, 8 -> {
                thing = any(PEOPLE);
                does = any(
                        List.of("enters", "leaves", "falls", "carries", "runs", "meets", "opens", "closes", "climbs"));
                other = does.equals("meets") ? any(PEOPLE) : NONE;
                with = does.equals("carries") ? any(LOADS) : NONE;
                if (thing.equals("worker") && random.nextBoolean()) {
                    does = any(List.of("helmeted", "bareheaded"));
                    other = NONE;
                    with = NONE;
                }
            }
            default -> {
                thing = any(LEFT);
                does = "left";
            }
        }
        boolean lights = thing.equals(NONE);
        String colour = lights || PEOPLE.contains(thing) || random.nextBoolean() ? NONE : any(COLOURS);
        String place = random.nextInt(3) == 0 ? NONE : any(PLACES);
        String caption = any(CAPTIONS.get(said(thing, does)))
                .replace("{a}", article(colour.equals(NONE) ? thing : colour + " " + thing))
                .replace("{b}", article(other.equals(NONE) ? with : other));
        String text = caption + (place.equals(NONE) ? "" : (lights ? " in the " : " at the ") + place) + ".";
        return new Scene(
                event(
                        stream,
                        number,
                        recordedAt,
                        startSeconds,
                        Character.toUpperCase(text.charAt(0)) + text.substring(1)),
                Map.of("thing", thing, "does", does, "colour", colour, "place", place, "with", with, "other", other));
    }

    /** Planes land where others come in. */
    private static String said(String thing, String does) {
        boolean flies = thing.equals("plane") || thing.equals("helicopter");
        return flies && does.equals("enters") ? "lands" : flies && does.equals("leaves") ? "takes off" : does;
    }

    private static VideoEvent event(int stream, int number, long recordedAt, long startSeconds, String text) {
        return new VideoEvent(
                EventId.of("cam-" + stream, "describe", number, 0),
                1,
                "cam-" + stream,
                "file:/videos/cam-" + stream + ".mp4",
                "describe",
                text,
                new TimeSpan(startSeconds * 1_000, startSeconds * 1_000 + 20_000),
                recordedAt,
                0.9,
                VideoEvent.State.CLOSED,
                "nano-1",
                2,
                "2 a second");
    }

    private String any(List<String> words) {
        return words.get(random.nextInt(words.size()));
    }

    private static String article(String name) {
        return ("aeiou".indexOf(name.charAt(0)) >= 0 ? "an " : "a ") + name;
    }
}
