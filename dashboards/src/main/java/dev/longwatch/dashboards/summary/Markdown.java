// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.summary;

import dev.longwatch.dashboards.summary.Summary.NotWatched;
import dev.longwatch.dashboards.summary.Summary.Part;
import dev.longwatch.dashboards.summary.Summary.Rule;
import dev.longwatch.dashboards.summary.Summary.Sentence;
import dev.longwatch.dashboards.summary.Summary.Span;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A {@link Summary} as one page of Markdown: long lists are cut, and say so. */
public final class Markdown {

    private static final int MOST_RULES = 15;
    private static final int MOST_NOT_WATCHED = 10;
    private static final int MOST_TIMES = 3;

    private final StringBuilder page = new StringBuilder();

    private Markdown() {}

    public static String of(Summary summary) {
        Markdown markdown = new Markdown();
        markdown.head(summary);
        markdown.chapters(summary.chapters());
        markdown.rules(summary.rules());
        markdown.quiet(summary);
        markdown.notWatched(summary.notWatched());
        return markdown.page.toString();
    }

    private void head(Summary summary) {
        line("# " + escaped(summary.stream()) + ", "
                + StreamClock.of(summary.span().time()));
        line("");
        String events = summary.events() == 0
                ? "Nothing was seen."
                : (summary.events() == 1 ? "1 event" : summary.events() + " events") + " of "
                        + (summary.rules().size() == 1
                                ? "1 rule"
                                : summary.rules().size() + " rules") + ".";
        line("Watched " + StreamClock.length(summary.watchedMs()) + " of "
                + StreamClock.length(summary.span().time().millis()) + ". "
                + (summary.watchedMs() == 0 && summary.events() == 0 ? "Nobody looked." : events));
        if (summary.eventsLeftOut() > 0) {
            line("");
            line(summary.eventsLeftOut() + " later events are too many to tell: ask for a shorter stretch.");
        }
    }

    private void chapters(List<Part> chapters) {
        if (chapters.isEmpty()) {
            return;
        }
        line("");
        line("## Chapters");
        line("");
        line("| when | what |");
        line("|---|---|");
        chapters.forEach(chapter -> line("| " + StreamClock.of(chapter.span().time()) + " | **"
                + escaped(chapter.title()) + "**" + said(chapter) + " |"));
    }

    private static String said(Part chapter) {
        return chapter.events() == 0
                        && chapter.sentences().size() == 1
                        && !chapter.kind().equals("lively")
                ? ""
                : ": " + chapter.sentences().stream().map(Markdown::timed).collect(Collectors.joining(" "));
    }

    private static String timed(Sentence sentence) {
        List<Span> rests = sentence.rests();
        String more = rests.size() > MOST_TIMES ? ", …" : "";
        return escaped(sentence.text().replaceFirst("\\.$", ""))
                + rests.stream()
                        .limit(MOST_TIMES)
                        .map(span -> StreamClock.of(span.time()))
                        .collect(Collectors.joining(", ", " (", more + ")."));
    }

    private void rules(List<Rule> rules) {
        if (rules.isEmpty()) {
            return;
        }
        line("");
        line("## Counts");
        line("");
        line("| rule | events | in all | first | last | longest | confidence |");
        line("|---|---|---|---|---|---|---|");
        rules.stream()
                .limit(MOST_RULES)
                .forEach(rule -> line(String.format(
                        Locale.ROOT,
                        "| %s | %d | %.1f s | %s | %s | %s | %.2f |",
                        escaped(rule.rule()),
                        rule.events(),
                        rule.totalMs() / 1e3,
                        StreamClock.of(rule.first().startMs()),
                        StreamClock.of(rule.last().startMs()),
                        StreamClock.of(rule.longest().time()),
                        rule.confidence())));
        more(rules.size() - MOST_RULES, "rules");
    }

    private void quiet(Summary summary) {
        Span quiet = summary.longestQuiet();
        line("");
        line(
                quiet == null
                        ? "There was no second in which somebody looked and saw nothing."
                        : String.format(
                                Locale.ROOT,
                                "The longest quiet lasted %.1f s: %s.",
                                quiet.time().millis() / 1e3,
                                StreamClock.of(quiet.time())));
    }

    private void notWatched(List<NotWatched> notWatched) {
        line("");
        line("## Not watched");
        line("");
        if (notWatched.isEmpty()) {
            line("Every second was looked at.");
            return;
        }
        notWatched.stream()
                .limit(MOST_NOT_WATCHED)
                .forEach(not -> line("- " + StreamClock.of(not.span().time()) + ": " + not.state()
                        + (not.why().isEmpty() ? "" : ", " + escaped(not.why()))));
        more(notWatched.size() - MOST_NOT_WATCHED, "stretches");
    }

    private void more(int count, String what) {
        if (count > 0) {
            line("");
            line("And " + count + " more " + what + ".");
        }
    }

    /** Words come from people and models. */
    private static String escaped(String text) {
        return text.replaceAll("\\s+", " ").replaceAll("([\\\\|*_`<>\\[\\]#])", "\\\\$1");
    }

    private void line(String text) {
        page.append(text).append('\n');
    }
}
