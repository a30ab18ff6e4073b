// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api.http;

import dev.longwatch.dashboards.api.http.HttpProblem.Kind;
import io.javalin.http.Context;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Answers only to its own names. A page from elsewhere whose name was bound to this machine's address would otherwise be
 * taken by a browser for our own (DNS rebinding); it cannot do that with an address in digits.
 */
public final class HostCheck {

    private static final Pattern ADDRESS = Pattern.compile("(\\d{1,3}\\.){3}\\d{1,3}|\\[[0-9a-f:.]+]");

    private final Set<String> names;

    /** @param names of this machine that are known to others, in lower case */
    public HostCheck(Set<String> names) {
        this.names = Set.copyOf(names);
    }

    /** @throws HttpProblem when the request was meant for somebody else */
    public void check(Context context) {
        String host = context.header("Host");
        String name = host == null ? "" : host.toLowerCase(Locale.ROOT).replaceFirst(":\\d{1,5}$", "");
        if (!name.equals("localhost")
                && !names.contains(name)
                && !ADDRESS.matcher(name).matches()) {
            throw new HttpProblem(
                    Kind.MISDIRECTED, "this Longwatch does not answer to that name; 'longwatch serve --host' adds one");
        }
    }
}
