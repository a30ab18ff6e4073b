// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MediaCacheTest {

    private static final Instant NOW = Instant.parse("2026-11-05T08:09:10Z");

    @TempDir
    private Path folder;

    @Test
    void whatWasMadeIsNotMadeAgain() throws IOException {
        MediaCache cache = cache(1_000);
        Path first = cache.get("yard", "a", ".jpg", file -> Files.write(file, new byte[10]));
        Files.setLastModifiedTime(first, FileTime.from(NOW));

        Path again = cache.get("yard", "a", ".jpg", file -> {
            throw new IOException("it is there");
        });

        assertThat(again).isEqualTo(first).hasSize(10);
        assertThat(folder.relativize(first).toString()).matches("[0-9a-f]{64}/[0-9a-f]{64}\\.jpg");
    }

    @Test
    void whatCannotBeMadeLeavesNothing() throws IOException {
        assertThatIOException()
                .isThrownBy(() -> cache(1_000).get("yard", "a", ".jpg", file -> {
                    throw new IOException("no picture");
                }))
                .withMessage("no picture");
        assertThat(files()).isEmpty();
    }

    @Test
    void theOldestGoesWhenThereIsTooMuchAndAnythingAfterADay() throws IOException {
        MediaCache cache = cache(25);
        for (int i = 0; i < 4; i++) {
            Path file = cache.get("yard", "picture " + i, ".jpg", out -> Files.write(out, new byte[10]));
            Files.setLastModifiedTime(file, FileTime.from(NOW.minusSeconds(60 - i)));
        }
        assertThat(cache.find("yard", "picture 0", ".jpg")).isEmpty();
        assertThat(cache.find("yard", "picture 3", ".jpg")).isPresent();

        Files.setLastModifiedTime(
                cache.find("yard", "picture 3", ".jpg").orElseThrow(), FileTime.from(NOW.minus(MediaCache.KEPT)));
        assertThat(cache.find("yard", "picture 3", ".jpg")).isEmpty();
    }

    @Test
    void aStreamIsForgottenAndNoOther() throws IOException {
        MediaCache cache = cache(1_000);
        cache.get("yard", "a", ".jpg", out -> Files.write(out, new byte[10]));
        Path other = cache.get("gate", "a", ".jpg", out -> Files.write(out, new byte[10]));

        cache.forget("yard");
        cache.forget("never seen");

        assertThat(files()).containsExactly(other);
    }

    private MediaCache cache(long bytes) {
        return new MediaCache(folder, bytes, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> each = Files.walk(folder)) {
            return each.filter(Files::isRegularFile).toList();
        }
    }
}
