// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import dev.longwatch.dashboards.local.ExitCode;
import dev.longwatch.indexer.keep.Pin;
import dev.longwatch.indexer.keep.Pins;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "pins", mixinStandardHelpOptions = true, description = "Show what is kept whatever retention says.")
final class PinsCommand implements Callable<Integer> {

    @Mixin
    private KeepOptions options = new KeepOptions();

    @Override
    public Integer call() {
        Screen screen = options.screen();
        List<Pin> pins = options.with(screen, (elasticsearch, names) -> new Pins(elasticsearch, names).all());
        pins.forEach(pin -> {
            screen.say(words(pin));
            screen.object(line(pin));
        });
        if (pins.isEmpty()) {
            screen.note("nothing is pinned");
        }
        return ExitCode.OK.code();
    }

    static String words(Pin pin) {
        String of = pin.caseName().isEmpty() ? "" : "  case " + pin.caseName();
        String why = pin.note().isEmpty() ? "" : "  " + pin.note();
        return pin.id() + "  " + pin.stream() + "  " + time(pin.stretch().fromMillis()) + " to "
                + time(pin.stretch().toMillis()) + of + why;
    }

    static Map<String, Object> line(Pin pin) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("type", "pin");
        line.put("id", pin.id());
        line.put("stream", pin.stream());
        line.put("from", time(pin.stretch().fromMillis()));
        line.put("to", time(pin.stretch().toMillis()));
        line.put("event", pin.event());
        line.put("case", pin.caseName());
        line.put("note", pin.note());
        line.put("by", pin.by());
        line.put("at", time(pin.atMillis()));
        return line;
    }

    private static String time(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }
}
