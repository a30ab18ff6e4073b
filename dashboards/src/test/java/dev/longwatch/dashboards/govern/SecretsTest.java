// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.govern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.longwatch.dashboards.local.DataFolder;
import dev.longwatch.dashboards.local.Problem;
import dev.longwatch.indexer.watchlist.Definition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretsTest {

    private static final Definition YARD =
            Definition.of("yard", "{\"url\":\"rtsp://viewer:geheim@10.0.0.7/main\",\"retention\":\"7d\"}");

    @TempDir
    private Path root;

    @Test
    void whatOpensAnAddressIsKeptApartAndPutBack() throws Exception {
        Secrets secrets = new Secrets(new DataFolder(root));

        Definition shown = secrets.taken(YARD);

        assertThat(shown.json())
                .contains("rtsp://viewer:***@10.0.0.7/main", "7d")
                .doesNotContain("geheim");
        assertThat(new Secrets(new DataFolder(root)).restored(shown)).hasValue(YARD);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve("secrets.json"))))
                .isEqualTo("rw-------");
        secrets.forget("yard");
        assertThat(secrets.restored(shown)).isEmpty();
    }

    @Test
    void anAddressThatIsNoLongerTheOneOfTheSecretIsNotOpenedWithIt() {
        Secrets secrets = new Secrets(new DataFolder(root));
        secrets.taken(YARD);

        assertThat(secrets.restored(Definition.of("yard", "{\"url\":\"rtsp://viewer:***@evil.example/main\"}")))
                .isEmpty();
    }

    @Test
    void anAddressWithoutASecretNeedsNone() {
        Secrets secrets = new Secrets(new DataFolder(root));
        Definition open = Definition.of("yard", "{\"url\":\"rtsp://10.0.0.7/main\"}");

        assertThat(secrets.taken(open)).isEqualTo(open);
        assertThat(secrets.restored(open)).hasValue(open);
        assertThat(root.resolve("secrets.json")).doesNotExist();
    }

    @Test
    void aBrokenFileIsNamedAndNotQuoted() throws Exception {
        Secrets secrets = new Secrets(new DataFolder(root));
        Definition shown = secrets.taken(YARD);
        Files.writeString(root.resolve("secrets.json"), "{\"yard\": geheim}");

        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> secrets.restored(shown))
                .withMessageContaining("secrets.json cannot be read at line: 1")
                .withMessageNotContaining("geheim")
                .withNoCause();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "rtsp://10.0.0.7:554/main rtsp://10.0.0.7:554/main",
                "rtsp://viewer:geheim@10.0.0.7/main rtsp://viewer:***@10.0.0.7/main",
                "rtsp://viewer:ge@he/im?@10.0.0.7/main rtsp://viewer:***@10.0.0.7/main",
                "http://geheim@host/a http://***@host/a",
                "http://host/a?channel=1&token=geheim http://host/a?channel=***&token=***",
                "http://host/a?geheim http://host/a?***",
                "rtsp://host/user=admin&password=geheim&channel=1 rtsp://host/user=***&password=***&channel=1",
                "rtmp://host/live/geheim rtmp://host/live/***",
                "srt://host:9000?streamid=cam&passphrase=geheim srt://host:9000?streamid=***&passphrase=***",
                "/videos/a@b.mp4 /videos/a@b.mp4",
                "file:///videos/a@b.mp4 file:///videos/a@b.mp4",
            })
    void nothingThatOpensAnythingIsShown(String url, String shown) {
        assertThat(ShownAddress.of(url)).isEqualTo(shown);
    }
}
