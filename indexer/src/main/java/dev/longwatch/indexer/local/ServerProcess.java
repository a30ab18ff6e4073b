// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The server as the keeper's child: Elasticsearch's own launcher class, started without its shell script.
 *
 * <p>A shell stands between. The launcher does not notice when its parent dies, the shell does: its standard input is a
 * pipe from the keeper, and the end of that pipe ends the server. So a keeper that is killed leaves no orphan.
 */
final class ServerProcess {

    private static final String WATCH = String.join(
            "\n",
            "exec 3<&0",
            "\"$@\" </dev/null 3<&- &",
            "server=$!",
            "{ cat <&3 >/dev/null; kill \"$server\"; } 2>/dev/null &",
            "exec 3<&-",
            "wait \"$server\"");

    private static final Pattern PUBLISHED =
            Pattern.compile("AbstractHttpServerTransport\\] publish_address \\{[^}]*:(\\d+)\\}");

    private final Process process;
    private final DataDirectory directory;

    private ServerProcess(Process process, DataDirectory directory) {
        this.process = process;
        this.directory = directory;
    }

    static ServerProcess start(DataDirectory directory, Path home, Path javaHome, int port) throws IOException {
        List<String> command = new ArrayList<>(ServerUser.prefix());
        command.addAll(List.of("/bin/sh", "-c", WATCH, "elasticsearch"));
        command.addAll(launcher(directory, home, javaHome));
        if (port != 0) {
            command.addAll(List.of("-E", "http.port=" + port));
        }
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.consoleLog().toFile());
        Map<String, String> environment = builder.environment();
        keepOnlyNeeded(environment);
        environment.put("ES_JAVA_HOME", javaHome.toString());
        environment.put("ES_TMPDIR", directory.temporary().toString());
        environment.put("HOME", directory.temporary().toString());
        return new ServerProcess(builder.start(), directory);
    }

    /** Nobody's secrets, Java options or library paths reach the server. */
    static void keepOnlyNeeded(Map<String, String> environment) {
        environment.keySet().retainAll(Set.of("PATH", "LANG", "LC_ALL", "TZ"));
    }

    private static List<String> launcher(DataDirectory directory, Path home, Path javaHome) {
        return List.of(
                javaHome.resolve("bin/java").toString(),
                "-Xms4m",
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dcli.name=server",
                "-Dcli.libs=lib/tools/server-cli",
                "-Dcli.script=" + home.resolve("bin/elasticsearch"),
                "-Des.path.home=" + home,
                "-Des.path.conf=" + directory.config(),
                "-Des.distribution.type=zip",
                "-cp",
                home + "/lib/*:" + home + "/lib/cli-launcher/*",
                "org.elasticsearch.launcher.CliToolLauncher");
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** @return the port the server says it has bound, once it does */
    OptionalInt port() throws IOException {
        String log;
        try {
            log = Files.readString(directory.serverLog(), UTF_8);
        } catch (NoSuchFileException early) {
            return OptionalInt.empty();
        }
        OptionalInt port = OptionalInt.empty();
        for (Matcher line = PUBLISHED.matcher(log); line.find(); ) {
            port = OptionalInt.of(Integer.parseInt(line.group(1)));
        }
        return port;
    }

    /** Ends the server in an orderly way, and by force when that takes longer than 20 seconds. */
    void stop() {
        List<ProcessHandle> all = process.descendants().toList();
        try {
            process.getOutputStream().close();
        } catch (IOException alreadyGone) {
            // the pipe ends either way
        }
        try {
            if (process.waitFor(20, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        all.forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
