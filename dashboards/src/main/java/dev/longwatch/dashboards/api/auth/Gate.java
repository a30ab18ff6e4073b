// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api.auth;

import dev.longwatch.dashboards.api.http.HttpProblem;
import dev.longwatch.dashboards.api.http.HttpProblem.Kind;
import dev.longwatch.dashboards.api.http.Input;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets in who brings the token, or a session that was begun with it, and not too often. Guesses are counted apart, so that
 * who guesses keeps nobody out who knows.
 */
public final class Gate {

    private static final String COOKIE = "longwatch_session";
    private static final String BEARER = "bearer ";
    private static final int LONGEST_TOKEN = 1_000;
    private static final int GUESSES = 20;
    private static final Set<HandlerType> READING = Set.of(HandlerType.GET, HandlerType.HEAD, HandlerType.OPTIONS);

    private final ApiToken token;
    private final Sessions sessions;
    private final Bucket requests;
    private final Bucket guesses = Bucket.builder()
            .addLimit(limit -> limit.capacity(GUESSES).refillGreedy(1, Duration.ofSeconds(1)))
            .build();

    /**
     * @param folder where sessions are kept
     * @param requestsPerSecond of everybody together who is let in; four times as many at once
     */
    public Gate(ApiToken token, Path folder, int requestsPerSecond) {
        this.token = token;
        sessions = new Sessions(token, folder, Clock.systemUTC());
        requests = Bucket.builder()
                .addLimit(limit ->
                        limit.capacity(4L * requestsPerSecond).refillGreedy(requestsPerSecond, Duration.ofSeconds(1)))
                .build();
    }

    /** @throws HttpProblem unless whoever asks may come in, now */
    public void check(Context context) {
        String bearer = bearer(context);
        if (bearer != null) {
            if (!token.is(bearer)) {
                throw stranger("the token is not the right one");
            }
        } else {
            String word = session(context);
            if (word == null || !sessions.holds(word)) {
                throw stranger("expected the header Authorization: Bearer TOKEN; 'longwatch token' makes a new one");
            }
            requireOwnPage(context);
        }
        count(requests, "fewer requests");
    }

    /** Begins a session: {@code POST} with the token in the body. */
    public void logIn(Context context) {
        Input input = Input.ofBody(context);
        String presented = input.words("token", LONGEST_TOKEN);
        input.done();
        requireOwnPage(context);
        if (!token.is(presented)) {
            throw stranger("the token is not the right one");
        }
        // without Secure: on the loopback there is no TLS
        setCookie(context, sessions.begin(), Sessions.LIFE.toSeconds());
        context.status(204);
    }

    /** Whoever gets here is signed in. */
    public void signedIn(Context context) {
        Input.ofQuery(context).done();
        context.json(Map.of());
    }

    /** Ends the session. */
    public void logOut(Context context) {
        String word = session(context);
        if (word != null) {
            sessions.end(word);
        }
        setCookie(context, "", 0);
        context.status(204);
    }

    private static void setCookie(Context context, String word, long seconds) {
        context.header(
                "Set-Cookie", COOKIE + "=" + word + "; Path=/; Max-Age=" + seconds + "; HttpOnly; SameSite=Strict");
    }

    private static @Nullable String bearer(Context context) {
        String header = context.header("Authorization");
        if (header == null || !header.toLowerCase(Locale.ROOT).startsWith(BEARER) || header.length() > LONGEST_TOKEN) {
            return null;
        }
        return header.substring(BEARER.length()).strip();
    }

    private static @Nullable String session(Context context) {
        String word = context.cookie(COOKIE);
        return word == null || word.isEmpty() || word.length() > LONGEST_TOKEN ? null : word;
    }

    /** A browser sends its cookie along whatever page makes it ask: what changes something must come from our own. */
    private static void requireOwnPage(Context context) {
        if (READING.contains(context.method())) {
            return;
        }
        String site = context.header("Sec-Fetch-Site");
        String origin = context.header("Origin");
        boolean foreign = site != null && !site.equals("same-origin") && !site.equals("none");
        if (foreign || (origin != null && !isOwn(origin, context.header("Host")))) {
            throw new HttpProblem(Kind.FORBIDDEN, "a page from elsewhere may not do this with somebody's session");
        }
    }

    private static boolean isOwn(String origin, @Nullable String host) {
        try {
            String authority = URI.create(origin).getRawAuthority();
            return authority != null && authority.equalsIgnoreCase(host);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private HttpProblem stranger(String detail) {
        count(guesses, "fewer guesses");
        return new HttpProblem(Kind.UNAUTHENTICATED, detail).with("WWW-Authenticate", "Bearer realm=\"longwatch\"");
    }

    private static void count(Bucket bucket, String expected) {
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            long seconds = 1 + probe.getNanosToWaitForRefill() / 1_000_000_000;
            throw new HttpProblem(Kind.TOO_MANY_REQUESTS, "expected " + expected + "; try again in " + seconds + " s")
                    .with("Retry-After", Long.toString(seconds));
        }
    }
}
