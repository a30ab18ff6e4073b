// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.report;

import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/**
 * Reports every element under one type.
 *
 * @param <T> a record whose components are the line's properties
 */
public final class ReportSink<T> implements Sink<T> {

    private static final long serialVersionUID = 1L;

    private final String type;

    public ReportSink(String type) {
        this.type = type;
    }

    @Override
    public SinkWriter<T> createWriter(WriterInitContext context) {
        return new SinkWriter<>() {
            @Override
            public void write(T element, Context element0) {
                Report.line(type, element);
            }

            @Override
            public void flush(boolean endOfInput) {}

            @Override
            public void close() {}
        };
    }
}
