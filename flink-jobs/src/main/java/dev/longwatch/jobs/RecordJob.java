// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs;

import dev.longwatch.indexer.coverage.CoverageSpan;
import dev.longwatch.jobs.cover.CoverRecording;
import dev.longwatch.jobs.record.Gap;
import dev.longwatch.jobs.record.Segment;
import dev.longwatch.jobs.record.StreamState;
import dev.longwatch.jobs.record.StreamUpdate;
import java.util.Objects;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Records streams. What is kept of them stands in their folders; the sinks are told, each thing at least once and with what
 * tells it apart: stream and ordinal of a segment, stream and start of a gap.
 */
public final class RecordJob {

    private final Source<StreamUpdate, ?, ?> streams;
    private final Sink<Segment> segments;
    private final Sink<Gap> gaps;
    private final Sink<StreamState> states;
    private final Sink<CoverageSpan> coverage;

    /**
     * @param streams records them
     * @param segments is told what was recorded
     * @param gaps is told what was not
     * @param states is told how the streams are
     * @param coverage keeps the ledger
     */
    public RecordJob(
            Source<StreamUpdate, ?, ?> streams,
            Sink<Segment> segments,
            Sink<Gap> gaps,
            Sink<StreamState> states,
            Sink<CoverageSpan> coverage) {
        this.streams = streams;
        this.segments = segments;
        this.gaps = gaps;
        this.states = states;
        this.coverage = coverage;
    }

    /** Submits the job. */
    public JobClient execute(StreamExecutionEnvironment env) throws Exception {
        // @formatter:off
        DataStream<StreamUpdate> updates = env
                .fromSource(streams, WatermarkStrategy.noWatermarks(), "record").uid("record");

        updates.filter(update -> update.segment() != null)
                .map(update -> Objects.requireNonNull(update.segment())).returns(Segment.class)
                .sinkTo(segments).name("segments").uid("segments");
        updates.filter(update -> update.gap() != null)
                .map(update -> Objects.requireNonNull(update.gap())).returns(Gap.class)
                .sinkTo(gaps).name("gaps").uid("gaps");
        updates.filter(update -> update.state() != null)
                .map(update -> Objects.requireNonNull(update.state())).returns(StreamState.class)
                .sinkTo(states).name("states").uid("states");
        updates.filter(update -> update.entry() != null)
                .keyBy(CoverRecording::key)
                .process(new CoverRecording()).name("cover").uid("cover")
                .sinkTo(coverage).name("coverage").uid("coverage");
        // @formatter:on
        return env.executeAsync("longwatch record");
    }
}
