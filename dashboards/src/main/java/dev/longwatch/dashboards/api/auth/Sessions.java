// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api.auth;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Who has logged in with the token from a page. A browser gets a word of chance, this side keeps its hash, in memory only:
 * after a restart people log in again. Sessions end with the token they were begun with.
 */
final class Sessions {

    static final Duration LIFE = Duration.ofDays(7);
    private static final int MOST = 100;

    private record Session(byte[] token, long endsAtMillis) {}

    private final ApiToken token;
    private final Clock clock;

    /** The oldest is forgotten first. */
    private final Map<ByteBuffer, Session> byHash = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Session> eldest) {
            return size() > MOST;
        }
    };

    Sessions(ApiToken token, Clock clock) {
        this.token = token;
        this.clock = clock;
    }

    /** Begins one, for somebody whose token was right. */
    synchronized String begin() {
        String word = ApiToken.random();
        byHash.put(ByteBuffer.wrap(ApiToken.sha256(word)), new Session(token.hash(), clock.millis() + LIFE.toMillis()));
        return word;
    }

    synchronized boolean holds(String word) {
        // found by a hash: how long it takes tells nothing about the word
        Session session = byHash.get(ByteBuffer.wrap(ApiToken.sha256(word)));
        return session != null
                && clock.millis() < session.endsAtMillis()
                && MessageDigest.isEqual(session.token(), token.hash());
    }

    synchronized void end(String word) {
        byHash.remove(ByteBuffer.wrap(ApiToken.sha256(word)));
    }
}
