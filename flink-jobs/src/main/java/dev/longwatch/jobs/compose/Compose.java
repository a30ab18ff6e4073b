// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.compose;

import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.indexer.event.VideoEvent;
import dev.longwatch.jobs.stitch.RuledEvent;
import java.util.List;
import java.util.Objects;
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
public final class Compose extends KeyedProcessFunction<String, StepEvent, RuledEvent> {

    private static final long serialVersionUID = 1L;

    private transient @Nullable ListState<VideoEvent> steps;
    private transient @Nullable ListState<VideoEvent> found;

    /** Hands an event to every sequence that it may be a step of. */
    public static void steps(RuledEvent changed, Collector<StepEvent> out) {
        for (AlertRule sequence : changed.sequences()) {
            out.collect(new StepEvent(sequence, false, changed.event()));
        }
        for (AlertRule sequence : changed.retired()) {
            out.collect(new StepEvent(sequence, true, changed.event()));
        }
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
    public void processElement(StepEvent step, Context context, Collector<RuledEvent> out) throws Exception {
        ListState<VideoEvent> stepState = Objects.requireNonNull(steps);
        ListState<VideoEvent> foundState = Objects.requireNonNull(found);
        Sequences state = new Sequences(step.sequence(), stepState.get(), foundState.get());
        List<VideoEvent> changed = step.retired() ? state.end(step.event()) : state.take(step.event());
        changed.forEach(sequence -> out.collect(new RuledEvent(sequence, step.sequence())));
        stepState.update(state.steps());
        foundState.update(state.found());
    }
}
