// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.alert.deliver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.longwatch.indexer.alert.Channel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.eclipse.paho.mqttv5.client.IMqttMessageListener;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against Mosquitto, where it is installed: {@code apt-get install mosquitto}, as {@code .ci/run} does. */
@Timeout(60)
class MqttSenderTest {

    @TempDir
    private Path folder;

    private Process broker;
    private int port;

    @BeforeEach
    void start() throws Exception {
        Optional<Path> mosquitto = Stream.of(
                        "/usr/sbin/mosquitto", "/usr/local/sbin/mosquitto", "/opt/homebrew/sbin/mosquitto")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
        assumeThat(mosquitto)
                .as("Mosquitto is not installed here (apt-get install mosquitto): MQTT is not tested")
                .isPresent();
        Path passwords = Files.writeString(folder.resolve("passwords"), "me:right\n");
        run(mosquitto.orElseThrow().resolveSibling("mosquitto_passwd"), "-U", passwords.toString());
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Path config = Files.writeString(
                folder.resolve("mosquitto.conf"),
                "listener " + port + " 127.0.0.1\nallow_anonymous false\npassword_file " + passwords + "\nuser "
                        + System.getProperty("user.name") + "\n");
        broker = new ProcessBuilder(mosquitto.orElseThrow().toString(), "-c", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        await().until(this::isUp);
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (broker != null) {
            broker.destroy();
            broker.waitFor();
        }
    }

    @Test
    void aMessageReachesASubscriberWithItsKey() throws Exception {
        BlockingQueue<MqttMessage> received = new LinkedBlockingQueue<>();
        MqttClient subscriber = subscriber(received);

        assertThat(new MqttSender(channel("right")).send(Letters.delivery("id1", "first")))
                .isEqualTo(Outcome.DELIVERED);

        MqttMessage message = received.take();
        assertThat(new String(message.getPayload(), UTF_8)).isEqualTo("{\"a\":\"ü\"}");
        assertThat(message.getQos()).isEqualTo(1);
        assertThat(message.getProperties().getUserProperties()).singleElement().satisfies(property -> {
            assertThat(property.getKey()).isEqualTo("Idempotency-Key");
            assertThat(property.getValue()).isEqualTo("id1-first");
        });
        subscriber.disconnect();
        subscriber.close();
    }

    @Test
    void aBrokerThatDoesNotLetUsInDoesNotTakeTheMessageNow() {
        Outcome outcome = new MqttSender(channel("wrong")).send(Letters.delivery("id1", "first"));

        assertThat(outcome.kind()).isNotEqualTo(Outcome.Kind.DELIVERED);
        assertThat(outcome.reason()).isNotBlank().doesNotContain("wrong");
    }

    @Test
    void aBrokerThatIsAwayIsTriedAgain() throws Exception {
        stop();

        assertThat(new MqttSender(channel("right"))
                        .send(Letters.delivery("id1", "first"))
                        .kind())
                .isEqualTo(Outcome.Kind.RETRY);
    }

    private MqttClient subscriber(BlockingQueue<MqttMessage> received) throws Exception {
        MqttClient client = new MqttClient("tcp://127.0.0.1:" + port, "subscriber", new MemoryPersistence());
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setUserName("me");
        options.setPassword("right".getBytes(UTF_8));
        client.connect(options);
        client.subscribe(
                List.of(new MqttSubscription("longwatch/alerts", 1)).toArray(MqttSubscription[]::new),
                List.<IMqttMessageListener>of((topic, message) -> received.add(message))
                        .toArray(IMqttMessageListener[]::new));
        return client;
    }

    private boolean isUp() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private Channel channel(String password) {
        return Channel.mqtt("bus", "mqtt://127.0.0.1:" + port, "me", password, "longwatch/alerts");
    }

    private static void run(Path program, String... arguments) throws Exception {
        List<String> command = Stream.concat(Stream.of(program.getFileName().toString()), Stream.of(arguments))
                .toList();
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }
}
