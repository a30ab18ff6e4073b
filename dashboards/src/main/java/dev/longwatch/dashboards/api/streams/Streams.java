// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api.streams;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.longwatch.dashboards.api.http.Input;
import dev.longwatch.dashboards.api.http.Json;
import dev.longwatch.dashboards.api.videos.Receipted;
import dev.longwatch.dashboards.config.LongwatchConfig;
import dev.longwatch.dashboards.govern.DefinitionKind;
import dev.longwatch.dashboards.govern.Standing;
import dev.longwatch.indexer.watchlist.WatchedStream;
import io.javalin.http.Context;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** {@code /streams}: what is recorded and watched, and how it is. Those of the file are changed there. */
public final class Streams {

    private static final int LONGEST_ADDRESS = 4_000;

    private record Listed(List<StreamAnswer> streams) {}

    private final Watched watched;
    private final Standing standing;
    private final Receipted deletion;

    public Streams(Watched watched, Standing standing, Receipted deletion) {
        this.deletion = deletion;
        this.watched = watched;
        this.standing = standing;
    }

    public void list(Context context) {
        Input.ofQuery(context).done();
        LongwatchConfig config = watched.now();
        context.json(new Listed(
                config.streams().stream().map(stream -> answer(stream, config)).toList()));
    }

    /** Puts it in the place of the one of that name, if there is one. */
    public void put(Context context) {
        Input.ofQuery(context).done();
        Input body = Input.ofBody(context);
        String keys = keys(body).toString();
        body.done();
        String name = context.pathParam("name");
        LongwatchConfig then = watched.put(DefinitionKind.STREAM, name, keys);
        context.json(then.streams().stream()
                .filter(stream -> stream.name().equals(name))
                .map(stream -> answer(stream, then))
                .findFirst()
                .orElseThrow());
    }

    /** What was recorded and found stays until its time is over, unless {@code data} says otherwise. */
    public void delete(Context context) {
        Input query = Input.ofQuery(context);
        boolean data = Boolean.TRUE.equals(query.yes("data"));
        query.done();
        String name = context.pathParam("name");
        watched.remove(DefinitionKind.STREAM, name);
        if (data) {
            context.json(deletion.delete(name));
        } else {
            context.status(204);
        }
    }

    private StreamAnswer answer(WatchedStream stream, LongwatchConfig config) {
        return StreamAnswer.of(stream, config, standing.condition(stream.name()));
    }

    private static ObjectNode keys(Input body) {
        ObjectNode keys = Json.MAPPER.createObjectNode();
        String url = body.words("url", LONGEST_ADDRESS);
        if (url.contains("${")) {
            body.refuse("url", "variables stand in longwatch.yaml only: expected the address itself");
        } else if (!url.isBlank() && !url.contains("://") && !url.startsWith("/")) {
            body.refuse("url", "expected an address such as rtsp://10.0.0.7/main, or the whole path of a file");
        }
        keys.put("url", url);
        BigDecimal retention = body.seconds("retention_seconds");
        if (retention != null) {
            keys.put("retention", retention.setScale(3, RoundingMode.HALF_UP).toPlainString() + "s");
        }
        body.values("frames_per_second").forEach(rate -> {
            if (rate.isNumber()) {
                keys.withObject("/sampling").set("frames_per_second", rate);
            } else {
                body.refuse("frames_per_second", "expected a number");
            }
        });
        Boolean byChange = body.yes("by_change");
        if (byChange != null) {
            keys.withObject("/sampling").put("by_change", byChange);
        }
        body.names("labels").forEach(label -> keys.withArray("/labels").add(label));
        return keys;
    }
}
