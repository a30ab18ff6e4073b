// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.stitch;

import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.indexer.event.VideoEvent;
import dev.longwatch.jobs.ground.Sighting;
import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Sightings in, every change of an event out, with the rules it came about by; keyed by stream and rule.
 *
 * <p>The splits of one video are read side by side, so its clips arrive out of order: a sighting waits in state until all
 * clips before it have come. Of a rule about an absence, it is the seconds without a sighting that make the event.
 */
public final class Stitch extends KeyedProcessFunction<String, Sighting, RuledEvent> {

    private static final long serialVersionUID = 1L;

    private final long run;
    private transient @Nullable ValueState<Long> nextOrdinal;
    private transient @Nullable MapState<Long, Sighting> early;
    private transient @Nullable ListState<VideoEvent> open;
    private transient @Nullable ListState<String> told;
    private transient @Nullable ListState<Sighting.Moment> seen;
    private transient @Nullable ListState<AlertRule> riding;

    /**
     * @param run grows from one run over a video to the next, so that what a later one finds replaces what an earlier one
     *     found; the same through all restarts of one run
     */
    public Stitch(long run) {
        this.run = run;
    }

    /** The key: sightings of one stream and rule belong together. */
    public static String key(Sighting sighting) {
        return sighting.stream() + '\n' + sighting.rule().name();
    }

    @Override
    public void open(OpenContext context) {
        nextOrdinal = getRuntimeContext().getState(new ValueStateDescriptor<>("nextOrdinal", Types.LONG));
        early = getRuntimeContext()
                .getMapState(new MapStateDescriptor<>("early", Types.LONG, Types.POJO(Sighting.class)));
        open = getRuntimeContext().getListState(new ListStateDescriptor<>("open", Types.POJO(VideoEvent.class)));
        told = getRuntimeContext().getListState(new ListStateDescriptor<>("told", Types.STRING));
        riding = getRuntimeContext()
                .getListState(new ListStateDescriptor<>("riding", TypeInformation.of(AlertRule.class)));
        seen = getRuntimeContext().getListState(new ListStateDescriptor<>("seen", Types.POJO(Sighting.Moment.class)));
    }

    @Override
    public void processElement(Sighting sighting, Context context, Collector<RuledEvent> out) throws Exception {
        ValueState<Long> next = Objects.requireNonNull(nextOrdinal);
        MapState<Long, Sighting> waiting = Objects.requireNonNull(early);
        ListState<VideoEvent> state = Objects.requireNonNull(open);
        ListState<String> toldState = Objects.requireNonNull(told);
        ListState<Sighting.Moment> before = Objects.requireNonNull(seen);
        ListState<AlertRule> ridingState = Objects.requireNonNull(riding);

        long ordinal = Math.max(Objects.requireNonNullElse(next.value(), 0L), sighting.since());
        if (sighting.ordinal() < ordinal) {
            // these seconds had their turn: a stream that was taken off the list and put back begins a little before
            // now
            return;
        }
        waiting.put(sighting.ordinal(), sighting);
        if (sighting.ordinal() != ordinal) {
            return;
        }
        OpenEvents events = new OpenEvents(list(state), list(toldState), run);
        Absence absence = new Absence(list(before));
        Riding sequences = new Riding(list(ridingState));
        for (Sighting turn = waiting.get(ordinal); turn != null; turn = waiting.get(ordinal)) {
            take(turn, events, absence, sequences, out);
            waiting.remove(ordinal++);
        }
        next.update(ordinal);
        state.update(events.list());
        toldState.update(events.told());
        before.update(absence.seen());
        ridingState.update(sequences.all());
    }

    private static void take(
            Sighting sighting, OpenEvents events, Absence absence, Riding riding, Collector<RuledEvent> out) {
        boolean absent = sighting.rule().kind() == AlertRule.Kind.ABSENT;
        AlertRule[] retired = riding.retired(sighting.sequences());
        for (VideoEvent changed : events.take(absent ? absence.take(sighting) : sighting)) {
            out.collect(new RuledEvent(changed, sighting.rule(), sighting.sequences(), retired));
        }
        if (events.list().isEmpty()) {
            riding.forget(sighting.sequences());
        }
    }

    private static <T> List<T> list(ListState<T> state) throws Exception {
        return StreamSupport.stream(state.get().spliterator(), false).toList();
    }
}
