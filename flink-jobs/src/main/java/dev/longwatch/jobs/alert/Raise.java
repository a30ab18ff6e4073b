// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.alert;

import dev.longwatch.indexer.alert.Alert;
import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.indexer.event.VideoEvent;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
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
 * and rule. Events of rules that raise no alerts end here.
 */
public final class Raise extends KeyedProcessFunction<String, VideoEvent, Alert> {

    /** Whom to tell. */
    public static final OutputTag<Notice> NOTICES = new OutputTag<>("notices") {};

    private static final long serialVersionUID = 1L;

    private final Map<String, AlertRule> rules;
    private final Snoozes.Opener opener;
    private final Clock clock;
    private transient @Nullable Snoozes snoozes;
    private transient @Nullable ListState<Alert> open;
    private transient @Nullable ValueState<Long> deliveredAtMillis;

    public Raise(List<AlertRule> rules, Snoozes.Opener snoozes, Clock clock) {
        this.rules = rules.stream()
                .filter(rule -> rule.alerting().raised())
                .collect(Collectors.toMap(AlertRule::name, rule -> rule));
        this.opener = snoozes;
        this.clock = clock;
    }

    /** The key: alerts of one stream and rule know of each other. */
    public static String key(VideoEvent event) {
        return event.stream() + '\n' + event.rule();
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
    public void processElement(VideoEvent event, Context context, Collector<Alert> out) throws Exception {
        ListState<Alert> openState = Objects.requireNonNull(open);
        ValueState<Long> deliveredState = Objects.requireNonNull(deliveredAtMillis);
        AlertRule rule = rules.get(event.rule());
        if (rule == null || !rule.holdsFor(event.stream())) {
            return;
        }
        Long delivered = deliveredState.value();
        Alerts alerts = new Alerts(
                rule, openState.get(), delivered == null ? Alerts.NEVER : delivered, Objects.requireNonNull(snoozes));
        Optional<Alerts.Change> change = alerts.take(event, clock.millis());
        if (change.isPresent()) {
            out.collect(change.get().alert());
            change.get().notices().forEach(notice -> context.output(NOTICES, notice));
        }
        openState.update(alerts.open());
        deliveredState.update(alerts.deliveredAtMillis());
    }
}
