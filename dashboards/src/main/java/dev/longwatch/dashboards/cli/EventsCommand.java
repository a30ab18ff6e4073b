// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import dev.longwatch.dashboards.local.ExitCode;
import dev.longwatch.indexer.client.IndexException;
import dev.longwatch.indexer.client.IndexException.Reason;
import dev.longwatch.indexer.event.VideoEvent;
import dev.longwatch.indexer.schema.Schema;
import dev.longwatch.indexer.search.Change;
import dev.longwatch.indexer.search.ChangeLog;
import dev.longwatch.indexer.search.ChangePosition;
import dev.longwatch.indexer.search.EventFilter;
import dev.longwatch.indexer.search.EventListing;
import dev.longwatch.indexer.search.EventListing.Order;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "events",
        mixinStandardHelpOptions = true,
        description = "List what was seen, newest first, or follow it as it comes.",
        footer = {
            "",
            "Examples:",
            "  longwatch events --stream yard --from -2h",
            "  longwatch events --rule \"a dog\" --oldest --limit 100 --json",
            "  longwatch events --follow --min-confidence 0.8"
        })
final class EventsCommand implements Callable<Integer> {

    private static final long EVERY_MILLIS = 1_000;
    private static final int AT_ONCE = 200;

    @Mixin
    private WhichEvents which = new WhichEvents();

    @Option(names = "--oldest", description = "The oldest first.")
    private boolean oldest;

    @Mixin
    private PageOptions page = new PageOptions();

    @Option(
            names = {"-f", "--follow"},
            description = "Print from now on each event when it begins and when it is over, until Ctrl-C; with --json"
                    + " whenever it changes.")
    private boolean follow;

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Mixin
    private IndexOptions index = new IndexOptions();

    @Override
    public Integer call() {
        Screen screen = output.screen();
        EventFilter filter = which.filter();
        if (follow) {
            follow(filter, screen);
        } else {
            list(filter, screen);
        }
        return ExitCode.OK.code();
    }

    private void list(EventFilter filter, Screen screen) {
        EventListing.Page found = index.ask(screen, (elasticsearch, names) -> {
            new Schema(elasticsearch, names, 0).require();
            return new EventListing(elasticsearch, names)
                    .page(filter, oldest ? Order.OLDEST : Order.NEWEST, page.cursor(), page.limit());
        });
        found.events().forEach(event -> screen.event(event, true));
        if (found.events().isEmpty()) {
            screen.note("no events");
        } else if (found.next() != null) {
            screen.note("--after " + found.next() + " shows more");
        }
    }

    private void follow(EventFilter filter, Screen screen) {
        index.ask(screen, (elasticsearch, names) -> {
            screen.clear();
            new Schema(elasticsearch, names, 0).require();
            try {
                follow(new ChangeLog(elasticsearch, names), filter, screen);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return true;
        });
    }

    /** Until this thread is interrupted, or the process. */
    private static void follow(ChangeLog log, EventFilter filter, Screen screen) throws InterruptedException {
        Set<String> begun = new HashSet<>();
        ChangePosition read = log.end();
        screen.note("following; Ctrl-C ends it");
        boolean away = false;
        while (true) {
            try {
                ChangeLog.Changes changes = log.between(read, log.end(), filter, AT_ONCE);
                for (Change change : changes.changes()) {
                    if (change instanceof Change.OfEvent event) {
                        tell(event.event(), begun, screen);
                    }
                }
                read = changes.reached();
                away = false;
            } catch (IndexException e) {
                if (e.reason() != Reason.UNREACHABLE && e.reason() != Reason.FAILED) {
                    throw e;
                }
                if (!away) {
                    screen.note(e.getMessage() + "; waiting for it, nothing is lost meanwhile");
                }
                away = true;
            }
            Thread.sleep(EVERY_MILLIS);
        }
    }

    private static void tell(VideoEvent event, Set<String> begun, Screen screen) {
        boolean grew = event.state() == VideoEvent.State.OPEN && !begun.add(event.id());
        if (!grew || screen.printsJson()) {
            screen.event(event, true);
        }
        if (event.state() != VideoEvent.State.OPEN) {
            begun.remove(event.id());
        }
    }
}
