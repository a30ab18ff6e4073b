// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.follow;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.source.reader.RecordEmitter;
import org.apache.flink.connector.base.source.reader.SingleThreadMultiplexSourceReaderBase;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;

/**
 * Reads the streams it is dealt, as its orders say. A split's id is the name of its stream; it is finished when the stream
 * is to be ended.
 *
 * @param <E> what the split reader fetches
 * @param <T> what leaves
 * @param <S> a stream and the position in it
 * @param <M> the same while it is read
 */
@SuppressWarnings("try") // Flink declares that closing a reader may throw anything
public abstract class FollowingReader<E, T, S extends SourceSplit, M>
        extends SingleThreadMultiplexSourceReaderBase<E, T, S, M> {

    private final Inbox inbox;
    private final Set<String> restored = new HashSet<>();
    private boolean started;

    /** @param inbox that the split readers look into */
    protected FollowingReader(
            Inbox inbox,
            Supplier<SplitReader<E, S>> splitReader,
            RecordEmitter<E, T, M> emitter,
            Configuration configuration,
            SourceReaderContext context) {
        super(splitReader, emitter, configuration, context);
        this.inbox = inbox;
    }

    @Override
    public void start() {
        started = true;
        context.sendSourceEventToCoordinator(new Holding(restored));
    }

    @Override
    public void addSplits(List<S> splits) {
        if (!started) {
            splits.forEach(split -> restored.add(split.splitId()));
        }
        super.addSplits(splits);
    }

    @Override
    public void handleSourceEvents(SourceEvent event) {
        if (event instanceof Orders orders) {
            inbox.put(orders);
        } else {
            super.handleSourceEvents(event);
        }
    }

    @Override
    protected void onSplitFinished(Map<String, M> finished) {
        finished.keySet().forEach(stream -> context.sendSourceEventToCoordinator(new Released(stream)));
    }
}
