// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api;

import dev.longwatch.dashboards.config.ConfigFile;
import dev.longwatch.dashboards.govern.Standing;
import dev.longwatch.dashboards.govern.StreamCondition;
import dev.longwatch.dashboards.local.DataFolder;
import dev.longwatch.indexer.keep.Pictures;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** An installation of which a test says how it stands. */
final class StandingStill implements Standing {

    private final DataFolder folder;
    private final ConfigFile file;
    private final Map<String, StreamCondition> conditions = new HashMap<>();

    StandingStill(Path data, ConfigFile file) {
        folder = new DataFolder(data);
        this.file = file;
    }

    StandingStill with(String stream, StreamCondition condition) {
        conditions.put(stream, condition);
        return this;
    }

    @Override
    public DataFolder folder() {
        return folder;
    }

    @Override
    public ConfigFile file() {
        return file;
    }

    @Override
    public StreamCondition condition(String stream) {
        return conditions.getOrDefault(stream, StreamCondition.UNKNOWN);
    }

    @Override
    public Pictures pictures() {
        return Pictures.NONE;
    }

    @Override
    public boolean governed() {
        return !conditions.isEmpty();
    }
}
