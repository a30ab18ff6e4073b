// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import dev.longwatch.dashboards.local.ExitCode;
import dev.longwatch.dashboards.local.Problem;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.keep.Deletion;
import dev.longwatch.indexer.keep.DeletionRequest;
import dev.longwatch.indexer.keep.Receipt;
import dev.longwatch.indexer.schema.IndexNames;
import java.io.Console;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "delete",
        mixinStandardHelpOptions = true,
        description = "Delete footage, evidence, events, alerts and all that is kept about them, and leave a receipt.",
        footer = {
            "",
            "What is pinned stays. A file that you had watched is yours and stays, unless --footage is given.",
            "Examples:",
            "  longwatch delete --video yard.mp4 --dry-run",
            "  longwatch delete --stream yard --from 2026-11-01T08:00:00Z --to 2026-11-01T09:00:00Z",
            "  longwatch delete --ids 0d5c0e1f5b7a4c2e9a3d6f8b1c2d3e4f --reason \"asked for by the neighbour\" --yes"
        })
final class DeleteCommand implements Callable<Integer> {

    @Option(names = "--video", paramLabel = "V", description = "This watched file: its name or path. May be repeated.")
    private List<String> videos = List.of();

    @Option(names = "--stream", paramLabel = "S", description = "This stream. May be repeated.")
    private List<String> streams = List.of();

    @Option(
            names = "--ids",
            paramLabel = "ID",
            arity = "1..*",
            description = "Only these events and alerts, with the footage of the seconds they took.")
    private List<String> ids = List.of();

    @Option(names = "--from", paramLabel = "T", description = "Of streams only what lasts beyond this time.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "T", description = "Of streams only what begins before this time.")
    private @Nullable String to;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the receipt.")
    private String reason = "";

    @Option(names = "--footage", description = "Delete the watched files themselves too.")
    private boolean footage;

    @Option(names = "--even-pinned", description = "Delete what is pinned too.")
    private boolean evenPinned;

    @Option(names = "--dry-run", description = "Only say what would be deleted.")
    private boolean dryRun;

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    @Mixin
    private KeepOptions options = new KeepOptions();

    @Override
    public Integer call() {
        DeletionRequest request = request();
        Screen screen = options.screen();
        if (!dryRun && !yes && System.console() == null) {
            throw new Problem(ExitCode.USAGE, "nobody can be asked here: add --yes to delete, or --dry-run to look");
        }
        options.with(screen, (elasticsearch, names) -> delete(request, screen, elasticsearch, names));
        return ExitCode.OK.code();
    }

    private Receipt delete(DeletionRequest request, Screen screen, Elasticsearch elasticsearch, IndexNames names) {
        Deletion deletion = new Deletion(elasticsearch, names, options.pictures());
        long now = System.currentTimeMillis();
        if (dryRun || !yes) {
            Receipt plan = deletion.plan(request, now);
            screen.say(plan.sentence(true));
            if (dryRun) {
                screen.object(plan);
                return plan;
            }
            if (!agreed()) {
                screen.say("Nothing was deleted.");
                return plan;
            }
        }
        Receipt receipt = deletion.run(request, now);
        screen.say(receipt.sentence(false));
        if (!videos.isEmpty() && !footage) {
            screen.say("The watched file itself is yours and was not touched; --footage deletes it.");
        }
        screen.say("Receipt " + receipt.id() + ", digest " + receipt.digest());
        screen.object(receipt);
        return receipt;
    }

    private static boolean agreed() {
        Console console = System.console();
        String answer = console == null ? null : console.readLine("Delete? [y/N] ");
        return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
    }

    private DeletionRequest request() {
        if (!videos.isEmpty() && (from != null || to != null)) {
            throw new Problem(ExitCode.USAGE, "--from and --to are for --stream: a watched file goes as a whole");
        }
        if (footage && videos.isEmpty()) {
            throw new Problem(ExitCode.USAGE, "--footage is for --video: what was recorded of a stream always goes");
        }
        List<String> named = new ArrayList<>(streams);
        // as the file was shown and found when it was watched
        videos.forEach(video -> named.add(String.valueOf(Path.of(video).getFileName())));
        try {
            return new DeletionRequest(named, time(from), time(to), ids, reason, footage, evenPinned);
        } catch (IllegalArgumentException e) {
            throw new Problem(ExitCode.USAGE, e);
        }
    }

    private static @Nullable Instant time(@Nullable String text) {
        return text == null ? null : Times.onWallClock(text);
    }
}
