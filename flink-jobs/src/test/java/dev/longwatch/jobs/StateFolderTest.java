// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longwatch.jobs.StateFolder.UnusableStateException;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFolderTest {

    @TempDir
    private Path folder;

    @Test
    void theNewestThatIsCompleteIsRestored() throws IOException {
        StateFolder state = new StateFolder(folder.toString());
        assertThat(state.newest()).isEmpty();

        complete("checkpoints/aaaa/chk-7", 1_000);
        complete("savepoints/savepoint-aaaa-1", 2_000);
        complete("checkpoints/bbbb/chk-1", 3_000);
        Files.createDirectories(folder.resolve("checkpoints/bbbb/chk-2"));

        assertThat(state.newest()).hasValueSatisfying(path -> assertThat(path).endsWith("bbbb/chk-1"));
    }

    @Test
    void whatIsOlderGoesOnceThereIsSomethingNew() throws IOException {
        StateFolder state = new StateFolder(folder.toString());
        complete("checkpoints/aaaa/chk-7", 1_000);
        complete("savepoints/savepoint-aaaa-1", 2_000);
        Files.createDirectories(folder.resolve("checkpoints/bbbb/chk-1"));

        assertThat(state.hasCheckpointOf("bbbb")).isFalse();
        complete("checkpoints/bbbb/chk-1", 3_000);
        assertThat(state.hasCheckpointOf("bbbb")).isTrue();
        state.keepCheckpointsOf("bbbb");
        assertThat(folder.resolve("checkpoints")).isDirectoryContaining("glob:**bbbb");
        assertThat(folder.resolve("checkpoints/aaaa")).doesNotExist();
        assertThat(folder.resolve("savepoints")).isEmptyDirectory();

        Path stopped = complete("savepoints/savepoint-bbbb-1", 4_000);
        state.keepSavepoint(stopped.toUri().toString());
        assertThat(folder.resolve("checkpoints")).isEmptyDirectory();
        assertThat(state.newest()).hasValueSatisfying(path -> assertThat(path).endsWith("savepoint-bbbb-1"));
    }

    @Test
    void oneThatIsCutOffIsRefusedWithTheFolderAndWhatToDo() throws IOException {
        complete("checkpoints/aaaa/chk-6", 1_000);
        Path cutOff = complete("checkpoints/aaaa/chk-7", 2_000).resolve("_metadata");
        Files.write(cutOff, new byte[] {1, 2, 3});

        assertThatThrownBy(() -> new StateFolder(folder.toString()).newest())
                .isInstanceOf(UnusableStateException.class)
                .hasMessageContaining("the state in " + folder + " cannot be restored")
                .hasMessageContaining("chk-7")
                .hasMessageContaining("move it away");
        assertThat(Failed.of(new IllegalStateException(
                                new StateFolder("/state").cannotBeRestored("chk-7", new IOException("cut off"))))
                        .cause())
                .isEqualTo(Failed.Cause.DISK);
    }

    private Path complete(String snapshot, long atMillis) throws IOException {
        Path path = Files.createDirectories(folder.resolve(snapshot));
        Path metadata = path.resolve("_metadata");
        try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(metadata))) {
            Checkpoints.storeCheckpointMetadata(new CheckpointMetadata(1, List.of(), List.of()), out);
        }
        Files.setLastModifiedTime(metadata, FileTime.fromMillis(atMillis));
        return path;
    }
}
