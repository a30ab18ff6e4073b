// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.alert;

import java.util.List;

/** Names with {@code *} for any characters, also none, and {@code ?} for any one. */
final class Glob {

    private Glob() {}

    /** Whether {@code name} matches one of them; without any, every name does. */
    static boolean anyMatches(List<String> globs, String name) {
        return globs.isEmpty() || globs.stream().anyMatch(glob -> matches(glob, name));
    }

    /** Takes time in proportion to both lengths, whatever the pattern. */
    static boolean matches(String glob, String name) {
        int at = 0;
        int star = -1;
        int starAt = 0;
        int i = 0;
        while (at < name.length()) {
            if (i < glob.length() && glob.charAt(i) == '*') {
                star = i++;
                starAt = at;
            } else if (i < glob.length() && (glob.charAt(i) == '?' || glob.charAt(i) == name.charAt(at))) {
                i++;
                at++;
            } else if (star >= 0) {
                i = star + 1;
                at = ++starAt;
            } else {
                return false;
            }
        }
        while (i < glob.length() && glob.charAt(i) == '*') {
            i++;
        }
        return i == glob.length();
    }
}
