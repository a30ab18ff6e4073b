// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import dev.longwatch.dashboards.local.ExitCode;
import dev.longwatch.dashboards.local.Problem;
import dev.longwatch.indexer.event.VideoEvent;
import dev.longwatch.indexer.keep.Pin;
import dev.longwatch.indexer.keep.Pins;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "pin",
        mixinStandardHelpOptions = true,
        description = "Keep a stretch of a stream whatever retention says: footage, events and alerts.",
        footer = {
            "",
            "Examples:",
            "  longwatch pin 0d5c0e1f5b7a4c2e9a3d6f8b1c2d3e4f --case theft --note \"the red car\"",
            "  longwatch pin --stream yard --from 2026-11-01T08:00:00Z --to 2026-11-01T08:05:00Z"
        })
final class PinCommand implements Callable<Integer> {

    @Parameters(paramLabel = "ID", arity = "0..1", description = "An event or alert: the time it took is kept.")
    private @Nullable String id;

    @Option(names = "--stream", paramLabel = "S", description = "A stream, with --from and --to.")
    private @Nullable String stream;

    @Option(names = "--from", paramLabel = "T", description = "Where it begins, on the wall clock.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "T", description = "Where it ends, on the wall clock.")
    private @Nullable String to;

    @Option(names = "--case", paramLabel = "NAME", description = "The case it belongs to.")
    private String caseName = "";

    @Option(names = "--note", paramLabel = "TEXT", description = "Why it is kept.")
    private String note = "";

    @Mixin
    private KeepOptions options = new KeepOptions();

    @Override
    public Integer call() {
        if ((id == null) == (stream == null)) {
            throw new Problem(ExitCode.USAGE, "expected either the id of an event, or --stream with --from and --to");
        }
        Screen screen = options.screen();
        options.with(screen, (elasticsearch, names) -> {
            Pins pins = new Pins(elasticsearch, names);
            Pin pin = pin(pins);
            pins.pin(pin);
            options.tellRecorder(pins, pin.stream());
            screen.say("Kept from now on: " + PinsCommand.words(pin));
            screen.object(PinsCommand.line(pin));
            return pin;
        });
        return ExitCode.OK.code();
    }

    private Pin pin(Pins pins) {
        long now = System.currentTimeMillis();
        if (stream != null) {
            return Pin.of(stream, KeepOptions.stretch(from, to), caseName, note, KeepOptions.person(), now);
        }
        VideoEvent event = pins.event(String.valueOf(id))
                .orElseThrow(() -> new Problem(ExitCode.USAGE, "there is no event with the id '" + id + "'"));
        return Pin.of(event, caseName, note, KeepOptions.person(), now);
    }
}
