// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.compose;

import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.indexer.event.VideoEvent;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Every change of an event in, every change of a sequence out; keyed by sequence, and by stream unless its steps may happen
 * on several.
 */
public final class Compose extends KeyedProcessFunction<String, StepEvent, VideoEvent> {

    private static final long serialVersionUID = 1L;

    private final Map<String, AlertRule> sequences;
    private transient @Nullable ListState<VideoEvent> steps;
    private transient @Nullable ListState<VideoEvent> found;

    /** @param rules all rules; those that are no sequences are left alone */
    public Compose(List<AlertRule> rules) {
        this.sequences = sequences(rules).stream().collect(Collectors.toMap(AlertRule::name, rule -> rule));
    }

    /** Hands an event to every sequence that it may be a step of. */
    public static FlatMapFunction<VideoEvent, StepEvent> steps(List<AlertRule> rules) {
        List<AlertRule> sequences = sequences(rules);
        return (event, out) -> {
            for (AlertRule rule : sequences) {
                if (rule.holdsFor(event.stream())
                        && rule.steps().stream().anyMatch(step -> step.rule().equals(event.rule()))) {
                    out.collect(new StepEvent(rule.name(), rule.crossesStreams() ? "" : event.stream(), event));
                }
            }
        };
    }

    /** The key: steps of one sequence belong together. */
    public static String key(StepEvent step) {
        return step.key();
    }

    @Override
    public void open(OpenContext context) {
        steps = getRuntimeContext().getListState(new ListStateDescriptor<>("steps", Types.POJO(VideoEvent.class)));
        found = getRuntimeContext().getListState(new ListStateDescriptor<>("found", Types.POJO(VideoEvent.class)));
    }

    @Override
    public void processElement(StepEvent step, Context context, Collector<VideoEvent> out) throws Exception {
        ListState<VideoEvent> stepState = Objects.requireNonNull(steps);
        ListState<VideoEvent> foundState = Objects.requireNonNull(found);
        AlertRule rule = sequences.get(step.rule());
        if (rule == null) {
            // restored from a job that had it
            return;
        }
        Sequences state = new Sequences(rule, stepState.get(), foundState.get());
        state.take(step.event()).forEach(out::collect);
        stepState.update(state.steps());
        foundState.update(state.found());
    }

    private static List<AlertRule> sequences(List<AlertRule> rules) {
        return rules.stream()
                .filter(rule -> rule.kind() == AlertRule.Kind.SEQUENCE)
                .toList();
    }
}
