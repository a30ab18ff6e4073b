// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.eval;

import java.util.Locale;

/** Text that a browser draws. Coordinates in pixels, y downwards. */
final class Svg {

    /** Where a text is held. */
    enum Anchor {
        START,
        MIDDLE,
        END;

        private String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final StringBuilder text = new StringBuilder();

    Svg(int width, int height) {
        text.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\""
                        + " font-family=\"Inter, 'Segoe UI', Helvetica, Arial, 'DejaVu Sans', sans-serif\">%n",
                width,
                height,
                width,
                height));
    }

    void rect(double x, double y, double width, double height, String fill, double opacity) {
        text.append(String.format(
                Locale.ROOT,
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\" fill-opacity=\"%.2f\"/>%n",
                x,
                y,
                Math.max(0, width),
                Math.max(0, height),
                fill,
                opacity));
    }

    void line(double x1, double y1, double x2, double y2, String stroke, double width) {
        text.append(String.format(
                Locale.ROOT,
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\" stroke-width=\"%.1f\"/>%n",
                x1,
                y1,
                x2,
                y2,
                stroke,
                width));
    }

    void dashed(double x1, double y1, double x2, double y2, String stroke) {
        text.append(String.format(
                Locale.ROOT,
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\" stroke-dasharray=\"4 4\"/>%n",
                x1,
                y1,
                x2,
                y2,
                stroke));
    }

    void dot(double x, double y, double radius, String fill) {
        text.append(String.format(
                Locale.ROOT,
                "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" fill=\"%s\" stroke=\"#fff\" stroke-width=\"1.5\"/>%n",
                x,
                y,
                radius,
                fill));
    }

    /** @param points x and y by turns */
    void curve(double[] points, String stroke) {
        text.append("<polyline fill=\"none\" stroke-width=\"2.5\" stroke-linejoin=\"round\" stroke=\"")
                .append(stroke)
                .append("\" points=\"")
                .append(joined(points))
                .append("\"/>\n");
    }

    /** @param points x and y by turns */
    void area(double[] points, String fill) {
        text.append("<polygon fill-opacity=\"0.15\" fill=\"")
                .append(fill)
                .append("\" points=\"")
                .append(joined(points))
                .append("\"/>\n");
    }

    private static String joined(double[] points) {
        StringBuilder joined = new StringBuilder();
        for (int i = 0; i < points.length; i += 2) {
            joined.append(String.format(Locale.ROOT, "%.1f,%.1f ", points[i], points[i + 1]));
        }
        return joined.toString().strip();
    }

    void text(double x, double y, Anchor anchor, int size, String fill, String words) {
        text(x, y, anchor, size, fill, words, "");
    }

    void bold(double x, double y, int size, String fill, String words) {
        text(x, y, Anchor.START, size, fill, words, " font-weight=\"600\"");
    }

    /** Reads upwards. */
    void upright(double x, double y, int size, String fill, String words) {
        text(
                x,
                y,
                Anchor.MIDDLE,
                size,
                fill,
                words,
                String.format(Locale.ROOT, " transform=\"rotate(-90 %.1f %.1f)\"", x, y));
    }

    private void text(double x, double y, Anchor anchor, int size, String fill, String words, String more) {
        text.append(String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" font-size=\"%d\" fill=\"%s\"%s>%s</text>%n",
                x,
                y,
                anchor.word(),
                size,
                fill,
                more,
                escaped(words)));
    }

    /** A query may hold anything; XML may not. */
    private static String escaped(String words) {
        return words.codePoints()
                .filter(sign -> sign >= 0x20 && sign != 0xfffe && sign != 0xffff && !(sign >= 0xd800 && sign <= 0xdfff))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;");
    }

    @Override
    public String toString() {
        return text + "</svg>\n";
    }
}
