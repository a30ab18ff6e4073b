// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.alert.deliver;

import dev.longwatch.indexer.alert.Delivery;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;

/**
 * The messages to one channel and when each is due. Plain logic: the time goes in. Used under its owner's lock.
 *
 * <p>Messages go out in their order, except that one that has to wait lets those about other alerts pass. A receiver that
 * fails is left alone for a while by all of them, so that a long queue does not storm it when it comes back.
 */
final class ChannelQueue {

    /** Longest pause for messages that did not fail themselves, unless the receiver wants a longer one. */
    private static final long LONGEST_PAUSE_MILLIS = 60_000;

    private final Patience patience;
    private final DoubleSupplier chance;
    private final Map<String, Delivery> waiting = new LinkedHashMap<>();
    private long quietUntilMillis = Long.MIN_VALUE;
    private int failuresInARow;

    /** @param chance numbers from 0 to 1 */
    ChannelQueue(Patience patience, DoubleSupplier chance) {
        this.patience = patience;
        this.chance = chance;
    }

    /** A message that waits already is the same one: it is not added again. */
    void add(Delivery delivery) {
        waiting.putIfAbsent(delivery.key(), delivery);
    }

    /** The message to try now; it stays until it is {@link #settle}d. */
    Optional<Delivery> next(long nowMillis) {
        return nowMillis < quietUntilMillis
                ? Optional.empty()
                : firstOfEachAlert()
                        .filter(delivery -> delivery.dueAtMillis() <= nowMillis)
                        .findFirst();
    }

    /** When {@link #next} has one again; the end of time when nothing waits. */
    long dueAtMillis() {
        return firstOfEachAlert()
                .mapToLong(delivery -> Math.max(quietUntilMillis, delivery.dueAtMillis()))
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** That an alert has ended is not told before the alert itself. */
    private Stream<Delivery> firstOfEachAlert() {
        Set<String> alerts = new HashSet<>();
        return waiting.values().stream().filter(delivery -> alerts.add(delivery.alert()));
    }

    /** @return the message with what is known of it now: delivered, given up, or to be tried again */
    Delivery settle(Delivery tried, Outcome outcome, long nowMillis) {
        Delivery settled =
                switch (outcome.kind()) {
                    case DELIVERED -> tried.delivered(nowMillis);
                    case REFUSED -> tried.dead(tried.attempts() + 1, outcome.reason(), nowMillis);
                    case RETRY -> again(tried, outcome, nowMillis);
                };
        if (settled.state() == Delivery.State.PENDING) {
            waiting.put(settled.key(), settled);
        } else {
            waiting.remove(settled.key());
        }
        if (outcome.kind() == Outcome.Kind.RETRY) {
            quietUntilMillis = nowMillis + quietMillis(outcome);
        } else {
            failuresInARow = 0;
        }
        return settled;
    }

    private Delivery again(Delivery tried, Outcome outcome, long nowMillis) {
        int attempts = tried.attempts() + 1;
        if (attempts >= patience.attempts()) {
            return tried.dead(attempts, "given up after " + attempts + " attempts: " + outcome.reason(), nowMillis);
        }
        long pause = patience.pauseMillis(attempts, chance.getAsDouble());
        return tried.again(nowMillis + Math.max(pause, wish(outcome)), outcome.reason());
    }

    private long quietMillis(Outcome outcome) {
        failuresInARow++;
        long pause = Math.min(LONGEST_PAUSE_MILLIS, patience.pauseMillis(failuresInARow, chance.getAsDouble()));
        return Math.max(pause, wish(outcome));
    }

    private static long wish(Outcome outcome) {
        return Math.min(outcome.afterMillis(), Patience.LONGEST_WISH_MILLIS);
    }
}
