// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import dev.longwatch.dashboards.local.ExitCode;
import dev.longwatch.indexer.keep.Receipt;
import dev.longwatch.indexer.keep.Receipts;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "receipts",
        mixinStandardHelpOptions = true,
        description = "Show what was deleted when and why, the newest first.")
final class ReceiptsCommand implements Callable<Integer> {

    @Mixin
    private KeepOptions options = new KeepOptions();

    @Override
    public Integer call() {
        Screen screen = options.screen();
        List<Receipt> receipts =
                options.with(screen, (elasticsearch, names) -> new Receipts(elasticsearch, names).since(Instant.EPOCH));
        for (Receipt receipt : receipts) {
            String why = receipt.reason().isEmpty() ? "" : " Reason: " + receipt.reason();
            screen.say(
                    receipt.at() + "  " + receipt.id() + "  " + receipt.state() + "  " + receipt.sentence(false) + why);
            screen.object(receipt);
        }
        if (receipts.isEmpty()) {
            screen.note("nothing was deleted");
        }
        return ExitCode.OK.code();
    }
}
