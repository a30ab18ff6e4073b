// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.govern;

import dev.longwatch.dashboards.config.LongwatchConfig;
import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.indexer.watchlist.WatchedStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What is different between two states of a watchlist, for a person. */
final class Changes {

    private Changes() {}

    static List<String> between(LongwatchConfig before, LongwatchConfig after) {
        List<String> changes = new ArrayList<>();
        compare("stream", before.streams(), after.streams(), WatchedStream::name, changes);
        compare("rule", before.rules(), after.rules(), AlertRule::name, changes);
        return changes;
    }

    private static <T> void compare(
            String kind, List<T> before, List<T> after, Function<T, String> name, List<String> changes) {
        Map<String, T> gone = new LinkedHashMap<>();
        before.forEach(each -> gone.put(name.apply(each), each));
        for (T each : after) {
            T known = gone.remove(name.apply(each));
            if (known == null) {
                changes.add(kind + " '" + name.apply(each) + "' is new");
            } else if (!known.equals(each)) {
                changes.add(kind + " '" + name.apply(each) + "' has changed");
            }
        }
        gone.keySet().forEach(each -> changes.add(kind + " '" + each + "' is gone"));
    }
}
