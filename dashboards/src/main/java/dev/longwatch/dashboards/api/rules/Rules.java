// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api.rules;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.longwatch.dashboards.api.http.HttpProblem;
import dev.longwatch.dashboards.api.http.Input;
import dev.longwatch.dashboards.api.http.Json;
import dev.longwatch.dashboards.api.search.SearchId;
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

    private static final int LONGEST_NAME = 120;

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

    /** Watches from now on for what was searched for. */
    public void watchSearch(Context context) {
        Input.ofQuery(context).done();
        SearchId search =
                SearchId.of(context.pathParam("id")).orElseThrow(() -> HttpProblem.notFound("no search has that id"));
        Input body = Input.ofBody(context);
        String given = body.text("name", LONGEST_NAME);
        ObjectNode keys = Json.MAPPER.createObjectNode().put("when", search.text());
        search.streams().forEach(keys.withArray("/streams")::add);
        RuleInput.readSettings(body, keys);
        body.done();
        String words = search.text().strip();
        String name = given.isBlank()
                ? words.substring(0, Math.min(LONGEST_NAME, words.length())).strip()
                : given;
        context.status(201).json(answer(name, watched.add(DefinitionKind.RULE, name, keys.toString())));
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
