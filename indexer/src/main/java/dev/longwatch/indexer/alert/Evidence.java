// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.alert;

/**
 * What there is to see of an {@link Alert}. Made by the job when the alert is kept already, and kept apart from it: neither
 * waits for the other.
 *
 * <p>Travels through Flink and is kept in its state: components stay flat and keep their meaning.
 *
 * @param alert the alert's id
 * @param version the alert's when this was made, so that a late writer cannot overwrite a newer state
 * @param stream the alert's
 * @param rule the alert's
 * @param startedAtMillis wall clock at which the event began, milliseconds since 1970 UTC
 * @param thumbnail where the JPEG is, relative to the root of all evidence; empty when there is none
 * @param clip where the MP4 is, relative to the root of all evidence; empty when there is none, or not yet
 * @param clipStartMillis what the video's clock says at the clip's own zero, which is a key picture before the event; an
 *     instant of the video is shown so many milliseconds later in the clip
 * @param clipEndMillis where the clip ends, on the video's clock
 * @param problem why something is missing, for a person; empty when nothing is
 */
public record Evidence(
        String alert,
        long version,
        String stream,
        String rule,
        long startedAtMillis,
        String thumbnail,
        String clip,
        long clipStartMillis,
        long clipEndMillis,
        String problem) {

    /** How many characters of the id name the folder: no folder gets too large to list. */
    private static final int FOLDER_CHARACTERS = 2;

    /** Nothing was made yet. */
    public static Evidence none(Alert alert) {
        return new Evidence(
                alert.id(), alert.version(), alert.stream(), alert.rule(), alert.startedAtMillis(), "", "", 0, 0, "");
    }

    /** Where an alert's thumbnail is or will be, relative to the root of all evidence. */
    public static String thumbnailOf(String alert) {
        return path(alert, ".jpg");
    }

    /** Where an alert's clip is or will be, relative to the root of all evidence. */
    public static String clipOf(String alert) {
        return path(alert, ".mp4");
    }

    /** The same evidence, of the alert as it stands now. */
    public Evidence of(Alert now) {
        return new Evidence(
                alert,
                now.version(),
                stream,
                rule,
                now.startedAtMillis(),
                thumbnail,
                clip,
                clipStartMillis,
                clipEndMillis,
                problem);
    }

    public Evidence withThumbnail() {
        return new Evidence(
                alert,
                version,
                stream,
                rule,
                startedAtMillis,
                thumbnailOf(alert),
                clip,
                clipStartMillis,
                clipEndMillis,
                problem);
    }

    /**
     * With a clip.
     *
     * @param startMillis see {@link #clipStartMillis}
     * @param endMillis see {@link #clipEndMillis}
     */
    public Evidence withClip(long startMillis, long endMillis) {
        return new Evidence(
                alert,
                version,
                stream,
                rule,
                startedAtMillis,
                thumbnail,
                clipOf(alert),
                startMillis,
                endMillis,
                problem);
    }

    /** With a reason why something is missing, beside those it has. */
    public Evidence without(String reason) {
        return new Evidence(
                alert,
                version,
                stream,
                rule,
                startedAtMillis,
                thumbnail,
                clip,
                clipStartMillis,
                clipEndMillis,
                problem.isEmpty() ? reason : problem.contains(reason) ? problem : problem + "; " + reason);
    }

    private static String path(String alert, String ending) {
        String folder = alert.substring(0, Math.min(FOLDER_CHARACTERS, alert.length()));
        return "evidence/" + folder + "/" + alert + ending;
    }
}
