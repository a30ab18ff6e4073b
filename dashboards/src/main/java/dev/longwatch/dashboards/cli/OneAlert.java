// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import dev.longwatch.dashboards.local.ExitCode;
import dev.longwatch.dashboards.local.Problem;
import dev.longwatch.indexer.alert.Handling;
import dev.longwatch.indexer.search.AlertDesk;
import dev.longwatch.indexer.search.AlertFilter;
import dev.longwatch.indexer.search.AlertSearch;
import dev.longwatch.indexer.search.HandledAlert;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The alert that a command is about. */
final class OneAlert {

    /** More candidates than this nobody reads. */
    private static final int MOST = 5;

    @Parameters(
            index = "0",
            paramLabel = "ID",
            description = "The alert's id, or as much of its beginning as it takes.")
    private String id = "";

    @Mixin
    private IndexOptions index = new IndexOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    /** Shows it as it stands. */
    ExitCode show() {
        return handle(UnaryOperator.identity());
    }

    /** Does something about it and shows what has been done so far; nothing is written when nothing changes. */
    ExitCode handle(UnaryOperator<Handling> change) {
        Screen screen = output.screen();
        HandledAlert handled = index.ask(screen, (elasticsearch, names) -> {
            HandledAlert found = find(new AlertSearch(elasticsearch, names));
            if (change.apply(found.handling()).equals(found.handling())) {
                return found;
            }
            Handling done = new AlertDesk(elasticsearch, names).handle(found.alert(), change);
            return new HandledAlert(found.alert(), done, found.evidence());
        });
        AlertText.page(handled, Instant.now()).forEach(screen::say);
        screen.object(AlertText.json(handled));
        return ExitCode.OK;
    }

    private HandledAlert find(AlertSearch search) {
        if (id.isBlank()) {
            throw new Problem(ExitCode.USAGE, "expected the id of an alert, found nothing");
        }
        List<HandledAlert> found = search.withId(id, MOST + 1);
        if (found.size() == 1) {
            return found.get(0);
        }
        if (found.isEmpty()) {
            List<HandledAlert> newest = search.list(AlertFilter.ALL, MOST, "").alerts();
            throw new Problem(
                    ExitCode.USAGE,
                    "no alert has an id that begins with '" + id + "'"
                            + (newest.isEmpty() ? "; there are no alerts" : "; the newest are " + named(newest)));
        }
        throw new Problem(ExitCode.USAGE, "several alerts have an id that begins with '" + id + "': " + named(found));
    }

    private static String named(List<HandledAlert> alerts) {
        return alerts.stream()
                        .limit(MOST)
                        .map(each ->
                                each.alert().id() + " (" + each.alert().rule() + " on " + each.alert().stream() + ")")
                        .collect(Collectors.joining(", "))
                + (alerts.size() > MOST ? ", …" : "");
    }
}
