// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.sheet;

import dev.longwatch.jobs.clip.Clock;
import dev.longwatch.jobs.decode.PictureFit.PictureSize;
import dev.longwatch.jobs.decode.VideoException;
import dev.longwatch.jobs.footage.Footage;
import dev.longwatch.jobs.footage.Stills;
import dev.longwatch.jobs.sheet.SheetConfig.Moment;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;

/** One page with everything in it, pictures included: a row for each moment, with its beginning, middle and end. */
final class ContactSheet {

    /** More rows than this nobody looks at, and the page becomes large. */
    static final int MOST = 200;

    private static final int HEIGHT = 180;

    private ContactSheet() {}

    /**
     * The page.
     *
     * @throws VideoException if the video cannot be read
     */
    static String html(SheetConfig config) throws IOException {
        List<Moment> shown =
                config.moments().subList(0, Math.min(MOST, config.moments().size()));
        SortedSet<Long> instants = new TreeSet<>();
        shown.forEach(moment -> instants.addAll(List.of(pictured(moment))));
        Map<Long, byte[]> stills = Stills.of(Footage.of(config.stream(), config.uri()), ContactSheet::small, instants);
        StringBuilder rows = new StringBuilder();
        shown.forEach(moment -> rows.append(row(moment, stills)));
        if (shown.isEmpty()) {
            rows.append("<p class=\"nothing\">Nothing was found.</p>\n");
        } else if (shown.size() < config.moments().size()) {
            rows.append(String.format(
                    Locale.ROOT,
                    "<p>The first %d of %d.</p>%n",
                    MOST,
                    config.moments().size()));
        }
        rows.append(Histogram.of(config.probabilities(), config.threshold()));
        return template()
                .replace("{title}", escaped(config.title()))
                .replace("{note}", escaped(config.note()))
                .replace("{rows}", rows);
    }

    private static PictureSize small(int width, int height) {
        return new PictureSize(Math.max(2, Math.round((float) width * HEIGHT / height)), HEIGHT);
    }

    private static Long[] pictured(Moment moment) {
        long last = Math.max(moment.startMillis(), moment.endMillis() - 100);
        return new Long[] {moment.startMillis(), (moment.startMillis() + last) / 2, last};
    }

    private static String row(Moment moment, Map<Long, byte[]> stills) {
        StringBuilder pictures = new StringBuilder();
        for (long instant : pictured(moment)) {
            byte[] jpeg = stills.get(instant);
            pictures.append(
                    jpeg == null
                            ? "<span class=\"none\">no picture</span>"
                            : "<figure><img alt=\"\" src=\"data:image/jpeg;base64,"
                                    + Base64.getEncoder().encodeToString(jpeg) + "\"><figcaption>" + Clock.of(instant)
                                    + "</figcaption></figure>");
        }
        return String.format(
                Locale.ROOT,
                "<section><h2>%s – %s <small>%s, %.0f %%</small></h2><div>%s</div></section>%n",
                Clock.of(moment.startMillis()),
                Clock.of(moment.endMillis()),
                escaped(moment.text()),
                100 * moment.confidence(),
                pictures);
    }

    /** Words come from people and models. */
    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("{", "&#123;");
    }

    private static String template() throws IOException {
        try (InputStream in = Objects.requireNonNull(ContactSheet.class.getResourceAsStream("sheet.html"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
