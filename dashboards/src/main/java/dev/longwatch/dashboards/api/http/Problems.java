// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api.http;

import dev.longwatch.dashboards.api.http.HttpProblem.FieldError;
import dev.longwatch.dashboards.api.http.HttpProblem.Kind;
import dev.longwatch.dashboards.local.Problem;
import dev.longwatch.indexer.client.IndexException;
import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.MethodNotAllowedResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.jetty.http.BadMessageException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells every failure in one form, {@code application/problem+json} (RFC 9457), whoever has noticed it. */
public final class Problems {

    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
    private static final String CONTENT_TYPE = "application/problem+json";
    private static final String RETRY_SECONDS = "5";

    private Problems() {}

    /** Everything that is thrown by a handler. */
    public static void tellAll(Javalin app) {
        app.exception(HttpProblem.class, Problems::tell);
        app.exception(IndexException.class, (problem, context) -> tell(of(problem), context));
        app.exception(Problem.class, (problem, context) -> tell(of(problem), context));
        app.exception(HttpResponseException.class, Problems::tell);
        app.exception(BadMessageException.class, (problem, context) -> {
            String words = problem.getReason();
            tell(new HttpProblem(Kind.UNREADABLE, words == null ? "it is no proper HTTP" : words), context);
        });
        app.exception(IOException.class, (problem, context) -> {
            if (problem instanceof EOFException || context.res().isCommitted()) {
                // the other side hung up
                context.status(HttpStatus.BAD_REQUEST_400);
            } else {
                tell(unexpected(problem, context), context);
            }
        });
        app.exception(Exception.class, (problem, context) -> tell(unexpected(problem, context), context));
    }

    /** Everything that the server refuses before a handler sees it. */
    public static ErrorHandler ofServer() {
        return new ErrorHandler() {

            @Override
            public void handle(String target, Request base, HttpServletRequest request, HttpServletResponse response)
                    throws IOException {
                base.setHandled(true);
                response.setContentType(CONTENT_TYPE);
                response.getOutputStream().write(bytes(response.getStatus()));
            }

            @Override
            public ByteBuffer badMessageError(int status, String reason, HttpFields.Mutable fields) {
                fields.put("Content-Type", CONTENT_TYPE);
                return ByteBuffer.wrap(bytes(status));
            }

            private byte[] bytes(int status) {
                return Json.bytes(body(word(status), words(status), status, words(status), List.of()));
            }
        };
    }

    private static void tell(HttpProblem problem, Context context) {
        Kind kind = problem.kind();
        problem.headers().forEach(context::header);
        Map<String, Object> body = body(
                kind.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                kind.title(),
                kind.status(),
                String.valueOf(problem.getMessage()),
                problem.errors());
        body.putAll(problem.more());
        send(context, body, kind.status());
    }

    /** What Javalin says itself: no such route, not with this method. */
    private static void tell(HttpResponseException problem, Context context) {
        if (problem instanceof MethodNotAllowedResponse) {
            String allowed = String.join(", ", problem.getDetails().values());
            tell(
                    new HttpProblem(
                                    Kind.METHOD_NOT_ALLOWED,
                                    "expected one of " + allowed + ", found " + context.method())
                            .with("Allow", allowed),
                    context);
        } else if (problem.getStatus() == HttpStatus.NOT_FOUND_404) {
            tell(HttpProblem.notFound("nothing is at this address; /openapi.json lists what is"), context);
        } else {
            int status = problem.getStatus();
            send(context, body(word(status), words(status), status, words(status), List.of()), status);
        }
    }

    private static void send(Context context, Map<String, Object> body, int status) {
        context.status(status).contentType(CONTENT_TYPE).result(Json.bytes(body));
        context.header("Cache-Control", "no-store");
    }

    private static Map<String, Object> body(
            String word, String title, int status, String detail, List<FieldError> errors) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", "urn:longwatch:problem:" + word);
        body.put("title", title);
        body.put("status", status);
        body.put("detail", detail);
        body.put("errors", errors);
        return body;
    }

    private static HttpProblem of(IndexException problem) {
        return switch (problem.reason()) {
            case UNREACHABLE, UNAUTHORISED, NOT_ELASTICSEARCH, NEWER_SCHEMA, OLDER_SCHEMA -> {
                LOG.warn("{}", problem.getMessage());
                yield new HttpProblem(Kind.UNAVAILABLE, "Elasticsearch cannot be asked now")
                        .with("Retry-After", RETRY_SECONDS);
            }
            case CHANGED_MEANWHILE -> new HttpProblem(Kind.CONFLICT, String.valueOf(problem.getMessage()));
            case BAD_REQUEST -> new HttpProblem(Kind.INVALID, String.valueOf(problem.getMessage()));
            case FAILED -> {
                LOG.error("{}", problem.getMessage(), problem);
                yield new HttpProblem(Kind.INTERNAL, "Elasticsearch has refused what it was asked; the log says more");
            }
        };
    }

    private static HttpProblem of(Problem problem) {
        String words = String.valueOf(problem.getMessage());
        return switch (problem.exitCode()) {
            case USAGE, VIDEO, UNKNOWN -> new HttpProblem(Kind.INVALID, words);
            case MODEL, INDEX, DISK, INTERRUPTED -> {
                LOG.warn("{}", words);
                yield new HttpProblem(Kind.UNAVAILABLE, words).with("Retry-After", RETRY_SECONDS);
            }
            case OK, INTERNAL -> {
                LOG.error("{}", words, problem);
                yield new HttpProblem(Kind.INTERNAL, "the log says more");
            }
        };
    }

    /** The log gets the route, not the address: that may hold somebody's words. */
    private static HttpProblem unexpected(Exception problem, Context context) {
        LOG.error("{} {} has failed", context.method(), context.endpointHandlerPath(), problem);
        return new HttpProblem(Kind.INTERNAL, "the log says more");
    }

    private static String word(int status) {
        return words(status).toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", "-");
    }

    private static String words(int status) {
        return HttpStatus.getMessage(status);
    }
}
