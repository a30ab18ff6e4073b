// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.doctor;

import com.sun.management.OperatingSystemMXBean;
import dev.longwatch.dashboards.config.ApiAddress;
import dev.longwatch.dashboards.local.DataFolder;
import dev.longwatch.dashboards.local.ExitCode;
import dev.longwatch.dashboards.local.Problem;
import dev.longwatch.dashboards.local.UpLock;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/** What the machine itself has: Java, memory, disk, the API's port. */
public final class Machine {

    /** What the job, Elasticsearch and the command line take together, with the embedded model. */
    private static final long MEMORY_BYTES = 4L << 30;

    /** What is built, fetched and unpacked, and some video. */
    private static final long DISK_BYTES = 3L << 30;

    private static final Path MEMORY = Path.of("/proc/meminfo");

    private Machine() {}

    public static Finding java() {
        String system = System.getProperty("os.name");
        String processor = System.getProperty("os.arch");
        String found = System.getProperty("java.version") + " on " + system + " " + processor + ", "
                + Runtime.getRuntime().availableProcessors() + " processors";
        boolean tried = system.equals("Linux") && processor.equals("amd64");
        return tried
                ? Finding.ok("Java", found)
                : Finding.wrong(
                        "Java",
                        ExitCode.INTERNAL,
                        found + "; libraries are brought along for Linux amd64 (x86-64) only");
    }

    public static Finding memory() {
        long total = ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getTotalMemorySize();
        return memory(total, Math.min(total, availableBytes(total)));
    }

    static Finding memory(long total, long available) {
        String found = gigabytes(total) + ", of which " + gigabytes(available) + " can be had";
        return available >= MEMORY_BYTES
                ? Finding.ok("memory", found)
                : Finding.note("memory", found + "; about " + gigabytes(MEMORY_BYTES) + " are needed");
    }

    private static long availableBytes(long otherwise) {
        try (Stream<String> lines = Files.lines(MEMORY)) {
            return lines.filter(line -> line.startsWith("MemAvailable:"))
                    .map(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .findFirst()
                    .orElse(otherwise);
        } catch (IOException e) {
            return otherwise;
        }
    }

    /** Tries to write in it, if it is there. */
    public static Finding data(DataFolder folder) {
        String what = "data folder";
        Path root = folder.root();
        try {
            if (Files.exists(root)) {
                folder.create();
            }
            Path there = existing(root);
            long free = Files.getFileStore(there).getUsableSpace();
            String found = root + (there.equals(root) ? "" : " is not there yet") + ": " + gigabytes(free) + " free";
            if (!Files.isWritable(there)) {
                return Finding.wrong(
                        what,
                        ExitCode.DISK,
                        there + " cannot be written to; choose another with LONGWATCH_DATA or --data");
            }
            return free >= DISK_BYTES
                    ? Finding.ok(what, found)
                    : Finding.note(what, found + "; about " + gigabytes(DISK_BYTES) + " are wanted for a start");
        } catch (Problem e) {
            return Finding.wrong(what, e);
        } catch (IOException e) {
            return Finding.wrong(what, ExitCode.DISK, "the disk that holds " + root + " cannot be looked at: " + e);
        }
    }

    private static Path existing(Path path) {
        Path there = path;
        while (!Files.exists(there)) {
            there = Objects.requireNonNull(there.getParent(), "every path begins somewhere");
        }
        return there;
    }

    /** Whether the API could listen, or does. */
    public static Finding api(ApiAddress api, DataFolder folder) {
        String where = "port " + api.port() + " at " + api.bind();
        if (UpLock.isHeld(folder)) {
            return Finding.ok("API", "longwatch up runs (process " + UpLock.holder(folder) + ")");
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(api.bind(), api.port()));
            return Finding.ok("API", where + " is free");
        } catch (IOException e) {
            return Finding.note(
                    "API",
                    where + " cannot be had (" + e.getMessage() + "): longwatch serve runs, or another program listens"
                            + " there; choose another with --port, or in longwatch.yaml");
        }
    }

    private static String gigabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
    }
}
