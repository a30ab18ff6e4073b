// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api;

import static dev.longwatch.dashboards.api.http.Route.delete;
import static dev.longwatch.dashboards.api.http.Route.get;
import static dev.longwatch.dashboards.api.http.Route.patch;
import static dev.longwatch.dashboards.api.http.Route.post;
import static dev.longwatch.dashboards.api.http.Route.put;

import dev.longwatch.dashboards.api.alerts.Alerts;
import dev.longwatch.dashboards.api.auth.ApiToken;
import dev.longwatch.dashboards.api.auth.Gate;
import dev.longwatch.dashboards.api.coverage.CoverageRoute;
import dev.longwatch.dashboards.api.events.EventStream;
import dev.longwatch.dashboards.api.events.Events;
import dev.longwatch.dashboards.api.events.Filters;
import dev.longwatch.dashboards.api.http.ApiServer;
import dev.longwatch.dashboards.api.http.HostCheck;
import dev.longwatch.dashboards.api.http.Idempotency;
import dev.longwatch.dashboards.api.http.Route;
import dev.longwatch.dashboards.api.media.Clips;
import dev.longwatch.dashboards.api.media.Media;
import dev.longwatch.dashboards.api.media.Pictures;
import dev.longwatch.dashboards.api.media.Sources;
import dev.longwatch.dashboards.api.page.PageFiles;
import dev.longwatch.dashboards.api.questions.Questions;
import dev.longwatch.dashboards.api.questions.Summaries;
import dev.longwatch.dashboards.api.rules.Rules;
import dev.longwatch.dashboards.api.search.Search;
import dev.longwatch.dashboards.api.streams.Streams;
import dev.longwatch.dashboards.api.streams.Watched;
import dev.longwatch.dashboards.api.trials.RuleTest;
import dev.longwatch.dashboards.api.trials.StreamTrial;
import dev.longwatch.dashboards.api.uploads.Uploads;
import dev.longwatch.dashboards.api.videos.Receipted;
import dev.longwatch.dashboards.api.videos.TimelineRoute;
import dev.longwatch.dashboards.api.videos.Videos;
import dev.longwatch.dashboards.govern.Standing;
import dev.longwatch.dashboards.local.DataFolder;
import dev.longwatch.dashboards.local.Installation;
import dev.longwatch.dashboards.local.JobProcess;
import dev.longwatch.dashboards.local.MediaWorker;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.schema.IndexNames;
import dev.longwatch.indexer.search.AlertDesk;
import dev.longwatch.indexer.search.AlertSearch;
import dev.longwatch.indexer.search.ChangeLog;
import dev.longwatch.indexer.search.CoverageLedger;
import dev.longwatch.indexer.search.EventListing;
import dev.longwatch.indexer.search.EventSearch;
import dev.longwatch.indexer.search.Timeline;
import dev.longwatch.indexer.search.Verdicts;
import dev.longwatch.indexer.search.VideoCatalog;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Everything that can be asked for over HTTP, and the page that asks. Close it to stop; the Elasticsearch stays its owner's. */
public final class Dashboards implements AutoCloseable {

    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final Duration MAKING = Duration.ofSeconds(30);
    private static final Duration MAKER_IDLE = Duration.ofMinutes(5);

    private final Health health;
    private final Gate gate;
    private final Videos videos;
    private final Events events;
    private final EventStream news;
    private final Search search;
    private final Alerts alerts;
    private final CoverageRoute coverage;
    private final Media media;
    private final Streams streams;
    private final Rules rules;
    private final TimelineRoute timeline;
    private final Status status;
    private final MediaWorker maker;
    private final Pictures pictures;
    private final Clips clips;
    private final Uploads uploads;
    private final RuleTest ruleTest;
    private final StreamTrial streamTrial;
    private final Questions questions;
    private final Summaries summaries;
    private final Metrics metrics;
    private final OpenApi openApi;
    private final Idempotency idempotency;
    private final ApiServer server;

    /** @param standing how the installation stands that is served */
    public Dashboards(
            ApiSettings settings, ApiToken token, Elasticsearch elasticsearch, IndexNames names, Standing standing) {
        VideoCatalog catalog = new VideoCatalog(elasticsearch, names);
        EventSearch eventSearch = new EventSearch(elasticsearch, names);
        Filters filters = new Filters(catalog);
        health = new Health(elasticsearch);
        gate = new Gate(token, settings.data(), settings.requestsPerSecond());
        CoverageLedger ledger = new CoverageLedger(elasticsearch, names);
        EventListing listing = new EventListing(elasticsearch, names);
        AlertSearch alertSearch = new AlertSearch(elasticsearch, names);
        Receipted deletion = new Receipted(elasticsearch, names, standing);
        videos = new Videos(catalog, deletion, ledger);
        timeline = new TimelineRoute(catalog, listing, alertSearch, ledger, new Timeline(elasticsearch, names));
        events = new Events(listing, filters);
        news = new EventStream(new ChangeLog(elasticsearch, names), filters, HEARTBEAT);
        search = new Search(eventSearch, filters);
        alerts = new Alerts(alertSearch, new AlertDesk(elasticsearch, names), catalog, Clock.systemUTC());
        coverage = new CoverageRoute(ledger, catalog);
        Watched watched = new Watched(standing, elasticsearch, names);
        streams = new Streams(watched, standing, deletion);
        rules = new Rules(watched, new Verdicts(elasticsearch, names));
        status = new Status(elasticsearch, watched, standing, ledger, Clock.systemDefaultZone());
        Sources sources = new Sources(catalog, eventSearch, settings.folder());
        media = new Media(sources, Clock.systemUTC());
        maker = new MediaWorker(request -> makerProcess(settings.folder(), request), MAKING, MAKER_IDLE);
        pictures = new Pictures(sources, settings.folder(), maker);
        ruleTest = new RuleTest(sources, settings.folder());
        streamTrial = new StreamTrial(settings.folder());
        questions = new Questions(eventSearch, ledger, settings.folder());
        summaries = new Summaries(eventSearch, ledger, catalog);
        uploads = new Uploads(settings.folder(), catalog, elasticsearch.address(), names);
        clips = new Clips(sources, pictures, settings.folder());
        metrics = new Metrics(news::followers);
        idempotency = new Idempotency(settings.data().resolve("answers"), Clock.systemUTC());
        List<Route> routes = routes();
        openApi = new OpenApi(routes);
        server =
                new ApiServer(settings.bind(), settings.port(), new HostCheck(settings.names()), routes, this::guarded);
        new PageFiles().routes().forEach(route -> server.add(route, guarded(route)));
    }

    // @formatter:off
    private List<Route> routes() {
        return List.of(
                get("/healthz",                                          health::live).toEverybody(),
                get("/readyz",                                           health::ready).toEverybody(),
                get("/metrics",                                          metrics::get),
                get(OpenApi.ADDRESS,                                     context -> openApi.get(context)).toEverybody(),

                post("/api/v1/session",                                  gate::logIn).toEverybody(),
                get("/api/v1/session",                                   gate::signedIn),
                delete("/api/v1/session",                                gate::logOut),

                get("/api/v1/streams",                                   streams::list),
                put("/api/v1/streams/{name}",                            streams::put),
                delete("/api/v1/streams/{name}",                         streams::delete),

                get("/api/v1/rules",                                     rules::list),
                put("/api/v1/rules/{name}",                              rules::put),
                delete("/api/v1/rules/{name}",                           rules::delete),

                get("/api/v1/status",                                    status::get),

                get("/api/v1/videos",                                    videos::list),
                get("/api/v1/videos/{video}",                            videos::get),
                get("/api/v1/videos/{video}/timeline",                   timeline::get),
                delete("/api/v1/videos/{video}",                         videos::delete),

                get("/api/v1/events",                                    events::list),
                get("/api/v1/events/stream",                             news::follow),
                get("/api/v1/events/{id}",                               events::get),

                get("/api/v1/search",                                    search::byQuery),
                post("/api/v1/search",                                   search::byBody),

                post("/api/v1/search/{id}/watch",                        rules::watchSearch),

                get("/api/v1/alerts",                                    alerts::list),
                get("/api/v1/alerts/{id}",                               alerts::get),
                patch("/api/v1/alerts/{id}/handling",                    alerts::handle),

                get("/api/v1/coverage",                                  coverage::get),

                post("/api/v1/rules/test",                               ruleTest::test),
                post("/api/v1/streams/test",                             streamTrial::test),
                post("/api/v1/ask",                                      questions::ask),
                post("/api/v1/summaries",                                summaries::summarise),

                post("/api/v1/uploads",                                  uploads::begin),
                get("/api/v1/uploads/{id}",                              uploads::get),
                patch("/api/v1/uploads/{id}",                            uploads::append),
                post("/api/v1/uploads/{id}/watch",                       uploads::watch),

                get("/api/v1/media/{video}",                             media::file),
                get("/api/v1/media/{video}/segments",                    media::segments),
                get("/api/v1/media/{video}/segments/{hour}/{segment}",   media::segment),
                get("/api/v1/media/{video}/live.m3u8",                   media::live),
                get("/api/v1/media/{video}/recording.m3u8",              media::recording),
                get("/api/v1/media/{video}/thumbnail",                   pictures::thumbnail),
                get("/api/v1/media/evidence/{file}",                     pictures::evidence),
                post("/api/v1/media/clips",                              clips::make),
                get("/api/v1/media/clips/{id}/{name}",                   clips::get));
    }
    // @formatter:on

    /** What happens before a route's own handler. */
    private Handler guarded(Route route) {
        Handler once = route.method() == HandlerType.POST && !route.open()
                ? context -> idempotency.answer(context, route.handler())
                : route.handler();
        return metrics.timed(route, context -> {
            if (!route.open()) {
                gate.check(context);
            }
            once.handle(context);
        });
    }

    private static JobProcess makerProcess(DataFolder data, String request) {
        return JobProcess.start(Installation.find(), JobProcess.Program.MEDIA, request, data.log("media"));
    }

    /** @throws ApiServer.CannotListen when the port cannot be had */
    public void start() {
        server.start();
    }

    /** Where it answers. */
    public int port() {
        return server.port();
    }

    List<Route> list() {
        return server.routes();
    }

    OpenApi document() {
        return openApi;
    }

    /** Answers that are under way are given some seconds. */
    @Override
    public void close() {
        news.close();
        server.close();
        maker.close();
        ruleTest.close();
        uploads.close();
        metrics.close();
    }
}
