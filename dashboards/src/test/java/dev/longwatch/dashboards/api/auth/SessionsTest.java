// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class SessionsTest {

    private static final Clock NOW = Clock.fixed(Instant.parse("2026-11-30T12:00:00Z"), ZoneOffset.UTC);

    @TempDir
    Path data;

    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private final Logger log = (Logger) LoggerFactory.getLogger(Sessions.class);

    @BeforeEach
    void listen() {
        logged.start();
        log.addAppender(logged);
    }

    @AfterEach
    void close() {
        log.detachAppender(logged);
    }

    private Path folder() {
        return data.resolve("api");
    }

    private Path file() {
        return folder().resolve("sessions.sha256");
    }

    private Sessions begun(String token, Clock clock) {
        return new Sessions(ApiToken.of(token), folder(), clock);
    }

    @Test
    void aRestartKeepsThemAndNeitherWordNorTokenIsWrittenDown() throws IOException {
        String word = begun("token", NOW).begin();

        assertThat(begun("token", NOW).holds(word)).isTrue();
        assertThat(begun("token", NOW).holds(word + "x")).isFalse();
        assertThat(Files.readString(file())).matches("[0-9a-f]{64} \\d+\n").doesNotContain(word, "token");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        assertThat(logged.list).isEmpty();
    }

    @Test
    void theyEndInTimeByAWordAndWithTheToken() throws IOException {
        Sessions sessions = begun("token", NOW);
        String left = sessions.begin();
        String stays = sessions.begin();

        sessions.end(left);
        Sessions later = begun("token", Clock.offset(NOW, Sessions.LIFE.minusMillis(1)));
        assertThat(later.holds(left)).isFalse();
        assertThat(later.holds(stays)).isTrue();
        assertThat(begun("another", NOW).holds(stays)).isFalse();

        Sessions tooLate = begun("token", Clock.offset(NOW, Sessions.LIFE));
        assertThat(tooLate.holds(stays)).isFalse();
        String fresh = tooLate.begin();
        assertThat(Files.readAllLines(file())).as("what is over is not kept").hasSize(1);
        assertThat(tooLate.holds(fresh)).isTrue();
    }

    @Test
    void aRenewedTokenEndsThemAlsoAfterARestart() {
        String token = ApiToken.create(folder()).orElseThrow();
        assertThat(token).isNotEmpty();
        Sessions sessions = new Sessions(ApiToken.keptIn(folder()), folder(), NOW);
        String word = sessions.begin();
        assertThat(sessions.holds(word)).isTrue();

        ApiToken.renew(folder());

        assertThat(sessions.holds(word)).isFalse();
        assertThat(new Sessions(ApiToken.keptIn(folder()), folder(), NOW).holds(word))
                .isFalse();
    }

    @Test
    void theOldestIsForgottenFirst() throws IOException {
        Sessions sessions = begun("token", NOW);
        List<String> words = new ArrayList<>();
        for (int i = 0; i < 101; i++) {
            words.add(sessions.begin());
        }
        Sessions next = begun("token", NOW);
        assertThat(next.holds(words.get(0))).isFalse();
        assertThat(words.subList(1, 101)).allMatch(next::holds);
        assertThat(Files.size(file())).isLessThan(10_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"not sessions", "{}", "\0\0\0", "\u00ff", "0123 5", "LARGE"})
    void aDamagedFileIsSaidOnceAndBegunAnew(String content) throws IOException {
        Files.createDirectories(folder());
        Files.write(file(), content.equals("LARGE") ? new byte[1 << 20] : content.getBytes(UTF_8));

        Sessions sessions = begun("token", NOW);

        assertThat(logged.list).singleElement().satisfies(line -> assertThat(line.getFormattedMessage())
                .contains(file().toString(), "sign in again"));
        String word = sessions.begin();
        assertThat(begun("token", NOW).holds(word)).isTrue();
    }

    @Test
    void whereNothingCanBeKeptPeopleAreLetInAllTheSame() throws IOException {
        Files.createFile(folder());

        Sessions sessions = begun("token", NOW);
        String word = sessions.begin();

        assertThat(sessions.holds(word)).isTrue();
        assertThat(logged.list).isNotEmpty().allSatisfy(line -> assertThat(line.getFormattedMessage())
                .contains("sign in again")
                .doesNotContain(word));
    }
}
