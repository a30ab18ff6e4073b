// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.alert.deliver;

import dev.longwatch.indexer.alert.Channel;
import dev.longwatch.indexer.alert.Delivery;
import dev.longwatch.jobs.evidence.EvidenceFolder;
import java.time.Clock;

/** One attempt at a time, on the calling thread and within some seconds, whatever the receiver does. */
interface Sender {

    /** How long a receiver may take for each step. */
    int TIMEOUT_MILLIS = 10_000;

    /** @return never anything secret in the reason; a failure is an outcome, not an exception */
    Outcome send(Delivery delivery) throws InterruptedException;

    /** @param evidence where mail finds thumbnails */
    static Sender of(Channel channel, EvidenceFolder evidence, Clock clock) {
        return switch (channel.kind()) {
            case WEBHOOK, SLACK -> new HttpSender(channel, clock);
            case MAIL -> new MailSender(channel, evidence);
            case MQTT -> new MqttSender(channel);
        };
    }
}
