// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/** Keeps what it is given, under a name, for tests that run the job in their own process. */
final class KeptSink<T> implements Sink<T> {

    private static final long serialVersionUID = 1L;
    private static final Map<String, Collection<Object>> KEPT = new ConcurrentHashMap<>();

    private final String name;

    KeptSink(String name) {
        this.name = name;
        KEPT.put(name, new ConcurrentLinkedQueue<>());
    }

    /** What came so far; the sink is empty afterwards. */
    @SuppressWarnings("unchecked") // only this sink writes under its name
    List<T> take() {
        return new ArrayList<>((Collection<T>) KEPT.put(name, new ConcurrentLinkedQueue<>()));
    }

    @Override
    public SinkWriter<T> createWriter(WriterInitContext context) {
        return new SinkWriter<>() {
            @Override
            public void write(T element, Context unused) {
                KEPT.get(name).add(element);
            }

            @Override
            public void flush(boolean endOfInput) {}

            @Override
            public void close() {}
        };
    }
}
