// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.longwatch.dashboards.govern.DefinitionKind;
import dev.longwatch.dashboards.local.ExitCode;
import dev.longwatch.dashboards.local.Problem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "add",
        mixinStandardHelpOptions = true,
        description =
                "Add a stream. What opens its address, such as a password, stays in a file of the data folder that"
                        + " only you may read; the index keeps the address without it.")
final class StreamsAddCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "NAME", description = "What it is called.")
    private String name = "";

    @Parameters(
            index = "1",
            paramLabel = "URL",
            description =
                    "rtsp://…, rtsps, rtmp, rtmps, http, https, srt, udp, tcp, or a file; - reads it from standard"
                            + " input, where nobody sees it.")
    private String url = "";

    @Option(names = "--retention", paramLabel = "TIME", description = "How long things are kept: 7d, or forever.")
    private @Nullable String retention;

    @Option(names = "--fps", paramLabel = "N", description = "How many pictures a second to look at.")
    private @Nullable String framesPerSecond;

    @Option(names = "--by-change", description = "Look only at pictures with a change near them.")
    private boolean byChange;

    @Option(
            names = "--rule",
            paramLabel = "NAME",
            description = "Only this rule holds for it. May be given many times.")
    private List<String> rules = List.of();

    @Option(
            names = "--label",
            paramLabel = "WORD",
            description = "Its events may be found by this word. May be given many times.")
    private List<String> labels = List.of();

    @Option(names = "--replace", description = "Put it in the place of the one of that name.")
    private boolean replace;

    @Mixin
    private Installed installed = new Installed();

    @Override
    public Integer call() {
        Screen screen = installed.screen();
        installed.add(DefinitionKind.STREAM, name, keys(), replace, screen);
        screen.say("Stream '" + name + "' is kept; "
                + (installed.isUp() ? "longwatch up takes it in within seconds." : "longwatch up will record it."));
        screen.object(Map.of("type", "stream", "stream", name, "state", "kept"));
        return ExitCode.OK.code();
    }

    private String keys() {
        ObjectNode keys = new ObjectMapper().createObjectNode().put("url", address(url));
        if (retention != null) {
            keys.put("retention", retention);
        }
        if (framesPerSecond != null) {
            keys.withObject("/sampling").put("frames_per_second", framesPerSecond);
        }
        if (byChange) {
            keys.withObject("/sampling").put("by_change", "true");
        }
        rules.forEach(rule -> keys.withArray("/rules").add(rule));
        labels.forEach(label -> keys.withArray("/labels").add(label));
        return keys.toString();
    }

    /** The address that somebody gives on the command line, or on standard input. */
    static String address(String url) {
        String given = url.equals("-") ? fromInput() : url;
        if (given.contains("${")) {
            throw new Problem(
                    ExitCode.USAGE,
                    "variables stand in longwatch.yaml only: give the address itself; its password stays in the data"
                            + " folder, in a file that only you may read");
        }
        return given.contains("://")
                ? given
                : Path.of(given).toAbsolutePath().normalize().toString();
    }

    private static String fromInput() {
        try {
            String line = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
            return Objects.requireNonNullElse(line, "").strip();
        } catch (IOException e) {
            throw new Problem(ExitCode.USAGE, "standard input cannot be read: " + e, e);
        }
    }
}
