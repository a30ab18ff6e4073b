// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.govern;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An address with {@code ***} in place of whatever may open something: what is shown, and kept where others read. */
public final class ShownAddress {

    /** Stands for what is not shown. */
    static final String HIDDEN = "***";

    private static final Pattern URL = Pattern.compile("(?s)(?<scheme>[A-Za-z][A-Za-z0-9+.-]*)://(?<place>.*)");
    /** Some cameras want it in the path. */
    private static final Pattern SECRET =
            Pattern.compile("(?i)((?:pass\\w*|pwd|token|key|secret|auth|user\\w*|login)=)[^&/;?]*");

    private ShownAddress() {}

    /** A path stays as it is. */
    public static String of(String url) {
        Matcher parts = URL.matcher(url);
        if (!parts.matches() || parts.group("scheme").equalsIgnoreCase("file")) {
            return url;
        }
        String place = parts.group("place");
        // a password may hold any character: what comes before the last @ is never shown
        int at = place.lastIndexOf('@');
        String user = at < 0 ? "" : user(place.substring(0, at)) + "@";
        String rest = place.substring(at + 1);
        int question = rest.indexOf('?');
        String path = SECRET.matcher(question < 0 ? rest : rest.substring(0, question))
                .replaceAll("$1" + HIDDEN);
        String query = question < 0 ? "" : "?" + rest.substring(question + 1).replaceAll("[^&=]+(?=&|$)", HIDDEN);
        boolean keyed = parts.group("scheme").toLowerCase(Locale.ROOT).startsWith("rtmp");
        return parts.group("scheme") + "://" + user + (keyed ? withoutKey(path) : path) + query;
    }

    private static String user(String given) {
        int colon = given.indexOf(':');
        return colon < 0 ? HIDDEN : given.substring(0, colon) + ":" + HIDDEN;
    }

    /** The key of a stream that is published stands in the path's last part. */
    private static String withoutKey(String path) {
        int first = path.indexOf('/');
        int last = path.lastIndexOf('/');
        return last > first ? path.substring(0, last + 1) + HIDDEN : path;
    }
}
