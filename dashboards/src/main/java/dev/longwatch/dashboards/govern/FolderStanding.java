// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.govern;

import dev.longwatch.dashboards.config.ConfigFile;
import dev.longwatch.dashboards.config.InvalidConfig;
import dev.longwatch.dashboards.local.DataFolder;
import dev.longwatch.dashboards.local.KeptPictures;
import dev.longwatch.dashboards.local.UpLock;
import dev.longwatch.indexer.keep.Pictures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How an installation stands that another process governs, or none. Must not be used by the process that governs: that one
 * would lose its lock.
 */
public final class FolderStanding implements Standing {

    private final DataFolder folder;
    private volatile ConfigFile file;

    /** @param file what holds unless {@code longwatch up} runs and has another */
    public FolderStanding(DataFolder folder, ConfigFile file) {
        this.folder = folder;
        this.file = file;
    }

    @Override
    public DataFolder folder() {
        return folder;
    }

    @Override
    public ConfigFile file() {
        running()
                .map(overview -> Path.of(overview.file()))
                .filter(Files::exists)
                .ifPresent(path -> {
                    try {
                        file = ConfigFile.read(path);
                    } catch (InvalidConfig e) {
                        // as for the process that governs: what it said before stays in force
                    }
                });
        return file;
    }

    @Override
    public StreamCondition condition(String stream) {
        return running().stream()
                .flatMap(overview -> overview.streams().stream())
                .filter(each -> each.name().equals(stream))
                .map(Overview.Stream::condition)
                .findFirst()
                .orElse(StreamCondition.UNKNOWN);
    }

    @Override
    public Pictures pictures() {
        return KeptPictures.in(folder, "serve-footage.log");
    }

    @Override
    public boolean governed() {
        return UpLock.isHeld(folder);
    }

    private Optional<Overview> running() {
        return governed() ? Overview.read(folder) : Optional.empty();
    }
}
