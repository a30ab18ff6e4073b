// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api.http;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.json.JavalinJackson;
import io.javalin.util.JavalinBindException;
import java.util.List;
import java.util.function.Function;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.StatisticsHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The HTTP server under the routes: bounded in threads, sizes and patience, with the headers that browsers obey. */
public final class ApiServer implements AutoCloseable {

    private static final int THREADS = 64;
    private static final int LEAST_THREADS = 4;
    private static final int IDLE_MILLIS = 30_000;
    private static final int STOP_MILLIS = 5_000;

    /** Of an address with its headers, bytes: a cursor and the id of the last news are long. */
    private static final int LARGEST_HEAD = 1 << 16;

    /** Of a body, bytes a second: who sends more slowly holds a thread for nothing. */
    private static final long SLOWEST = 200;

    private static final int COMPRESSION_LEVEL = 6;

    /** The port cannot be had; the message says which and why. */
    public static final class CannotListen extends RuntimeException {

        private static final long serialVersionUID = 1L;

        CannotListen(String message, Throwable cause) {
            super(message, cause);
        }
    }

    private final String bind;
    private final int port;
    private final List<Route> routes;
    private final Javalin app;
    private boolean started;

    /** @param guarded what answers for a route, with all that happens before its own handler */
    public ApiServer(String bind, int port, HostCheck hosts, List<Route> routes, Function<Route, Handler> guarded) {
        this.bind = bind;
        this.port = port;
        this.routes = List.copyOf(routes);
        app = Javalin.create(ApiServer::configure);
        app.before(ApiServer::addHeaders);
        app.before(hosts::check);
        routes.forEach(route -> add(route, guarded.apply(route)));
        Problems.tellAll(app);
    }

    /** Answers for a route that is no part of the API, before the start. */
    public void add(Route route, Handler handler) {
        app.addHttpHandler(route.method(), route.path(), handler);
        if (route.method() == HandlerType.GET) {
            // else Javalin says yes to everybody, and that it is empty
            app.addHttpHandler(HandlerType.HEAD, route.path(), handler);
        }
    }

    public List<Route> routes() {
        return routes;
    }

    /** @throws CannotListen when the port cannot be had */
    public void start() {
        try {
            app.start(bind, port);
            // a server that could not start must not wait for what is under way
            app.jettyServer().server().setStopTimeout(STOP_MILLIS);
            started = true;
        } catch (JavalinBindException e) {
            // Javalin has stopped itself
            throw new CannotListen(
                    "port " + port + " at " + bind + " cannot be had: another program listens there, or it is not"
                            + " allowed; choose another with --port",
                    e);
        }
    }

    public int port() {
        return app.port();
    }

    @Override
    public void close() {
        if (started) {
            app.stop();
        }
    }

    private static void configure(JavalinConfig config) {
        config.showJavalinBanner = false;
        config.startupWatcherEnabled = false;
        config.useVirtualThreads = false;
        config.jsonMapper(new JavalinJackson(Json.MAPPER, false));
        config.http.prefer405over404 = true;
        config.http.generateEtags = false;
        config.http.gzipOnlyCompression(COMPRESSION_LEVEL);
        QueuedThreadPool threads = new QueuedThreadPool(THREADS, LEAST_THREADS, IDLE_MILLIS);
        threads.setName("longwatch-http");
        config.jetty.threadPool = threads;
        config.jetty.modifyHttpConfiguration(ApiServer::configure);
        config.jetty.modifyServer(ApiServer::configure);
    }

    private static void configure(HttpConfiguration http) {
        http.setRequestHeaderSize(LARGEST_HEAD);
        http.setSendServerVersion(false);
        http.setSendDateHeader(true);
        http.setIdleTimeout(IDLE_MILLIS);
        http.setMinRequestDataRate(SLOWEST);
        // the name of a video may have a slash in it; no file is looked for under what a client sends
        http.setUriCompliance(UriCompliance.from("RFC3986,AMBIGUOUS_PATH_SEPARATOR,AMBIGUOUS_PATH_ENCODING"));
    }

    private static void configure(Server server) {
        server.setErrorHandler(Problems.ofServer());
        // waits for what is under way when the server stops
        server.setHandler(new StatisticsHandler());
    }

    private static void addHeaders(Context context) {
        context.header("X-Content-Type-Options", "nosniff");
        context.header("X-Frame-Options", "DENY");
        context.header("Referrer-Policy", "no-referrer");
        context.header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        context.header("Cross-Origin-Resource-Policy", "same-origin");
        context.header("Cache-Control", "no-store");
    }
}
