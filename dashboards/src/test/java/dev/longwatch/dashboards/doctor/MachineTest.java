// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longwatch.dashboards.config.ApiAddress;
import dev.longwatch.dashboards.doctor.Finding.State;
import dev.longwatch.dashboards.local.DataFolder;
import dev.longwatch.dashboards.local.ExitCode;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineTest {

    private static final long GIGABYTE = 1_000_000_000;

    @TempDir
    private Path folder;

    @Test
    void tooLittleMemoryIsNotedWithWhatIsNeeded() {
        assertThat(Machine.memory(16 * GIGABYTE, 5 * GIGABYTE))
                .isEqualTo(Finding.ok("memory", "16.0 GB, of which 5.0 GB can be had"));
        assertThat(Machine.memory(16 * GIGABYTE, 3 * GIGABYTE))
                .isEqualTo(Finding.note("memory", "16.0 GB, of which 3.0 GB can be had; about 4.3 GB are needed"));
        assertThat(Machine.memory().found()).contains("can be had");
    }

    @Test
    void aDataFolderThatIsNotThereYetIsLookedAtWithoutMakingIt() {
        Path data = folder.resolve("a/b");

        Finding finding = Machine.data(new DataFolder(data));

        assertThat(finding.state()).isNotEqualTo(State.WRONG);
        assertThat(finding.found()).startsWith(data + " is not there yet: ");
        assertThat(folder.resolve("a")).doesNotExist();
    }

    @Test
    void aDataFolderThatIsAFileIsWrong() throws Exception {
        Path file = Files.createFile(folder.resolve("data"));

        Finding finding = Machine.data(new DataFolder(file));

        assertThat(finding.state()).isEqualTo(State.WRONG);
        assertThat(finding.failure()).isEqualTo(ExitCode.DISK);
        assertThat(finding.found()).contains(file.toString());
    }

    @Test
    void aPortThatAnotherProgramHasIsNoted() throws Exception {
        DataFolder data = new DataFolder(folder);
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ApiAddress taken = new ApiAddress(ApiAddress.LOOPBACK, other.getLocalPort());

            assertThat(Machine.api(taken, data).state()).isEqualTo(State.NOTE);
            assertThat(Machine.api(taken, data).found()).contains("port " + taken.port() + " at 127.0.0.1");
        }
        assertThat(Machine.api(new ApiAddress(ApiAddress.LOOPBACK, 0), data).state())
                .isEqualTo(State.OK);
    }
}
