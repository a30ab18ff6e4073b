// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.alert;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * Lets an element go once the checkpoint that holds it is complete. Whatever happens afterwards, the job goes on from a
 * state that knows of it, so nobody ever hears of something that a replay does not find again. At the end of the input all
 * go.
 *
 * @param <T> the element
 */
public final class Settled<T> extends AbstractStreamOperator<T>
        implements OneInputStreamOperator<T, T>, BoundedOneInput {

    private static final long serialVersionUID = 1L;

    /** Where elements wait that a restored checkpoint holds: the next one completes them at the latest. */
    private static final long RESTORED = -1;

    private final TypeInformation<T> type;
    private transient @Nullable ListState<T> state;
    private transient List<T> fresh = List.of();
    private transient NavigableMap<Long, List<T>> held = new TreeMap<>();

    public Settled(TypeInformation<T> type) {
        this.type = type;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        fresh = new ArrayList<>();
        held = new TreeMap<>();
        state = context.getOperatorStateStore().getListState(new ListStateDescriptor<>("held", type));
        List<T> restored = new ArrayList<>();
        state.get().forEach(restored::add);
        held.put(RESTORED, restored);
    }

    @Override
    public void processElement(StreamRecord<T> element) {
        fresh.add(element.getValue());
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        held.put(context.getCheckpointId(), fresh);
        fresh = new ArrayList<>();
        List<T> all = new ArrayList<>();
        held.values().forEach(all::addAll);
        Objects.requireNonNull(state).update(all);
    }

    @Override
    public void notifyCheckpointComplete(long checkpoint) throws Exception {
        super.notifyCheckpointComplete(checkpoint);
        Map<Long, List<T>> complete = held.headMap(checkpoint, true);
        complete.values().forEach(this::letGo);
        complete.clear();
    }

    @Override
    public void endInput() {
        held.values().forEach(this::letGo);
        held.clear();
        letGo(fresh);
        fresh = new ArrayList<>();
    }

    private void letGo(List<T> elements) {
        elements.forEach(element -> output.collect(new StreamRecord<>(element)));
    }
}
