// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs;

import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.coverage.CoverageSpan;
import dev.longwatch.indexer.schema.IndexNames;
import dev.longwatch.indexer.schema.Schema;
import dev.longwatch.indexer.sink.CoverageSink;
import dev.longwatch.jobs.record.RecordOptions;
import dev.longwatch.jobs.record.RecordSource;
import dev.longwatch.jobs.report.ReportSink;
import java.io.BufferedReader;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.jspecify.annotations.Nullable;

/**
 * Runs {@link RecordJob} as its {@link RecordConfig} says and reports on standard output: {@code running} first, then every
 * {@code state} of a stream, every {@code segment} and {@code gap}, and {@code failed} last if so it ends. After a failure
 * lines may come again. How it is started and stopped: {@link JobRun}.
 */
public final class RecordMain {

    private RecordMain() {}

    public static void main(String[] arguments) {
        JobRun.enter(arguments, RecordMain::run);
    }

    private static void run(String json, @Nullable BufferedReader stopWhenClosed) throws Exception {
        RecordConfig config = RecordConfig.parse(json);
        if (config.elasticsearch().isThere()) {
            try (Elasticsearch elasticsearch =
                    Elasticsearch.open(config.elasticsearch().address())) {
                new Schema(elasticsearch, new IndexNames(config.elasticsearch().prefix()), 0).install();
            }
        }
        RecordOptions options = RecordOptions.in(config.root()).withSegment(config.segment());
        RecordJob job = new RecordJob(
                new RecordSource(config.readable(), options),
                new ReportSink<>("segment"),
                new ReportSink<>("gap"),
                new ReportSink<>("state"),
                coverage(config.elasticsearch()));
        JobRun.live(config.flink(), config.state(), stopWhenClosed).run(config.parallelism(), job::execute);
    }

    private static Sink<CoverageSpan> coverage(WatchConfig.Index index) {
        return index.isThere()
                ? new CoverageSink(index.address(), new IndexNames(index.prefix()), 0)
                : new DiscardingSink<>();
    }
}
