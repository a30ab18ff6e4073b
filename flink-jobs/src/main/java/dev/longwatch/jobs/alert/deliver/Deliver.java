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
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
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
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;
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

    /** How often it is seen whether channels have changed. */
    private static final long EVERY_MILLIS = 1_000;

    private final Channels.Opener opener;
    private final EvidenceFolder evidence;
    private final Patience patience;
    private final Clock clock;
    private transient @Nullable MailboxExecutor mailbox;
    private transient @Nullable ListState<Delivery> state;
    private transient @Nullable Counter delivered;
    private transient @Nullable Counter dead;
    private transient Map<String, Delivery> outbox = new LinkedHashMap<>();
    private transient Map<String, Courier> couriers = new LinkedHashMap<>();
    private transient @Nullable Channels channels;
    private transient @Nullable List<Channel> served;

    /** @param evidence where there is something to see of the alerts */
    public Deliver(Channels.Opener channels, EvidenceFolder evidence) {
        this(channels, evidence, Patience.USUAL, Clock.systemUTC());
    }

    Deliver(Channels.Opener channels, EvidenceFolder evidence, Patience patience, Clock clock) {
        this.opener = channels;
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
        channels = opener.open();
        serve(channels.known());
        lookLater();
    }

    private void lookLater() {
        ProcessingTimeService timer = getProcessingTimeService();
        var unusedTimer = timer.registerTimer(timer.getCurrentProcessingTime() + EVERY_MILLIS, unused -> {
            serve(Objects.requireNonNull(channels).known());
            lookLater();
        });
    }

    /** Gives every channel that is new or changed a courier, who takes what waits for it. */
    private void serve(@Nullable List<Channel> wanted) {
        if (wanted == null || wanted.equals(served)) {
            return;
        }
        List<Channel> before = Objects.requireNonNullElse(served, List.of());
        served = wanted;
        for (Channel channel : before) {
            if (!wanted.contains(channel)) {
                Courier courier = couriers.remove(channel.name());
                if (courier != null) {
                    courier.close();
                }
            }
        }
        for (Channel channel : wanted) {
            if (!couriers.containsKey(channel.name())) {
                couriers.put(channel.name(), courier(channel));
            }
        }
        Set<String> fresh = wanted.stream()
                .filter(channel -> !before.contains(channel))
                .map(Channel::name)
                .collect(Collectors.toSet());
        Set<String> names = couriers.keySet();
        List.copyOf(outbox.values()).stream()
                .filter(delivery -> fresh.contains(delivery.channel()) || !names.contains(delivery.channel()))
                .forEach(this::hand);
    }

    private Courier courier(Channel channel) {
        ChannelQueue queue =
                new ChannelQueue(patience, () -> ThreadLocalRandom.current().nextDouble());
        return new Courier(channel.name(), Sender.of(channel, evidence, clock), queue, clock, this::changedOnItsWay);
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
        if (channels != null) {
            channels.close();
        }
        // a task that is cancelled before it has its state closes what came over the network, where there is no map yet
        Objects.requireNonNullElse(couriers, Map.<String, Courier>of()).values().forEach(Courier::close);
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
            // the channel was there when the message was written
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
            outbox.replace(delivery.key(), delivery);
            return;
        }
        if (outbox.remove(delivery.key()) == null) {
            // a courier whose channel has changed was done with it after all
            return;
        }
        Counter counter = delivery.state() == Delivery.State.DELIVERED ? delivered : dead;
        Objects.requireNonNull(counter).inc();
        output.collect(new StreamRecord<>(delivery));
    }

    private @Nullable Channel channel(String name) {
        return named(name, served)
                .or(() -> {
                    // the rule may be newer than what is known here
                    serve(Objects.requireNonNull(channels).refreshed());
                    return named(name, served);
                })
                .orElse(null);
    }

    private static Optional<Channel> named(String name, @Nullable List<Channel> channels) {
        return Objects.requireNonNullElse(channels, List.<Channel>of()).stream()
                .filter(channel -> channel.name().equals(name))
                .findFirst();
    }
}
