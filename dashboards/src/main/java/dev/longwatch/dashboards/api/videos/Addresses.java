// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api.videos;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Addresses of videos as events hold them: a file's path or URI, a stream's URL, or the root of recordings. */
public final class Addresses {

    /** What the job writes before the root of all recordings. */
    private static final String RECORDING = "recording:";

    private Addresses() {}

    /** What may be shown of an address: no user, no password, no parameters; null when it cannot be told apart. */
    static @Nullable String shown(@Nullable String address) {
        if (address == null || file(address).isPresent() || recordings(address).isPresent()) {
            return address;
        }
        try {
            URI uri = new URI(address);
            return uri.getHost() == null
                    ? null
                    : new URI(uri.getScheme(), null, uri.getHost(), uri.getPort(), uri.getPath(), null, null)
                            .toString();
        } catch (URISyntaxException e) {
            return null;
        }
    }

    /** The file, when the address is one's. */
    public static Optional<Path> file(String address) {
        if (address.startsWith("/")) {
            return path(address);
        }
        if (address.startsWith("file:")) {
            try {
                return path(new URI(address).getPath());
            } catch (URISyntaxException e) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** The folder of all recordings, when the address is one on this machine. */
    public static Optional<Path> recordings(String address) {
        return address.startsWith(RECORDING) ? file(address.substring(RECORDING.length())) : Optional.empty();
    }

    private static Optional<Path> path(@Nullable String path) {
        try {
            return path == null ? Optional.empty() : Optional.of(Path.of(path)).filter(Path::isAbsolute);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
