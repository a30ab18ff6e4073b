// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.alert.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.longwatch.indexer.alert.Alert;
import dev.longwatch.indexer.alert.Channel;
import dev.longwatch.indexer.alert.Delivery;
import dev.longwatch.indexer.alert.Evidence;
import dev.longwatch.jobs.evidence.EvidenceFolder;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class MailSenderTest {

    private final GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void aMessageArrivesAtEveryReceiverUnderAnIdThatItsRepetitionHasToo() throws Exception {
        Channel channel = channel("smtp-plain", "", "");

        assertThat(new MailSender(channel, EvidenceFolder.NONE).send(delivery("a car at the gate")))
                .isEqualTo(Outcome.DELIVERED);
        assertThat(new MailSender(channel, EvidenceFolder.NONE).send(delivery("a car at the gate")))
                .isEqualTo(Outcome.DELIVERED);

        MimeMessage[] received = server.getReceivedMessages();
        assertThat(received).hasSize(4);
        assertThat(List.of(received)).extracting(MimeMessage::getMessageID).containsOnly(received[0].getMessageID());
        assertThat(received[0].getSubject()).isEqualTo("a car at the gate");
        assertThat(received[0].getContent().toString().strip()).isEqualTo("grüße");
        assertThat(received[0].getFrom()[0]).hasToString("longwatch@example.com");
    }

    @Test
    void theThumbnailGoesAlongWhenItIsThereAndNobodyWaitsForIt(@TempDir Path root) throws Exception {
        MailSender sender = new MailSender(channel("smtp-plain", "", ""), new EvidenceFolder(root.toString(), ""));

        assertThat(sender.send(delivery("before"))).isEqualTo(Outcome.DELIVERED);
        Path thumbnail = root.resolve(Evidence.thumbnailOf("id1"));
        Files.createDirectories(thumbnail.getParent());
        Files.write(thumbnail, new byte[] {1, 2, 3});
        assertThat(sender.send(delivery("after"))).isEqualTo(Outcome.DELIVERED);

        assertThat(received("before").getContent().toString().strip()).isEqualTo("grüße");
        Multipart parts = (Multipart) received("after").getContent();
        assertThat(parts.getCount()).isEqualTo(2);
        assertThat(parts.getBodyPart(0).getContent().toString().strip()).isEqualTo("grüße");
        assertThat(parts.getBodyPart(1).getContentType()).startsWith("image/jpeg");
        assertThat(parts.getBodyPart(1).getInputStream().readAllBytes()).containsExactly(1, 2, 3);
    }

    @Test
    void aLineBreakInASubjectBeginsNoHeader() throws Exception {
        new MailSender(channel("smtp-plain", "", ""), EvidenceFolder.NONE)
                .send(delivery("a car\r\nBcc: eve@example.com"));

        MimeMessage received = server.getReceivedMessages()[0];
        assertThat(received.getHeader("Bcc")).isNull();
        assertThat(received.getSubject()).isEqualTo("a car Bcc: eve@example.com");
    }

    @Test
    void whoLogsInIsLetInWithTheRightPassword() {
        server.setUser("longwatch@example.com", "me", "right");

        assertThat(new MailSender(channel("smtp-plain", "me", "right"), EvidenceFolder.NONE).send(delivery("one")))
                .isEqualTo(Outcome.DELIVERED);
        Outcome refused =
                new MailSender(channel("smtp-plain", "me", "wrong"), EvidenceFolder.NONE).send(delivery("two"));
        assertThat(refused.kind()).isEqualTo(Outcome.Kind.RETRY);
        assertThat(refused.reason()).startsWith("AuthenticationFailedException").doesNotContain("wrong");
    }

    @Test
    void withoutAnOfferOfEncryptionNothingIsSent() {
        Outcome outcome = new MailSender(channel("smtp", "", ""), EvidenceFolder.NONE).send(delivery("one"));

        assertThat(outcome.kind()).isEqualTo(Outcome.Kind.RETRY);
        assertThat(outcome.reason()).contains("STARTTLS is required");
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    @Test
    void aReceiverThatDoesNotExistIsRefusedAndAFullMailboxPasses() throws Exception {
        assertThat(answered("550 no such user").kind()).isEqualTo(Outcome.Kind.REFUSED);
        assertThat(answered("452 mailbox full").kind()).isEqualTo(Outcome.Kind.RETRY);
    }

    @Test
    void aServerThatIsAwayIsTriedAgain() {
        Channel channel = channel("smtp-plain", "", "");
        server.stop();

        assertThat(new MailSender(channel, EvidenceFolder.NONE)
                        .send(delivery("one"))
                        .kind())
                .isEqualTo(Outcome.Kind.RETRY);
    }

    private MimeMessage received(String subject) throws MessagingException {
        for (MimeMessage message : server.getReceivedMessages()) {
            if (message.getSubject().equals(subject)) {
                return message;
            }
        }
        throw new AssertionError("nobody got a mail about " + subject);
    }

    /** A server that says {@code words} to every receiver. */
    private static Outcome answered(String words) throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread smtp = new Thread(() -> {
                try (Socket connection = socket.accept()) {
                    talk(connection, words);
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            smtp.start();
            Outcome outcome = new MailSender(channel("smtp-plain", socket.getLocalPort(), "", ""), EvidenceFolder.NONE)
                    .send(delivery("one"));
            smtp.join();
            return outcome;
        }
    }

    private static void talk(Socket connection, String toReceivers) throws IOException {
        OutputStream out = connection.getOutputStream();
        BufferedReader in =
                new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII));
        String answer = "220 hello";
        do {
            out.write((answer + "\r\n").getBytes(StandardCharsets.US_ASCII));
            out.flush();
            String line = in.readLine();
            if (line == null || line.startsWith("QUIT")) {
                return;
            }
            answer = line.startsWith("RCPT") ? toReceivers : "250 ok";
        } while (true);
    }

    private static Delivery delivery(String subject) {
        Alert alert = Letters.notice("id1", false).alert();
        return Delivery.pending("id1-first-duty", alert, "duty", subject, "grüße\n", 0);
    }

    private Channel channel(String scheme, String user, String password) {
        return channel(scheme, server.getSmtp().getPort(), user, password);
    }

    private static Channel channel(String scheme, int port, String user, String password) {
        return Channel.mail(
                "duty",
                scheme + "://127.0.0.1:" + port,
                user,
                password,
                "longwatch@example.com",
                List.of("ada@example.com", "grace@example.com"));
    }
}
