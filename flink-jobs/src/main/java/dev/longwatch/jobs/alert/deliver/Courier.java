// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.alert.deliver;

import dev.longwatch.indexer.alert.Delivery;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries the messages of one channel, on a thread of its own: a receiver that hangs holds up no other. */
final class Courier implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Courier.class);

    private final Sender sender;
    private final ChannelQueue queue;
    private final Clock clock;
    private final Consumer<Delivery> changed;
    private final Thread thread;
    private boolean closed;

    /** @param changed told on the courier's thread of every message after each attempt */
    Courier(String channel, Sender sender, ChannelQueue queue, Clock clock, Consumer<Delivery> changed) {
        this.sender = sender;
        this.queue = queue;
        this.clock = clock;
        this.changed = changed;
        this.thread = new Thread(this::run, "courier-" + channel);
        this.thread.setDaemon(true);
        this.thread.start();
    }

    synchronized void take(Delivery delivery) {
        queue.add(delivery);
        notifyAll();
    }

    /** Does not wait for an attempt that is under way. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        thread.interrupt();
    }

    private void run() {
        try {
            for (Optional<Delivery> next = next(); next.isPresent(); next = next()) {
                changed.accept(settle(next.get(), attempt(next.get())));
            }
        } catch (InterruptedException e) {
            // closed: whoever restores the job has what was under way
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for a message that is due; nothing once closed. */
    private synchronized Optional<Delivery> next() throws InterruptedException {
        while (!closed) {
            long now = clock.millis();
            Optional<Delivery> next = queue.next(now);
            if (next.isPresent()) {
                return next;
            }
            long due = queue.dueAtMillis();
            wait(due == Long.MAX_VALUE ? 0 : Math.max(1, due - now));
        }
        return Optional.empty();
    }

    private Outcome attempt(Delivery delivery) throws InterruptedException {
        try {
            return sender.send(delivery);
        } catch (RuntimeException e) {
            LOG.error("the message {} cannot be sent", delivery.key(), e);
            return Outcome.refused(Failure.words(e));
        }
    }

    private synchronized Delivery settle(Delivery tried, Outcome outcome) {
        Delivery settled = queue.settle(tried, outcome, clock.millis());
        if (settled.state() != Delivery.State.DELIVERED) {
            LOG.warn(
                    "{} after attempt {} to {}: {}",
                    settled.state(),
                    settled.attempts(),
                    settled.channel(),
                    settled.reason());
        }
        return settled;
    }
}
