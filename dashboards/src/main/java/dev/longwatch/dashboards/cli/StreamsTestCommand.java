// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import dev.longwatch.dashboards.local.DataFolder;
import dev.longwatch.dashboards.local.ExitCode;
import dev.longwatch.dashboards.local.Installation;
import dev.longwatch.dashboards.local.StreamTest;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "test",
        mixinStandardHelpOptions = true,
        description = "Open a stream for some seconds, as the recorder does, and say what comes or why nothing does."
                + " Nothing is kept.",
        footer = {
            "",
            "Examples:",
            "  longwatch streams test rtsp://viewer:PASSWORD@10.0.0.7/main",
            "  echo rtsp://viewer:PASSWORD@10.0.0.7/main | longwatch streams test -"
        })
final class StreamsTestCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "URL",
            description = "Where it is. A password in it is seen by whoever lists processes; - reads the address from"
                    + " standard input.")
    private String url = "";

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        Screen screen = output.screen();
        String address = StreamsAddCommand.address(url);
        Path log = DataFolder.standard().log("streams-test");
        screen.progress("waiting for pictures");
        StreamTest tested;
        try {
            tested = StreamTest.of(Installation.find(), address, log);
        } finally {
            screen.clear();
        }
        screen.say(tested.sentence());
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("type", "stream_test");
        line.put("ok", tested.ok());
        line.put("condition", tested.condition());
        line.put("sentence", tested.sentence());
        screen.object(line);
        return (tested.ok() ? ExitCode.OK : ExitCode.VIDEO).code();
    }
}
