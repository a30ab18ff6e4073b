// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import dev.longwatch.dashboards.api.auth.ApiToken;
import dev.longwatch.dashboards.local.ExitCode;
import dev.longwatch.dashboards.local.Problem;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "token",
        mixinStandardHelpOptions = true,
        description =
                "Make a new token for the REST API and print it. The old one and all sessions are void at once, also"
                        + " where the API is being served.")
final class TokenCommand implements Callable<Integer> {

    @Option(names = "--json", description = "Print one JSON object a line.")
    private boolean json;

    @Mixin
    private IndexOptions index = new IndexOptions();

    @Override
    public Integer call() {
        try {
            show(Screen.standard(json), ApiToken.renew(index.api()));
            return ExitCode.OK.code();
        } catch (UncheckedIOException e) {
            throw new Problem(ExitCode.DISK, e);
        }
    }

    static void show(Screen screen, String token) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("type", "token");
        line.put("token", token);
        screen.object(line);
        screen.say("the API's token, shown only this once: " + token);
    }
}
