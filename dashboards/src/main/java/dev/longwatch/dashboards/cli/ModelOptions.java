// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which model looks. */
final class ModelOptions {

    @Option(
            names = "--model",
            paramLabel = "DIR",
            description = "A Qwen2.5-VL checkpoint directory (config.json, tokenizer.json, *.safetensors). Default: the"
                    + " embedded model, which knows only drawn objects; real footage wants the published weights.")
    private @Nullable Path directory;

    /** Null for the embedded model. */
    @Nullable
    Path directory() {
        return directory;
    }

    boolean isEmbedded() {
        return directory == null;
    }

    /** The absolute path; empty for the embedded model. */
    String checkpoint() {
        return directory == null ? "" : directory.toAbsolutePath().normalize().toString();
    }
}
