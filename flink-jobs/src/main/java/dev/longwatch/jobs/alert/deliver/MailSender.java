// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.alert.deliver;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longwatch.indexer.alert.Channel;
import dev.longwatch.indexer.alert.Delivery;
import dev.longwatch.indexer.alert.Evidence;
import dev.longwatch.jobs.evidence.EvidenceFolder;
import jakarta.activation.DataHandler;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plain text by SMTP, with the alert's thumbnail when that is there already, a connection for each message. Its message id
 * derives from the key, so that a repetition has the same.
 */
final class MailSender implements Sender {

    private static final Logger LOG = LoggerFactory.getLogger(MailSender.class);

    private static final int PERMANENT = 500;
    private static final int LARGEST_THUMBNAIL = 1 << 20;

    private final Channel channel;
    private final EvidenceFolder evidence;
    private final Session session;

    /** @param evidence where thumbnails are */
    MailSender(Channel channel, EvidenceFolder evidence) {
        this.channel = channel;
        this.evidence = evidence;
        this.session = Session.getInstance(properties(channel));
    }

    @Override
    public Outcome send(Delivery delivery) {
        URI address = channel.address();
        try (Transport transport = session.getTransport("smtp")) {
            MimeMessage message = message(delivery);
            transport.connect(
                    address.getHost(),
                    address.getPort(),
                    channel.user().isEmpty() ? null : channel.user(),
                    channel.user().isEmpty() ? null : channel.password());
            transport.sendMessage(message, message.getAllRecipients());
            return Outcome.DELIVERED;
        } catch (AddressException e) {
            return Outcome.refused(Failure.words(e));
        } catch (MessagingException e) {
            return isPermanent(e) ? Outcome.refused(Failure.words(e)) : Outcome.retry(Failure.words(e));
        }
    }

    private MimeMessage message(Delivery delivery) throws MessagingException {
        UUID key = UUID.nameUUIDFromBytes(delivery.key().getBytes(UTF_8));
        MimeMessage message = new MimeMessage(session) {
            @Override
            protected void updateMessageID() throws MessagingException {
                setHeader("Message-ID", "<" + key + "@longwatch>");
            }
        };
        message.setFrom(new InternetAddress(channel.from()));
        for (String receiver : channel.to()) {
            message.addRecipient(Message.RecipientType.TO, new InternetAddress(receiver));
        }
        // a line break would begin another header
        message.setSubject(delivery.subject().replaceAll("[\\r\\n]+", " "), UTF_8.name());
        message.setSentDate(Date.from(Instant.ofEpochMilli(delivery.createdAtMillis())));
        Optional<byte[]> thumbnail = thumbnail(delivery);
        if (thumbnail.isPresent()) {
            message.setContent(with(delivery.body(), thumbnail.get()));
        } else {
            message.setText(delivery.body(), UTF_8.name());
        }
        message.saveChanges();
        return message;
    }

    /** Nothing when it is not there yet: a mail does not wait for it. */
    private Optional<byte[]> thumbnail(Delivery delivery) {
        if (!evidence.isThere()) {
            return Optional.empty();
        }
        try {
            return evidence.read(Evidence.thumbnailOf(delivery.alert()), LARGEST_THUMBNAIL);
        } catch (IOException | RuntimeException e) {
            LOG.warn("the mail {} goes without its picture", delivery.key(), e);
            return Optional.empty();
        }
    }

    private static Multipart with(String text, byte[] thumbnail) throws MessagingException {
        MimeBodyPart words = new MimeBodyPart();
        words.setText(text, UTF_8.name());
        MimeBodyPart picture = new MimeBodyPart();
        picture.setDataHandler(new DataHandler(new ByteArrayDataSource(thumbnail, "image/jpeg")));
        picture.setFileName("alert.jpg");
        picture.setDisposition(Part.ATTACHMENT);
        return new MimeMultipart(words, picture);
    }

    private static boolean isPermanent(MessagingException e) {
        for (Throwable t = e; t != null; t = t instanceof MessagingException m ? m.getNextException() : null) {
            if ((t instanceof SMTPAddressFailedException address && address.getReturnCode() >= PERMANENT)
                    || (t instanceof SMTPSenderFailedException sender && sender.getReturnCode() >= PERMANENT)
                    || (t instanceof SMTPSendFailedException send && send.getReturnCode() >= PERMANENT)) {
                return true;
            }
        }
        return false;
    }

    private static Properties properties(Channel channel) {
        String scheme = channel.address().getScheme();
        Properties properties = new Properties();
        for (String step : new String[] {"connectiontimeout", "timeout", "writetimeout"}) {
            properties.setProperty("mail.smtp." + step, Integer.toString(TIMEOUT_MILLIS));
        }
        properties.setProperty(
                "mail.smtp.auth", Boolean.toString(!channel.user().isEmpty()));
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        properties.setProperty("mail.smtp.ssl.enable", Boolean.toString(scheme.equalsIgnoreCase("smtps")));
        // a password must not be sent in the clear because somebody between the two hides the offer of encryption
        properties.setProperty("mail.smtp.starttls.enable", Boolean.toString(scheme.equalsIgnoreCase("smtp")));
        properties.setProperty("mail.smtp.starttls.required", Boolean.toString(scheme.equalsIgnoreCase("smtp")));
        return properties;
    }
}
