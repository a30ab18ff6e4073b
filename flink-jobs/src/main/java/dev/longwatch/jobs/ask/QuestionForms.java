// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.ask;

import dev.longwatch.jobs.ask.Asked.Form;
import dev.longwatch.jobs.ask.Asked.Order;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The few forms of English questions that are understood without a model: when, is there, did, how many times, how long,
 * first, last, before, after, on which streams. Conservative: a question that says anything else besides is none of them.
 * The forms are listed in docs/ask.md.
 */
final class QuestionForms {

    private static final String DO = "(?:do|does|did)";
    private static final String BE = "(?:is|are|was|were)";

    /** Where the question says that it is about the footage, which it is anyway. */
    private static final Pattern SCOPE = Pattern.compile(
            "\\s+(?:in|on)\\s+(?:the|this|that)\\s+(?:video|footage|recording|clip|stream)$", Pattern.CASE_INSENSITIVE);

    /** Words that make a question say more than a form can hold. */
    private static final Pattern BEYOND = Pattern.compile(
            "\\b(?:not|never|nobody|nothing|no|none|without|or|and|but|if|because|while|during|until|since|than|more|most|less|least"
                    + "|who|whom|whose|what|which|why|how|where|when|before|after|first|last|many|much|times?|often|long)\\b"
                    + "|n['\u2019]t\\b|\\d|[,;:]",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern ORDER = Pattern.compile("(.+?)\\s+(before|after)\\s+(.+)", Pattern.CASE_INSENSITIVE);

    private static final Pattern FIRST_OR_LAST_TIME =
            question("when\\s+" + BE + "\\s+the\\s+(?<turn>first|last)\\s+time\\s+(?:that\\s+)?(?<finite>\\S+\\s.+)");
    private static final Pattern FOR_THE_TIME =
            question("when\\s+(?<clause>.+)\\s+for\\s+the\\s+(?<turn>first|last)\\s+time");
    private static final Pattern FIRST_OR_LAST =
            question("when\\s+(?<start>" + DO + "\\s+.+?)\\s+(?<turn>first|last)\\s+(?<rest>.+)");
    private static final Pattern WHEN = question("(?:when|at\\s+what\\s+time)\\s+(?<clause>.+)");
    private static final Pattern HOW_OFTEN = question("how\\s+(?:many\\s+times|often)\\s+(?<clause>.+)");
    private static final Pattern HOW_LONG = question("(?:for\\s+)?how\\s+long\\s+(?<clause>.+)");
    private static final String STREAMS =
            "(?:in\\s+|on\\s+)?(?:which|what)\\s+(?:streams?|videos?|cameras?|files?)\\s+";
    private static final Pattern WHERE = question(STREAMS + "(?<clause>(?:" + DO + "|" + BE + ")\\s.+)");
    private static final Pattern SHOWN_WHERE =
            question(STREAMS + "(?:shows?|showed|sees?|saw|have|has|had)\\s+(?<thing>.+)");
    private static final Pattern WHETHER = question("(?<clause>(?:" + DO + "|" + BE + ")\\s.+)");

    private QuestionForms() {}

    private static Pattern question(String words) {
        return Pattern.compile(words, Pattern.CASE_INSENSITIVE);
    }

    /** The question, if it has one of the forms. */
    static Optional<Asked> read(String question) {
        String words = question.strip()
                .replaceAll("\\s+", " ")
                .replaceFirst("[?.!\\s]+$", "")
                .replaceFirst("(?i)^please\\s+", "");
        String bare = SCOPE.matcher(words).replaceFirst("");
        Matcher ordered = ORDER.matcher(bare);
        if (!ordered.matches()) {
            return simple(bare);
        }
        Order order = Order.valueOf(ordered.group(2).toUpperCase(Locale.ROOT));
        String other = ordered.group(3);
        return other.contains(" ") && !BEYOND.matcher(other).find()
                ? simple(ordered.group(1)).map(asked -> new Asked(asked.form(), asked.condition(), order, other))
                : Optional.empty();
    }

    private static Optional<Asked> simple(String words) {
        Matcher form = FIRST_OR_LAST_TIME.matcher(words);
        if (form.matches()) {
            return asked(turn(form), Optional.of(form.group("finite")));
        }
        form = FOR_THE_TIME.matcher(words);
        if (form.matches()) {
            return asked(turn(form), Clause.finite(form.group("clause")));
        }
        form = FIRST_OR_LAST.matcher(words);
        if (form.matches()) {
            return asked(turn(form), Clause.finite(form.group("start") + " " + form.group("rest")));
        }
        form = WHEN.matcher(words);
        if (form.matches()) {
            return asked(Form.WHEN, Clause.finite(form.group("clause")));
        }
        form = HOW_OFTEN.matcher(words);
        if (form.matches()) {
            return asked(Form.HOW_OFTEN, Clause.finite(form.group("clause")));
        }
        form = HOW_LONG.matcher(words);
        if (form.matches()) {
            return asked(Form.HOW_LONG, Clause.finite(form.group("clause")));
        }
        form = WHERE.matcher(words);
        if (form.matches()) {
            return asked(Form.WHERE, Clause.finite(form.group("clause")));
        }
        form = SHOWN_WHERE.matcher(words);
        if (form.matches()) {
            return asked(Form.WHERE, Clause.finite("is there " + form.group("thing")));
        }
        form = WHETHER.matcher(words);
        return form.matches() ? asked(Form.WHETHER, Clause.finite(form.group("clause"))) : Optional.empty();
    }

    private static Form turn(Matcher form) {
        return Form.valueOf(form.group("turn").toUpperCase(Locale.ROOT));
    }

    private static Optional<Asked> asked(Form form, Optional<String> condition) {
        return condition
                .filter(words -> !BEYOND.matcher(words).find())
                .map(words -> new Asked(form, words, null, null));
    }
}
