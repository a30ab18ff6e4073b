// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.stitch;

import dev.longwatch.indexer.alert.AlertRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The sequences that a rule is a step of, as the clips tell, and those that it was a step of: they ride on while events are
 * open that may be part of one, so that what was found of them is closed with these.
 */
final class Riding {

    private List<AlertRule> all;

    /** @param all as the last clip left them */
    Riding(List<AlertRule> all) {
        this.all = List.copyOf(all);
    }

    List<AlertRule> all() {
        return all;
    }

    /** Those of {@link #all} that a clip does not tell of any more; {@code all} then holds both. */
    AlertRule[] retired(AlertRule[] sequences) {
        List<AlertRule> gone =
                all.stream().filter(old -> !isAmong(sequences, old)).toList();
        List<AlertRule> both = new ArrayList<>(List.of(sequences));
        both.addAll(gone);
        all = List.copyOf(both);
        return gone.toArray(AlertRule[]::new);
    }

    /** No event is open: those that are gone need not ride on. */
    void forget(AlertRule[] sequences) {
        all = List.of(sequences);
    }

    /** One that crosses streams and one that does not are different, for their steps are gathered elsewhere. */
    private static boolean isAmong(AlertRule[] sequences, AlertRule old) {
        return Arrays.stream(sequences)
                .anyMatch(each -> each.name().equals(old.name()) && each.crossesStreams() == old.crossesStreams());
    }
}
