// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.alert;

import java.io.Serializable;
import java.net.URI;
import java.util.List;
import java.util.Locale;

/**
 * Where alerts are delivered to. Holds secrets, which {@link #toString} does not show; for chat services the address is
 * itself one.
 *
 * @param name as rules refer to it
 * @param kind of receiver
 * @param url {@code http(s)://…} of a webhook or chat; {@code smtp://host:587} (STARTTLS is required), {@code smtps://host}
 *     or {@code smtp-plain://host} for mail; {@code mqtt://host} or {@code mqtts://host}
 * @param secret what a webhook's messages are signed with; empty to leave them unsigned
 * @param user who logs in at a mail server or broker; empty for nobody
 * @param password the user's
 * @param from a mail's sender
 * @param to a mail's receivers
 * @param topic of a broker
 * @param closings whether it is also told when an event that it was told of has ended
 */
public record Channel(
        String name,
        Kind kind,
        String url,
        String secret,
        String user,
        String password,
        String from,
        List<String> to,
        String topic,
        boolean closings)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Kinds of receivers and the schemes of their addresses. */
    public enum Kind {
        WEBHOOK("http", "https"),
        /** Takes {@code {"text": …}}: Slack, Mattermost, Rocket.Chat, Discord's {@code /slack} addresses. */
        SLACK("http", "https"),
        MAIL("smtp", "smtps", "smtp-plain"),
        MQTT("mqtt", "mqtts");

        private final List<String> schemes;

        Kind(String... schemes) {
            this.schemes = List.of(schemes);
        }

        public List<String> schemes() {
            return schemes;
        }
    }

    public Channel {
        to = List.copyOf(to);
        if (name.isBlank()) {
            throw new IllegalArgumentException("a channel needs a name");
        }
        URI address = address(name, url);
        String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
        if (!kind.schemes().contains(scheme) || address.getHost() == null || address.getUserInfo() != null) {
            // the address itself may be a secret
            throw new IllegalArgumentException("channel '" + name + "': expected an address of "
                    + String.join(" or ", kind.schemes()) + " with a host and no user in it, found scheme '" + scheme
                    + "'");
        }
        if (kind == Kind.MAIL && (from.isBlank() || to.isEmpty())) {
            throw new IllegalArgumentException("channel '" + name + "': mail needs a sender and a receiver");
        }
        if (kind == Kind.MQTT && (topic.isBlank() || topic.contains("#") || topic.contains("+"))) {
            throw new IllegalArgumentException(
                    "channel '" + name + "': expected a topic without wildcards, found '" + topic + "'");
        }
    }

    public static Channel webhook(String name, String url, String secret) {
        return new Channel(name, Kind.WEBHOOK, url, secret, "", "", "", List.of(), "", true);
    }

    public static Channel slack(String name, String url) {
        return new Channel(name, Kind.SLACK, url, "", "", "", "", List.of(), "", false);
    }

    public static Channel mail(String name, String url, String user, String password, String from, List<String> to) {
        return new Channel(name, Kind.MAIL, url, "", user, password, from, to, "", false);
    }

    public static Channel mqtt(String name, String url, String user, String password, String topic) {
        return new Channel(name, Kind.MQTT, url, "", user, password, "", List.of(), topic, true);
    }

    public URI address() {
        return address(name, url);
    }

    /** Name, kind and host: nothing that opens anything. */
    @Override
    public String toString() {
        return name + " (" + kind.name().toLowerCase(Locale.ROOT) + " at "
                + address().getHost() + ")";
    }

    private static URI address(String name, String url) {
        try {
            return URI.create(url);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("channel '" + name + "': what is given is no address");
        }
    }
}
