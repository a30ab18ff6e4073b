// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Somebody who types commands: each is a process of its own, on the data directory of the test run. */
final class Stranger {

    static final Path ROOT = Path.of(System.getProperty("longwatch.root"));
    static final Path DATA = ROOT.resolve("target");

    private final Path folder;

    /** @param folder takes what the commands print */
    Stranger(Path folder) {
        this.folder = folder;
    }

    /** How a command ended and what it said. */
    record Said(int status, List<String> out, List<String> err) {}

    Said types(String... arguments) throws IOException, InterruptedException {
        Path out = Files.createTempFile(folder, "out", "");
        Path err = Files.createTempFile(folder, "err", "");
        Process process = starts(out, err, arguments);
        if (!process.waitFor(5, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError(List.of(arguments) + " has not ended; it said " + Files.readString(err));
        }
        return new Said(process.exitValue(), Files.readAllLines(out), Files.readAllLines(err));
    }

    /** A command that goes on. */
    Process starts(Path out, Path err, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-Dlongwatch.home=" + ROOT,
                "-cp",
                System.getProperty("java.class.path"),
                "dev.longwatch.dashboards.cli.Longwatch"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().put("LONGWATCH_DATA", DATA.toString());
        builder.environment()
                .put("LC_ALL", Optional.ofNullable(System.getenv("LC_ALL")).orElse("C.UTF-8"));
        return builder.start();
    }
}
