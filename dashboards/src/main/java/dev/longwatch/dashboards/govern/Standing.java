// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.govern;

import dev.longwatch.dashboards.config.ConfigFile;
import dev.longwatch.dashboards.local.DataFolder;
import dev.longwatch.indexer.keep.Pictures;

/** How this installation stands, for whoever shows it. Safe for use by several threads. */
public interface Standing {

    /** Where everything is kept. */
    DataFolder folder();

    /** What {@code longwatch.yaml} says: the last that could be used. */
    ConfigFile file();

    /** How a stream is, as the jobs said last. */
    StreamCondition condition(String stream);

    /**
     * Whoever keeps its pictures.
     *
     * @throws dev.longwatch.dashboards.local.Problem when the programs that do so are not there
     */
    Pictures pictures();

    /** Whether {@code longwatch up} runs. */
    boolean governed();
}
