// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api;

import dev.longwatch.dashboards.api.http.Route;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.function.Supplier;

/** What is counted here, as Prometheus reads it. */
final class Metrics implements AutoCloseable {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    Metrics(Supplier<Number> followers) {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        Gauge.builder("longwatch.api.followers", followers)
                .description("how many follow the stream of events")
                .register(registry);
    }

    void get(Context context) {
        context.contentType("text/plain; version=0.0.4; charset=utf-8").result(registry.scrape());
    }

    /** The same handler, timed by route: addresses themselves are too many, and hold names. */
    Handler timed(Route route, Handler handler) {
        return context -> {
            Timer.Sample sample = Timer.start(registry);
            String outcome = "refused";
            try {
                handler.handle(context);
                outcome = "answered";
            } finally {
                sample.stop(Timer.builder("longwatch.api.requests")
                        .description("how long requests took, until their answer began")
                        .tag("method", route.method().name())
                        .tag("route", route.path())
                        .tag("outcome", outcome)
                        .register(registry));
            }
        };
    }

    @Override
    public void close() {
        registry.close();
    }
}
