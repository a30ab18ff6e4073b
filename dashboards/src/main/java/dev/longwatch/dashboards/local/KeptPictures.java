// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.longwatch.indexer.keep.Pictures;
import dev.longwatch.indexer.keep.Stretch;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The pictures in an installation's data folder: recordings, which only a program of the jobs can read, and evidence. Every
 * failure is a {@link Problem}.
 */
public final class KeptPictures implements Pictures {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> EVIDENCE = List.of(".jpg", ".mp4");

    /** How many characters of an alert's id name the folder of its evidence. */
    private static final int FOLDER_CHARACTERS = 2;

    private final Installation installation;
    private final DataFolder folder;
    private final Path log;
    private final Map<String, List<Stretch>> said = new HashMap<>();

    private KeptPictures(Installation installation, DataFolder folder, Path log) {
        this.installation = installation;
        this.folder = folder;
        this.log = log;
    }

    /**
     * @param log what the file is called, among the folder's logs, that takes what the program says
     * @throws Problem when this Longwatch is not whole, or there can be no such file
     */
    public static KeptPictures in(DataFolder folder, String log) {
        try {
            Files.createDirectories(folder.logs());
        } catch (IOException e) {
            throw folder.unusable(e);
        }
        return new KeptPictures(Installation.find(), folder, folder.logs().resolve(log));
    }

    @Override
    public void keep(String stream, List<Stretch> pinned) {
        if (Files.isDirectory(recordings()) && !pinned.equals(said.get(stream))) {
            ObjectNode config = config(stream, false).put("pin", true);
            add(config, "pins", pinned);
            ask(config);
            said.put(stream, pinned);
        }
    }

    @Override
    public Freed forget(String stream, List<Stretch> stretches, List<Stretch> pinned, boolean dryRun) {
        if (!dryRun) {
            MediaCache.in(folder).forget(stream);
        }
        if (!Files.isDirectory(recordings())) {
            return Freed.NOTHING;
        }
        ObjectNode config = config(stream, dryRun);
        add(config, "forget", stretches);
        add(config, "spared", pinned);
        return ask(config);
    }

    @Override
    public Freed forgetEvidence(List<String> alerts, boolean dryRun) {
        Freed freed = Freed.NOTHING;
        for (String alert : alerts) {
            String shelf = alert.substring(0, Math.min(FOLDER_CHARACTERS, alert.length()));
            for (String ending : EVIDENCE) {
                freed = freed.and(delete(folder.evidence().resolve(shelf).resolve(alert + ending), dryRun));
            }
        }
        return freed;
    }

    @Override
    public Freed forgetFile(String uri, boolean dryRun) {
        if (uri.startsWith("recording:")) {
            return Freed.NOTHING;
        }
        return delete(uri.startsWith("file:") ? Path.of(URI.create(uri)) : Path.of(uri), dryRun);
    }

    private Path recordings() {
        return folder.recordings();
    }

    private ObjectNode config(String stream, boolean dryRun) {
        ObjectNode config = JSON.createObjectNode()
                .put("root", recordings().toString())
                .put("stream", stream)
                .put("pin", false)
                .put("dryRun", dryRun);
        List.of("pins", "forget", "spared").forEach(config::putArray);
        return config;
    }

    private static void add(ObjectNode config, String key, List<Stretch> stretches) {
        stretches.forEach(stretch -> config.withArray(key)
                .addObject()
                .put("fromMillis", stretch.fromMillis())
                .put("toMillis", stretch.toMillis()));
    }

    private Freed ask(ObjectNode config) {
        Freed[] freed = {Freed.NOTHING};
        try (JobProcess program = JobProcess.start(installation, JobProcess.Program.FOOTAGE, config.toString(), log)) {
            program.follow(line -> {
                if (line.path("type").asText().equals("footage")) {
                    freed[0] = freed(line);
                }
            });
        }
        return freed[0];
    }

    private static Freed freed(JsonNode line) {
        return new Freed(
                line.path("files").asLong(),
                line.path("bytes").asLong(),
                line.path("kept").asLong());
    }

    private static Freed delete(Path file, boolean dryRun) {
        try {
            long bytes = Files.size(file);
            if (!dryRun) {
                Files.delete(file);
            }
            return new Freed(1, bytes, 0);
        } catch (NoSuchFileException e) {
            return Freed.NOTHING;
        } catch (IOException e) {
            throw new Problem(ExitCode.DISK, file + " cannot be deleted: " + e, e);
        }
    }
}
