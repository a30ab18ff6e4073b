// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Why a request gets no answer: thrown anywhere below a route, told as RFC 9457 says by {@link Problems}. */
public final class HttpProblem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What is wrong, so that a program can tell without reading sentences. */
    public enum Kind {
        UNREADABLE(400, "The request cannot be read"),
        UNAUTHENTICATED(401, "A token is needed"),
        FORBIDDEN(403, "This may not be done from there"),
        NOT_FOUND(404, "There is no such thing"),
        METHOD_NOT_ALLOWED(405, "This cannot be done with that"),
        CONFLICT(409, "Something else is in the way"),
        TOO_LARGE(413, "The request is too large"),
        UNSUPPORTED_TYPE(415, "The request has the wrong content type"),
        RANGE_NOT_SATISFIABLE(416, "There are no such bytes"),
        MISDIRECTED(421, "The request was meant for another host"),
        INVALID(422, "Something in the request makes no sense"),
        TOO_MANY_REQUESTS(429, "That were too many requests"),
        INTERNAL(500, "Longwatch itself has failed"),
        UNAVAILABLE(503, "Not now");

        private final int status;
        private final String title;

        Kind(int status, String title) {
            this.status = status;
            this.title = title;
        }

        int status() {
            return status;
        }

        String title() {
            return title;
        }
    }

    /**
     * What is wrong with one field.
     *
     * @param field its name in the query or body; a header's in its usual spelling
     * @param reason what was expected and what was found
     */
    public record FieldError(String field, String reason) {}

    private final Kind kind;
    private final transient List<FieldError> errors;
    private final transient Map<String, String> headers = new LinkedHashMap<>();
    private final transient Map<String, Object> more = new LinkedHashMap<>();

    public HttpProblem(Kind kind, String detail) {
        this(kind, detail, List.of());
    }

    public HttpProblem(Kind kind, String detail, List<FieldError> errors) {
        super(detail);
        this.kind = kind;
        this.errors = List.copyOf(errors);
    }

    /** One field makes no sense. */
    public static HttpProblem invalid(String field, String reason) {
        return invalid(List.of(new FieldError(field, reason)));
    }

    /** @param errors at least one */
    public static HttpProblem invalid(List<FieldError> errors) {
        FieldError first = errors.get(0);
        return new HttpProblem(Kind.INVALID, first.field() + ": " + first.reason(), errors);
    }

    public static HttpProblem notFound(String detail) {
        return new HttpProblem(Kind.NOT_FOUND, detail);
    }

    /** With a header that goes with the answer. */
    public HttpProblem with(String header, String value) {
        headers.put(header, value);
        return this;
    }

    /** With something more that a program may want to know. */
    public HttpProblem saying(String name, Object value) {
        more.put(name, value);
        return this;
    }

    public Kind kind() {
        return kind;
    }

    /** Everything that is wrong with single fields; may be empty. */
    public List<FieldError> errors() {
        return errors;
    }

    Map<String, String> headers() {
        return headers;
    }

    Map<String, Object> more() {
        return more;
    }
}
