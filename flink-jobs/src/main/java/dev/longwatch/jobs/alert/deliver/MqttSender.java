// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.alert.deliver;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longwatch.indexer.alert.Channel;
import dev.longwatch.indexer.alert.Delivery;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.MqttReturnCode;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes JSON by MQTT 5, once the broker confirms it (quality of service 1), a connection for each message. */
final class MqttSender implements Sender {

    private static final Logger LOG = LoggerFactory.getLogger(MqttSender.class);

    private static final int AT_LEAST_ONCE = 1;

    /** The broker's reasons that will not pass by themselves. */
    private static final Set<Integer> FOR_GOOD = Set.of(
            MqttReturnCode.RETURN_CODE_NOT_AUTHORIZED,
            MqttReturnCode.RETURN_CODE_TOPIC_NAME_INVALID,
            MqttReturnCode.RETURN_CODE_PACKET_TOO_LARGE,
            MqttReturnCode.RETURN_CODE_PAYLOAD_FORMAT_INVALID);

    private final Channel channel;

    MqttSender(Channel channel) {
        this.channel = channel;
    }

    @Override
    public Outcome send(Delivery delivery) {
        try {
            MqttClient client = new MqttClient(server(), "longwatch-" + UUID.randomUUID(), new MemoryPersistence());
            client.setTimeToWait(TIMEOUT_MILLIS);
            try {
                client.connect(options());
                client.publish(channel.topic(), message(delivery));
                return Outcome.DELIVERED;
            } finally {
                leave(client);
            }
        } catch (MqttException e) {
            String words = Failure.words(e.getCause() == null ? e : e.getCause()) + " (code " + e.getReasonCode() + ")";
            return FOR_GOOD.contains(e.getReasonCode()) ? Outcome.refused(words) : Outcome.retry(words);
        }
    }

    /** What became of the message is known already, whatever happens here. */
    private static void leave(MqttClient client) {
        try {
            if (client.isConnected()) {
                client.disconnect(TIMEOUT_MILLIS);
            }
            client.close(true);
        } catch (MqttException e) {
            LOG.debug("leaving the broker failed: {}", e.toString());
        }
    }

    private MqttConnectionOptions options() {
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setAutomaticReconnect(false);
        options.setCleanStart(true);
        options.setConnectionTimeout(TIMEOUT_MILLIS / 1_000);
        if (!channel.user().isEmpty()) {
            options.setUserName(channel.user());
            options.setPassword(channel.password().getBytes(UTF_8));
        }
        return options;
    }

    private static MqttMessage message(Delivery delivery) {
        MqttProperties properties = new MqttProperties();
        properties.setContentType("application/json");
        properties.setUserProperties(List.of(new UserProperty("Idempotency-Key", delivery.key())));
        MqttMessage message = new MqttMessage(delivery.body().getBytes(UTF_8));
        message.setQos(AT_LEAST_ONCE);
        message.setProperties(properties);
        return message;
    }

    private String server() {
        URI address = channel.address();
        boolean secure = address.getScheme().equalsIgnoreCase("mqtts");
        int port = address.getPort() >= 0 ? address.getPort() : secure ? 8883 : 1883;
        return (secure ? "ssl://" : "tcp://") + address.getHost() + ":" + port;
    }
}
