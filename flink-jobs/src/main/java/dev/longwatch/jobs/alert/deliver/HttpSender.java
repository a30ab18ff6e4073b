// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.alert.deliver;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longwatch.indexer.alert.Channel;
import dev.longwatch.indexer.alert.Delivery;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Posts JSON to a webhook or chat. Redirects are not followed: the address in the configuration is the only one that is
 * called.
 */
final class HttpSender implements Sender {

    private static final int REQUEST_TIMEOUT = 408;
    private static final int TOO_MANY_REQUESTS = 429;

    private final Channel channel;
    private final Clock clock;
    private final int timeoutMillis;
    private final HttpClient client;

    HttpSender(Channel channel, Clock clock) {
        this(channel, clock, TIMEOUT_MILLIS);
    }

    HttpSender(Channel channel, Clock clock, int timeoutMillis) {
        this.channel = channel;
        this.clock = clock;
        this.timeoutMillis = timeoutMillis;
        // over HTTP/1.1 the client asks for no upgrade, which some receivers answer with an error
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofMillis(timeoutMillis))
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    @Override
    public Outcome send(Delivery delivery) throws InterruptedException {
        CompletableFuture<HttpResponse<Void>> answer =
                client.sendAsync(request(delivery), HttpResponse.BodyHandlers.discarding());
        try {
            // also ends an answer whose body never does
            return outcome(answer.get(timeoutMillis, TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return Outcome.retry("no answer within " + timeoutMillis + " ms");
        } catch (ExecutionException e) {
            return Outcome.retry(Failure.words(e.getCause()));
        } finally {
            answer.cancel(true);
        }
    }

    private HttpRequest request(Delivery delivery) {
        HttpRequest.Builder request = HttpRequest.newBuilder(channel.address())
                .header("Content-Type", "application/json")
                .header("User-Agent", "Longwatch")
                .header("Idempotency-Key", delivery.key())
                .POST(HttpRequest.BodyPublishers.ofString(delivery.body()));
        if (!channel.secret().isEmpty()) {
            String seconds = Long.toString(clock.instant().getEpochSecond());
            request.header("Longwatch-Timestamp", seconds)
                    .header("Longwatch-Signature", "v1=" + signature(seconds, delivery.body(), channel.secret()));
        }
        return request.build();
    }

    /** HMAC-SHA256 over the timestamp, a dot and the body, in hexadecimal digits. */
    static String signature(String seconds, String body, String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal((seconds + "." + body).getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    private Outcome outcome(HttpResponse<Void> response) {
        int status = response.statusCode();
        String reason = "HTTP " + status;
        if (status >= 200 && status < 300) {
            return Outcome.DELIVERED;
        }
        if (status >= 500 || status == REQUEST_TIMEOUT || status == TOO_MANY_REQUESTS) {
            return Outcome.retryAfter(
                    reason,
                    response.headers()
                            .firstValue("Retry-After")
                            .map(this::millisUntil)
                            .orElse(0L));
        }
        return Outcome.refused(status < 400 ? reason + ", and redirects are not followed" : reason);
    }

    /** Seconds or a date; anything else says nothing. */
    private long millisUntil(String retryAfter) {
        String words = retryAfter.strip();
        if (words.matches("[0-9]{1,9}")) {
            return Long.parseLong(words) * 1_000;
        }
        try {
            long atMillis = ZonedDateTime.parse(words, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant()
                    .toEpochMilli();
            return Math.max(0, atMillis - clock.millis());
        } catch (DateTimeException e) {
            return 0;
        }
    }
}
