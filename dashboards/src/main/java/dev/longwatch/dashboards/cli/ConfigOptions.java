// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import dev.longwatch.dashboards.config.ConfigFile;
import dev.longwatch.dashboards.config.InvalidConfig;
import dev.longwatch.dashboards.local.ExitCode;
import dev.longwatch.dashboards.local.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which longwatch.yaml holds. */
final class ConfigOptions {

    static final Path HERE = Path.of("longwatch.yaml");

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "What is watched, what for and who is told. Default: longwatch.yaml here, if it is there.")
    private @Nullable Path file;

    /** The file, which need not be there when nobody has named one. */
    Path path() {
        return file == null ? HERE : file;
    }

    /** @throws Problem when it cannot be used, saying where and why */
    ConfigFile read() {
        return read(file);
    }

    /**
     * A file, or the one that is here.
     *
     * @param named null for the one that is here, or none when there is not
     * @throws Problem when it cannot be used, saying where and why
     */
    static ConfigFile read(@Nullable Path named) {
        return named(named == null && Files.exists(HERE) ? HERE : named);
    }

    /**
     * A file, whatever is here.
     *
     * @param named null for none
     * @throws Problem when it cannot be used, saying where and why
     */
    static ConfigFile named(@Nullable Path named) {
        try {
            return named == null ? ConfigFile.none() : ConfigFile.read(named);
        } catch (InvalidConfig e) {
            throw new Problem(ExitCode.USAGE, e);
        }
    }
}
