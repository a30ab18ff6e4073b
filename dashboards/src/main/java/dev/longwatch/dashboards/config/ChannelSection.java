// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.config;

import dev.longwatch.indexer.alert.Channel;
import dev.longwatch.indexer.alert.Channel.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The key {@code notify}. What is wrong with a channel is said without quoting it: most of it is secret. */
final class ChannelSection {

    private static final List<String> KINDS = List.of("webhook", "slack", "mail", "mqtt");

    List<Channel> read(Yaml value) {
        List<Channel> channels = new ArrayList<>();
        value.entries().forEach((name, channel) -> channels.add(channel(name, channel)));
        return channels;
    }

    private static Channel channel(String name, Yaml value) {
        Yaml.Keys keys = value.keys(
                "webhook", "slack", "mail", "mqtt", "secret", "user", "password", "from", "to", "topic", "closings");
        List<String> kinds = KINDS.stream().filter(keys::has).toList();
        if (kinds.size() != 1) {
            throw value.refusal("channel '" + name + "': expected one of " + String.join(", ", KINDS) + ", found "
                    + (kinds.isEmpty() ? "none" : String.join(" and ", kinds)));
        }
        String kind = kinds.get(0);
        for (String key : List.of("secret", "user", "password", "from", "to", "topic")) {
            if (keys.has(key) && !belongs(key, kind)) {
                throw keys.get(key).refusal("'" + key + "' does not belong to " + kind);
            }
        }
        try {
            return new Channel(
                    name,
                    Kind.valueOf(kind.toUpperCase(Locale.ROOT)),
                    keys.required(kind).text(),
                    keys.text("secret", ""),
                    keys.text("user", ""),
                    keys.text("password", ""),
                    keys.text("from", ""),
                    keys.get("to").texts(),
                    keys.text("topic", ""),
                    keys.yes("closings", kind.equals("webhook") || kind.equals("mqtt")));
        } catch (IllegalArgumentException e) {
            throw value.refusal(String.valueOf(e.getMessage()));
        }
    }

    private static boolean belongs(String key, String kind) {
        return switch (key) {
            case "secret" -> kind.equals("webhook");
            case "user", "password" -> kind.equals("mail") || kind.equals("mqtt");
            case "from", "to" -> kind.equals("mail");
            default -> kind.equals("mqtt");
        };
    }
}
