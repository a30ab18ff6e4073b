// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.answer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads spans out of sentences: {@code 64.0 - 72.0 seconds}, {@code from 3.2s to 5s}, {@code between 00:03.20 and
 * 00:05.00}, {@code starts at 3.2 s and ends at 5 s}; or that there are none.
 */
final class SpokenSpans {

    private static final Pattern SPAN = Pattern.compile(
            "between\\s++" + TimeText.TIME + "\\s++and\\s++" + TimeText.TIME + "|" + TimeText.TIME
                    + "\\s*+(?:[-\u2013\u2014~]|(?<=\\s)(?:to|until|till)(?=\\s))\\s*+" + TimeText.TIME
                    + "|\\bstart(?:s|ing|ed)?\\b\\D{0,40}" + TimeText.TIME
                    + "\\D{0,60}?\\bend(?:s|ing|ed)?\\b\\D{0,40}" + TimeText.TIME,
            Pattern.CASE_INSENSITIVE);
    private static final Pattern CERTAIN_TIME = Pattern.compile(TimeText.CERTAIN_TIME, Pattern.CASE_INSENSITIVE);
    private static final Pattern NOTHING = Pattern.compile(
            "\\A\\s*+no\\b(?!\\.?\\s*+\\d)|\\bnone\\b|\\bnothing\\b|\\bno\\s+such\\b"
                    + "|(?:\\bnot|\\bnever|n['\u2019]t)\\s+(?:occur|happen|appear|take\\s+place|present|shown|visible|found)",
            Pattern.CASE_INSENSITIVE);
    /** What stands between a span and its description, or between two items of a list. */
    private static final String PUNCTUATION = ",.:;-\u2013\u2014~*()[]'\"`";

    private SpokenSpans() {}

    /**
     * The spans of a text in its order; an empty list when it says that there are none; nothing when it says neither.
     * A denial before the first span contradicts it, so such a text says neither. A single instant is a span without
     * length.
     */
    static Optional<List<Mention>> read(String text) {
        List<MatchResult> spans = SPAN.matcher(text).results().toList();
        if (spans.isEmpty()) {
            spans = CERTAIN_TIME.matcher(text).results().toList();
            if (spans.size() > 1) {
                return Optional.empty();
            }
        }
        Matcher nothing = NOTHING.matcher(text);
        int denied = nothing.find() ? nothing.start() : text.length();
        if (spans.isEmpty()) {
            return denied < text.length() ? Optional.of(List.of()) : Optional.empty();
        }
        return denied < spans.get(0).start() ? Optional.empty() : Optional.of(mentions(text, spans));
    }

    private static List<Mention> mentions(String text, List<MatchResult> spans) {
        List<Mention> mentions = new ArrayList<>();
        for (int i = 0; i < spans.size(); i++) {
            int from = i == 0 ? 0 : spans.get(i - 1).end();
            int to = i + 1 == spans.size() ? text.length() : spans.get(i + 1).start();
            mentions.add(mention(text, from, spans.get(i), to));
        }
        return mentions;
    }

    /** The span with what its line says besides: after it, or else before it, as far as the neighbouring spans. */
    private static Mention mention(String text, int from, MatchResult span, int to) {
        List<Double> times = new ArrayList<>();
        for (int group = 1; group <= span.groupCount(); group++) {
            if (span.group(group) != null) {
                times.add(TimeText.seconds(span.group(group)));
            }
        }
        String before = text.substring(from, span.start());
        String after = text.substring(span.end(), to);
        String described = bare(after.lines().findFirst().orElse(""));
        if (described.isEmpty()) {
            described = bare(before.substring(before.lastIndexOf('\n') + 1));
        }
        return new Mention(times.get(0), times.get(times.size() - 1), described);
    }

    private static String bare(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && separates(text.charAt(start))) {
            start++;
        }
        while (start < end && separates(text.charAt(end - 1)) && text.charAt(end - 1) != '.') {
            end--;
        }
        return text.substring(start, end);
    }

    private static boolean separates(char sign) {
        return Character.isWhitespace(sign) || PUNCTUATION.indexOf(sign) >= 0;
    }
}
