// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.govern;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longwatch.dashboards.config.ConfigFile;
import dev.longwatch.dashboards.local.DataFolder;
import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.indexer.watchlist.Definition;
import dev.longwatch.indexer.watchlist.WatchedStream;
import dev.longwatch.indexer.watchlist.Watchlist;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GovernorTest {

    private static final Kept A_GATE =
            new Kept(List.of(Definition.of("gate", "{\"url\":\"rtsp://10.0.0.8/\"}")), List.of());

    @TempDir
    private Path root;

    private final List<String> said = new ArrayList<>();

    @Test
    void everyChangeIsANewerVersionAlsoAfterARestart() throws Exception {
        Governor governor = governor("streams: {yard: rtsp://10.0.0.7/}");
        governor.begin(Kept.NOTHING);
        assertThat(watchlist().version()).isEqualTo(1);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve("watchlist.json"))))
                .isEqualTo("rw-------");

        governor.look(Kept.NOTHING);
        assertThat(watchlist().version()).isEqualTo(1);
        governor.look(A_GATE);
        assertThat(watchlist().version()).isEqualTo(2);
        assertThat(watchlist().streams()).extracting(WatchedStream::name).containsExactly("yard", "gate");

        Governor next = governor("streams: {yard: rtsp://10.0.0.7/}");
        next.begin(A_GATE);
        assertThat(watchlist().version()).isEqualTo(2);
        next.look(Kept.NOTHING);
        assertThat(watchlist().version()).isEqualTo(3);
        assertThat(said).containsExactly("stream 'gate' is new", "stream 'gate' is gone");
    }

    @Test
    void anEditThatCannotBeUsedChangesNothingAndIsSaidOnce() throws Exception {
        Governor governor = governor("streams: {yard: rtsp://10.0.0.7/}\nrules: {car: a car}");
        governor.begin(Kept.NOTHING);

        edit("streams: {yard: rtsp://10.0.0.7/}\nrules: {car: {when: a car, treshold: 1}}");
        look(governor, 4);
        governor.look(A_GATE);
        governor.look(Kept.NOTHING);

        String complaint = root.resolve("longwatch.yaml")
                + ":2: unknown key 'treshold'; did you mean 'threshold'? (what it said before stays in force)";
        assertThat(said).containsExactly(complaint, "stream 'gate' is new", "stream 'gate' is gone");
        assertThat(governor.remarks()).containsExactly(complaint);
        assertThat(watchlist().rules()).extracting(AlertRule::name).containsExactly("car");

        edit("streams: {yard: rtsp://10.0.0.7/}\nrules: {car: {when: a car, threshold: 1}}");
        look(governor, 2);
        assertThat(governor.remarks()).isEmpty();
        assertThat(watchlist().rules().get(0).threshold()).isEqualTo(1);
        Files.delete(root.resolve("longwatch.yaml"));
        look(governor, 2);
        assertThat(governor.remarks()).singleElement().asString().contains("there is no such file");
        assertThat(watchlist().streams()).hasSize(1);
    }

    @Test
    void aFileThatIsStillBeingWrittenIsNotRead() throws Exception {
        Governor governor = governor("streams: {yard: rtsp://10.0.0.7/}");
        governor.begin(Kept.NOTHING);

        edit("streams: {}");
        governor.look(Kept.NOTHING);
        edit("streams: {yard: rtsp://10.0.0.7/, gate: rtsp://10.0.0.8/}");
        look(governor, 2);

        assertThat(said).containsExactly("stream 'gate' is new");
    }

    @Test
    void whatOnlyAStartTakesInIsSaid() throws Exception {
        Governor governor = governor("streams: {yard: rtsp://10.0.0.7/}");
        governor.begin(Kept.NOTHING);

        edit("streams: {yard: rtsp://10.0.0.7/}\nelasticsearch: {prefix: other}");
        look(governor, 3);

        assertThat(said)
                .containsExactly(root.resolve("longwatch.yaml")
                        + ": what it says of model, elasticsearch, auth and api is taken in by the next start");
    }

    @Test
    void aStreamWithoutWhatOpensItIsLeftOutAndSaid() throws Exception {
        Governor governor = governor("streams: {yard: rtsp://10.0.0.7/}");

        governor.begin(new Kept(
                List.of(Definition.of("gate", "{\"url\":\"rtsp://a:***@10.0.0.8/\"}")),
                List.of(Definition.of("dog", "{\"when\":\"a dog\"}"))));

        assertThat(said)
                .containsExactly("left out: stream 'gate' of the index: what opens its address is not kept in this data"
                        + " folder; add it again here");
        assertThat(watchlist().streams()).hasSize(1);
        assertThat(watchlist().rules()).hasSize(1);
    }

    private Governor governor(String yaml) throws IOException {
        Path file = edit(yaml);
        return new Governor(
                file,
                ConfigFile.read(file),
                new Secrets(new DataFolder(root)),
                new WatchlistFile(root.resolve("watchlist.json")),
                said::add);
    }

    /** A new file each time: what a clock counts may not have moved on. */
    private Path edit(String yaml) throws IOException {
        Path draft = Files.writeString(root.resolve("draft" + System.nanoTime()), yaml);
        return Files.move(draft, root.resolve("longwatch.yaml"), StandardCopyOption.REPLACE_EXISTING);
    }

    private static void look(Governor governor, int times) {
        for (int i = 0; i < times; i++) {
            governor.look(Kept.NOTHING);
        }
    }

    private Watchlist watchlist() throws IOException {
        return Watchlist.parse(Files.readString(root.resolve("watchlist.json")));
    }
}
