// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.alert;

import dev.longwatch.indexer.alert.Alert;
import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.indexer.event.VideoEvent;
import dev.longwatch.jobs.stitch.RuledEvent;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Every change of an event in, every change of an alert out, and beside them the occasions to tell people; keyed by stream
 * and rule. Events of rules that raise no alerts end here, unless they were alerts before the rule changed.
 */
public final class Raise extends KeyedProcessFunction<String, RuledEvent, Alert> {

    /** Whom to tell. */
    public static final OutputTag<Notice> NOTICES = new OutputTag<>("notices") {};

    private static final long serialVersionUID = 1L;

    private final Snoozes.Opener opener;
    private final Clock clock;
    private transient @Nullable Snoozes snoozes;
    private transient @Nullable ListState<Alert> open;
    private transient @Nullable ValueState<Long> deliveredAtMillis;

    public Raise(Snoozes.Opener snoozes, Clock clock) {
        this.opener = snoozes;
        this.clock = clock;
    }

    /** The key: alerts of one stream and rule know of each other. */
    public static String key(RuledEvent changed) {
        return changed.event().stream() + '\n' + changed.event().rule();
    }

    @Override
    public void open(OpenContext context) {
        open = getRuntimeContext().getListState(new ListStateDescriptor<>("open", Types.POJO(Alert.class)));
        deliveredAtMillis = getRuntimeContext().getState(new ValueStateDescriptor<>("deliveredAtMillis", Types.LONG));
        snoozes = opener.open();
    }

    @Override
    public void close() {
        if (snoozes != null) {
            snoozes.close();
            snoozes = null;
        }
    }

    @Override
    public void processElement(RuledEvent changed, Context context, Collector<Alert> out) throws Exception {
        ListState<Alert> openState = Objects.requireNonNull(open);
        ValueState<Long> deliveredState = Objects.requireNonNull(deliveredAtMillis);
        VideoEvent event = changed.event();
        AlertRule rule = changed.rule();
        Long delivered = deliveredState.value();
        Alerts alerts = new Alerts(
                rule, openState.get(), delivered == null ? Alerts.NEVER : delivered, Objects.requireNonNull(snoozes));
        boolean raises = rule.alerting().raised() && rule.holdsFor(event.stream());
        if (!raises && !alerts.isOpen(event)) {
            return;
        }
        Optional<Alerts.Change> change = alerts.take(event, clock.millis());
        if (change.isPresent()) {
            out.collect(change.get().alert());
            change.get().notices().forEach(notice -> context.output(NOTICES, notice));
        }
        openState.update(alerts.open());
        deliveredState.update(alerts.deliveredAtMillis());
    }
}
