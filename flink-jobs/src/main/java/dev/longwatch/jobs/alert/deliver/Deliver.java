// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.alert.deliver;

import dev.longwatch.indexer.alert.Channel;
import dev.longwatch.indexer.alert.Delivery;
import dev.longwatch.jobs.alert.Notice;
import dev.longwatch.jobs.evidence.EvidenceFolder;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * Occasions to tell people in, what became of each message out. Never blocks the stream: messages wait in the outbox, which
 * is in the checkpoint, until their courier is done with them. At the end of the input it waits for the outbox to empty.
 *
 * <p>Counted in the metric group {@code deliver}: messages {@code delivered}, {@code dead} and, as a gauge, {@code waiting}.
 */
public final class Deliver extends AbstractStreamOperator<Delivery>
        implements OneInputStreamOperator<Notice, Delivery>, BoundedOneInput {

    private static final long serialVersionUID = 1L;

    /** No more messages than this wait; those that come then are given up at once. */
    static final int MOST = 10_000;

    private final List<Channel> channels;
    private final EvidenceFolder evidence;
    private final Patience patience;
    private final Clock clock;
    private transient @Nullable MailboxExecutor mailbox;
    private transient @Nullable ListState<Delivery> state;
    private transient @Nullable Counter delivered;
    private transient @Nullable Counter dead;
    private transient Map<String, Delivery> outbox = new LinkedHashMap<>();
    private transient Map<String, Courier> couriers = new LinkedHashMap<>();

    /** @param evidence where there is something to see of the alerts */
    public Deliver(List<Channel> channels, EvidenceFolder evidence) {
        this(channels, evidence, Patience.USUAL, Clock.systemUTC());
    }

    Deliver(List<Channel> channels, EvidenceFolder evidence, Patience patience, Clock clock) {
        this.channels = List.copyOf(channels);
        this.evidence = evidence;
        this.patience = patience;
        this.clock = clock;
    }

    @Override
    public void setMailboxExecutor(MailboxExecutor executor) {
        super.setMailboxExecutor(executor);
        mailbox = executor;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        outbox = new LinkedHashMap<>();
        couriers = new LinkedHashMap<>();
        state = context.getOperatorStateStore()
                .getListState(new ListStateDescriptor<>("outbox", Types.POJO(Delivery.class)));
        for (Delivery delivery : state.get()) {
            outbox.put(delivery.key(), delivery);
        }
    }

    @Override
    public void open() throws Exception {
        super.open();
        MetricGroup metrics = getMetricGroup().addGroup("deliver");
        delivered = metrics.counter("delivered");
        dead = metrics.counter("dead");
        metrics.gauge("waiting", () -> outbox.size());
        for (Channel channel : channels) {
            ChannelQueue queue =
                    new ChannelQueue(patience, () -> ThreadLocalRandom.current().nextDouble());
            couriers.put(
                    channel.name(),
                    new Courier(
                            channel.name(), Sender.of(channel, evidence, clock), queue, clock, this::changedOnItsWay));
        }
        List.copyOf(outbox.values()).forEach(this::hand);
    }

    @Override
    public void processElement(StreamRecord<Notice> element) {
        Notice notice = element.getValue();
        for (String name : notice.alert().channels()) {
            Channel channel = channel(name);
            if (channel != null && (!notice.closing() || channel.closings())) {
                deliver(Letter.to(channel, notice, evidence, clock.millis()));
            }
        }
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        Objects.requireNonNull(state).update(List.copyOf(outbox.values()));
    }

    @Override
    public void endInput() throws InterruptedException {
        while (!outbox.isEmpty()) {
            Objects.requireNonNull(mailbox).yield();
        }
    }

    @Override
    public void close() throws Exception {
        couriers.values().forEach(Courier::close);
        super.close();
    }

    private void deliver(Delivery delivery) {
        if (outbox.containsKey(delivery.key())) {
            return;
        }
        outbox.put(delivery.key(), delivery);
        if (outbox.size() > MOST) {
            changed(delivery.dead(0, MOST + " messages are waiting already", clock.millis()));
        } else {
            hand(delivery);
        }
    }

    private void hand(Delivery delivery) {
        Courier courier = couriers.get(delivery.channel());
        if (courier != null) {
            courier.take(delivery);
        } else {
            // restored from a job that had the channel
            Objects.requireNonNull(mailbox)
                    .execute(
                            () -> changed(delivery.dead(
                                    delivery.attempts(), "there is no such channel any more", clock.millis())),
                            "message to nobody");
        }
    }

    /** On a courier's thread. */
    private void changedOnItsWay(Delivery delivery) {
        try {
            Objects.requireNonNull(mailbox).execute(() -> changed(delivery), "message tried");
        } catch (RejectedExecutionException taskHasEnded) {
            LOG.info("the task ended while {} was tried; a restored one tries it again", delivery.key());
        }
    }

    private void changed(Delivery delivery) {
        if (delivery.state() == Delivery.State.PENDING) {
            outbox.put(delivery.key(), delivery);
            return;
        }
        outbox.remove(delivery.key());
        Counter counter = delivery.state() == Delivery.State.DELIVERED ? delivered : dead;
        Objects.requireNonNull(counter).inc();
        output.collect(new StreamRecord<>(delivery));
    }

    private @Nullable Channel channel(String name) {
        return channels.stream()
                .filter(channel -> channel.name().equals(name))
                .findFirst()
                .orElse(null);
    }
}
