// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs;

import java.util.HashMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.Meter;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;

/** Keeps metrics by their names within the group, parts separated by dots. A name that is taken is refused. */
public final class KeptMetrics extends UnregisteredMetricsGroup {

    private final String prefix;
    private final Map<String, Metric> metrics;

    public KeptMetrics() {
        this("", new HashMap<>());
    }

    private KeptMetrics(String prefix, Map<String, Metric> metrics) {
        this.prefix = prefix;
        this.metrics = metrics;
    }

    public long count(String name) {
        return ((Counter) metrics.get(name)).getCount();
    }

    public Object value(String name) {
        return ((Gauge<?>) metrics.get(name)).getValue();
    }

    public Histogram histogram(String name) {
        return (Histogram) metrics.get(name);
    }

    @Override
    public MetricGroup addGroup(String name) {
        return new KeptMetrics(prefix + name + ".", metrics);
    }

    @Override
    public MetricGroup addGroup(String key, String value) {
        return addGroup(key).addGroup(value);
    }

    @Override
    public Counter counter(String name) {
        return counter(name, new SimpleCounter());
    }

    @Override
    public <C extends Counter> C counter(String name, C counter) {
        return keep(name, counter);
    }

    @Override
    public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
        return keep(name, gauge);
    }

    @Override
    public <H extends Histogram> H histogram(String name, H histogram) {
        return keep(name, histogram);
    }

    @Override
    public <M extends Meter> M meter(String name, M meter) {
        return keep(name, meter);
    }

    private <M extends Metric> M keep(String name, M metric) {
        if (metrics.putIfAbsent(prefix + name, metric) != null) {
            throw new AssertionError("there is a metric called " + prefix + name + " already");
        }
        return metric;
    }
}
