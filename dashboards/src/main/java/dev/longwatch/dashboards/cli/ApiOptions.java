// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import dev.longwatch.dashboards.api.ApiSettings;
import dev.longwatch.dashboards.api.auth.ApiToken;
import dev.longwatch.dashboards.config.ApiAddress;
import dev.longwatch.dashboards.config.LongwatchConfig;
import dev.longwatch.dashboards.local.ExitCode;
import dev.longwatch.dashboards.local.Problem;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the REST API answers and whom. Options outweigh the file. */
final class ApiOptions {

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "Which port the API has; 0 for any that is free. Default: that of longwatch.yaml, else "
                    + ApiAddress.PORT + ".")
    private @Nullable Integer port;

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            description = "Which address of this machine. Default: that of longwatch.yaml, else " + ApiAddress.LOOPBACK
                    + ", which only this machine reaches.")
    private @Nullable String bind;

    @Option(
            names = "--host",
            paramLabel = "NAME",
            description = "A name under which others know this machine. May be given many times.")
    private List<String> hosts = List.of();

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "" + ApiSettings.REQUESTS_PER_SECOND,
            description = "How many requests a second are answered. Default: ${DEFAULT-VALUE}.")
    private int rate;

    /**
     * @param data where the API keeps what is its own
     * @throws Problem when they make no sense
     */
    ApiSettings settings(LongwatchConfig config, Path data) {
        Set<String> names =
                hosts.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
        try {
            return new ApiSettings(
                    Objects.requireNonNullElse(bind, config.api().bind()),
                    Objects.requireNonNullElse(port, config.api().port()),
                    names,
                    rate,
                    data);
        } catch (IllegalArgumentException e) {
            throw new Problem(ExitCode.USAGE, e);
        }
    }

    /**
     * The token that was chosen, else the one that was made the first time; shown when that is now.
     *
     * @param data where the API keeps what is its own
     * @throws Problem when it cannot be kept there
     */
    static ApiToken token(Screen screen, LongwatchConfig config, Path data) {
        if (!config.token().isEmpty()) {
            return ApiToken.of(config.token());
        }
        try {
            ApiToken.create(data).ifPresent(made -> TokenCommand.show(screen, made));
            return ApiToken.keptIn(data);
        } catch (UncheckedIOException e) {
            throw new Problem(ExitCode.DISK, e);
        }
    }

    /** Says where it answers, and what follows from that. */
    static void say(Screen screen, ApiSettings settings, int answeringAt) {
        String bind = settings.bind();
        String url = "http://" + (bind.contains(":") ? "[" + bind + "]" : bind) + ":" + answeringAt;
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("type", "serving");
        line.put("url", url);
        screen.object(line);
        screen.say("serving " + url + "/api/v1, described in " + url + "/openapi.json; Ctrl-C ends it");
        if (!isLoopback(bind)) {
            screen.note("whoever reaches " + bind + " can ask with the token, and nothing is encrypted: put a proxy"
                    + " with TLS in front of it");
        }
    }

    private static boolean isLoopback(String bind) {
        try {
            return InetAddress.getByName(bind).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
