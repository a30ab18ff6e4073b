// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api.page;

import dev.longwatch.dashboards.api.http.HttpProblem;
import dev.longwatch.dashboards.api.http.Route;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The page's files, from the jar, for everybody: nothing of them is secret, and whoever has no token yet is asked for it
 * there. A browser asks each time whether its copy is still the right one.
 */
public final class PageFiles {

    private static final String FOLDER = "/dev/longwatch/dashboards/page/";

    /** No name that leads out of the folder. */
    private static final Pattern NAME = Pattern.compile("([a-z]+/)*[a-z]+(\\.[a-z]+)*\\.(html|css|js|svg)");

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml; charset=utf-8");

    /** Only what came from here is run, shown and asked; no text becomes markup or a script. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " media-src 'self' blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
            + " require-trusted-types-for 'script'; trusted-types 'none'";

    private record PageFile(byte[] bytes, String type, String tag) {}

    /** Only what is there gets in. */
    private final Map<String, PageFile> files = new ConcurrentHashMap<>();

    public List<Route> routes() {
        return List.of(
                Route.get("/", context -> send(context, "index.html")).toEverybody(),
                Route.get("/page.css", context -> send(context, "page.css")).toEverybody(),
                Route.get("/icon.svg", context -> send(context, "icon.svg")).toEverybody(),
                Route.get("/js/<file>", context -> send(context, "js/" + context.pathParam("file")))
                        .toEverybody(),
                Route.get("/lib/<file>", context -> send(context, "lib/" + context.pathParam("file")))
                        .toEverybody());
    }

    private void send(Context context, String name) {
        PageFile file = files.computeIfAbsent(name, PageFiles::read);
        if (file == null) {
            throw HttpProblem.notFound("the page has no such file");
        }
        context.header("Content-Security-Policy", POLICY);
        context.header("Cache-Control", "no-cache");
        context.header("ETag", file.tag());
        context.header("Vary", "Accept-Encoding");
        if (isKnown(context, file.tag())) {
            context.status(304);
            return;
        }
        context.contentType(file.type()).result(file.bytes());
    }

    private static boolean isKnown(Context context, String tag) {
        String known = context.header("If-None-Match");
        return known != null
                && Arrays.stream(known.split(",", 100))
                        .anyMatch(each -> each.strip().equals(tag));
    }

    private static @Nullable PageFile read(String name) {
        if (!NAME.matcher(name).matches()) {
            return null;
        }
        try (InputStream in = PageFiles.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                return null;
            }
            byte[] bytes = in.readAllBytes();
            // weak: the same file goes out packed and as it is
            return new PageFile(bytes, type(name), "W/\"" + hash(bytes) + "\"");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String type(String name) {
        return TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "application/octet-stream");
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes))
                    .substring(0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
