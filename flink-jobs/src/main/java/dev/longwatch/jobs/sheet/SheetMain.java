// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.sheet;

import dev.longwatch.jobs.Failed;
import dev.longwatch.jobs.report.Report;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes a contact sheet as its configuration, one line on standard input, says, and reports where it is. */
public final class SheetMain {

    private static final Logger LOG = LoggerFactory.getLogger(SheetMain.class);

    /** The report's only line. */
    record Written(String path) {}

    private SheetMain() {}

    public static void main(String[] arguments) {
        System.setProperty("java.awt.headless", "true");
        int status = 0;
        try {
            BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            SheetConfig config = SheetConfig.parse(Objects.requireNonNullElse(input.readLine(), ""));
            Path out = Path.of(config.out());
            Files.writeString(out, ContactSheet.html(config));
            Report.line("sheet", new Written(out.toString()));
        } catch (Exception e) {
            LOG.error("the contact sheet could not be made", e);
            Report.line("failed", Failed.of(e));
            status = 1;
        }
        // native libraries leave threads behind
        System.exit(status);
    }
}
