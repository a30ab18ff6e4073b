// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api.rules;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.longwatch.dashboards.api.http.Input;
import dev.longwatch.dashboards.api.streams.Watched;
import dev.longwatch.dashboards.config.LongwatchConfig;
import dev.longwatch.dashboards.govern.DefinitionKind;
import dev.longwatch.indexer.search.Judged;
import dev.longwatch.indexer.search.Verdicts;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;

/** {@code /rules}: what streams are watched for. Those of the file are changed there. */
public final class Rules {

    private record Listed(List<RuleAnswer> rules) {}

    private final Watched watched;
    private final Verdicts verdicts;

    public Rules(Watched watched, Verdicts verdicts) {
        this.watched = watched;
        this.verdicts = verdicts;
    }

    public void list(Context context) {
        Input.ofQuery(context).done();
        LongwatchConfig config = watched.now();
        Map<String, Judged> judged = verdicts.byRule();
        context.json(new Listed(config.writtenRules().stream()
                .map(rule -> RuleAnswer.of(rule, config, judged.getOrDefault(rule.name(), Judged.NONE)))
                .toList()));
    }

    /** Puts it in the place of the one of that name, if there is one. */
    public void put(Context context) {
        Input.ofQuery(context).done();
        Input body = Input.ofBody(context);
        ObjectNode keys = RuleInput.read(body);
        body.done();
        String name = context.pathParam("name");
        context.json(answer(name, watched.put(DefinitionKind.RULE, name, keys.toString())));
    }

    public void delete(Context context) {
        Input.ofQuery(context).done();
        watched.remove(DefinitionKind.RULE, context.pathParam("name"));
        context.status(204);
    }

    /** A rule that was kept just now. */
    private RuleAnswer answer(String name, LongwatchConfig config) {
        return config.writtenRules().stream()
                .filter(rule -> rule.name().equals(name))
                .map(rule -> RuleAnswer.of(rule, config, verdicts.byRule().getOrDefault(name, Judged.NONE)))
                .findFirst()
                .orElseThrow();
    }
}
