// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.schema;

import dev.longwatch.indexer.alert.Alert;
import dev.longwatch.indexer.alert.Delivery;
import dev.longwatch.indexer.alert.Evidence;
import dev.longwatch.indexer.coverage.CoverageSpan;
import dev.longwatch.indexer.event.VideoEvent;
import java.io.Serializable;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The names of one installation's indices. An event's index is a function of the event alone, so that a replay writes it
 * to the same place.
 *
 * @param prefix what every name begins with: lower-case letters, digits and hyphens
 */
public record IndexNames(String prefix) implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final Pattern PREFIX = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
    private static final DateTimeFormatter MONTH =
            DateTimeFormatter.ofPattern("uuuu.MM", Locale.ROOT).withZone(ZoneOffset.UTC);

    public static final IndexNames STANDARD = new IndexNames("longwatch");

    public IndexNames {
        if (!PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException(
                    "expected an index prefix of lower-case letters, digits and hyphens, found '" + prefix + "'");
        }
    }

    /** The index of the month, in UTC, in which the event began. */
    public String ofEvent(VideoEvent event) {
        return prefix + "-events-" + month(event.startedAtMillis());
    }

    /** The index of the month, in UTC, in which the alert's event began. */
    public String ofAlert(Alert alert) {
        return prefix + "-alerts-" + month(alert.startedAtMillis());
    }

    /** The index of the month, in UTC, in which the alert's event began. */
    public String ofEvidence(Evidence evidence) {
        return prefix + "-evidence-" + month(evidence.startedAtMillis());
    }

    /** The index of the month, in UTC, in which the message was written. */
    public String ofDelivery(Delivery delivery) {
        return prefix + "-deliveries-" + month(delivery.createdAtMillis());
    }

    /** The index of the month, in UTC, in which the stretch begins. */
    public String ofCoverage(CoverageSpan span) {
        return prefix + "-coverage-" + month(span.fromMillis());
    }

    /** Matches the indices of all months. */
    public String everyCoverage() {
        return prefix + "-coverage-*";
    }

    /** Matches the indices of all months. */
    public String everyEvent() {
        return prefix + "-events-*";
    }

    /** Matches the indices of all months. */
    public String everyAlert() {
        return prefix + "-alerts-*";
    }

    /** Matches the indices of all months. */
    public String everyEvidence() {
        return prefix + "-evidence-*";
    }

    /** Matches the indices of all months. */
    public String everyDelivery() {
        return prefix + "-deliveries-*";
    }

    /** What events say, each wording once. */
    public String wordings() {
        return prefix + "-wordings";
    }

    /** What people did about alerts. */
    public String handling() {
        return prefix + "-handling";
    }

    /** Streams as people described them. */
    public String streams() {
        return prefix + "-streams";
    }

    /** Rules as people described them. */
    public String rules() {
        return prefix + "-rules";
    }

    /** Documents that Elasticsearch would not take, each with its cause. */
    public String refused() {
        return prefix + "-refused";
    }

    /** What is kept whatever retention says, and the cases it belongs to. */
    public String pins() {
        return prefix + "-pins";
    }

    /** What was deleted when and why, without what it was. */
    public String receipts() {
        return prefix + "-receipts";
    }

    String eventsTemplate() {
        return prefix + "-events";
    }

    String alertsTemplate() {
        return prefix + "-alerts";
    }

    String evidenceTemplate() {
        return prefix + "-evidence";
    }

    String deliveriesTemplate() {
        return prefix + "-deliveries";
    }

    String handlingTemplate() {
        return prefix + "-handling";
    }

    String definitionsTemplate() {
        return prefix + "-definitions";
    }

    String coverageTemplate() {
        return prefix + "-coverage";
    }

    String wordingsTemplate() {
        return prefix + "-wordings";
    }

    String refusedTemplate() {
        return prefix + "-refused";
    }

    private static String month(long millis) {
        return MONTH.format(Instant.ofEpochMilli(millis));
    }
}
