// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import picocli.CommandLine.Option;

/** How results are printed. */
final class OutputOptions {

    @Option(names = "--json", description = "Print one JSON object a line.")
    private boolean json;

    /** Of this process. */
    Screen screen() {
        return Screen.standard(json);
    }
}
