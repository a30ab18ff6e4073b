// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.cover;

import dev.longwatch.indexer.coverage.CoverageSpan;
import dev.longwatch.indexer.coverage.CoverageSpan.State;
import dev.longwatch.jobs.record.IndexEntry;
import dev.longwatch.jobs.record.Segment;
import dev.longwatch.jobs.record.StreamUpdate;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * What was recorded of a stream and what was not in, the ledger's entries out. What follows without a break and is the same
 * is one entry that grows: it comes out again with each segment under the same id, and a new one begins with each hour, so
 * that a camera leaves some entries an hour however short its segments are.
 */
public final class CoverRecording extends KeyedProcessFunction<String, StreamUpdate, CoverageSpan> {

    private static final long serialVersionUID = 1L;
    private static final long HOUR_MILLIS = 3_600_000;

    private transient @Nullable ValueState<CoverageSpan> growing;

    /** The state's key: the stream. */
    public static String key(StreamUpdate update) {
        return entry(update).stream();
    }

    @Override
    public void open(OpenContext context) {
        growing = getRuntimeContext().getState(new ValueStateDescriptor<>("growing", CoverageSpan.class));
    }

    @Override
    public void processElement(StreamUpdate update, Context context, Collector<CoverageSpan> out) throws Exception {
        ValueState<CoverageSpan> state = Objects.requireNonNull(growing, "processElement comes after open");
        CoverageSpan said = grown(state.value(), of(entry(update)));
        state.update(said);
        out.collect(said);
    }

    private static IndexEntry entry(StreamUpdate update) {
        return Objects.requireNonNull(update.entry(), "how a stream is does not belong into the ledger");
    }

    static CoverageSpan of(IndexEntry entry) {
        return new CoverageSpan(
                entry.stream(),
                entry.startMillis(),
                entry.endMillis(),
                entry instanceof Segment ? State.RECORDED : State.GAP,
                entry.why(),
                0);
    }

    /** @param before null when nothing is known */
    static CoverageSpan grown(@Nullable CoverageSpan before, CoverageSpan next) {
        if (before == null
                || before.toMillis() != next.fromMillis()
                || before.fromMillis() / HOUR_MILLIS != next.fromMillis() / HOUR_MILLIS
                || !before.between(next.fromMillis(), next.toMillis()).equals(next)) {
            return next;
        }
        return before.between(before.fromMillis(), next.toMillis());
    }
}
