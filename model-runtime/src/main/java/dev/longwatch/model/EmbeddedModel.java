// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The small model on the class path, copied once to the user's cache, because weights are mapped from files. Where:
 * {@code longwatch.cache}, else {@code $XDG_CACHE_HOME/longwatch}, else {@code ~/.cache/longwatch}.
 */
final class EmbeddedModel {

    private static final String NAME = "nano";
    private static final List<String> FILES = List.of(
            "config.json",
            "tokenizer.json",
            "preprocessor_config.json",
            "generation_config.json",
            "model.safetensors",
            "known_words.json");

    private EmbeddedModel() {}

    /** @return a directory with the model's files, whole */
    static Path unpack() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        FILES.forEach(file -> files.put(file, resource(file)));
        return copy(files, cache());
    }

    /** @param files contents by name */
    static Path copy(Map<String, byte[]> files, Path cache) {
        // under its digest: another release's model does not get in the way, and a path once opened never changes
        Path target = cache.resolve("models").resolve(digest(files)).resolve(NAME);
        try {
            if (!isWhole(target, files)) {
                write(target, files);
            }
            return target;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot copy the embedded model to " + target, e);
        }
    }

    private static Path cache() {
        String chosen = System.getProperty("longwatch.cache");
        if (chosen != null) {
            return Path.of(chosen);
        }
        String xdg = System.getenv("XDG_CACHE_HOME");
        Path caches = xdg == null || xdg.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(xdg);
        return caches.resolve("longwatch");
    }

    private static byte[] resource(String file) {
        try (InputStream in = EmbeddedModel.class.getResourceAsStream(NAME + "/" + file)) {
            if (in == null) {
                throw new ModelException("this build has no embedded model: " + NAME + "/" + file + " is missing");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + NAME + "/" + file, e);
        }
    }

    private static boolean isWhole(Path target, Map<String, byte[]> files) throws IOException {
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path copy = target.resolve(file.getKey());
            if (!Files.isRegularFile(copy) || Files.size(copy) != file.getValue().length) {
                return false;
            }
        }
        return true;
    }

    /** Each file appears whole or not at all, so that processes may do this at the same time. */
    private static void write(Path target, Map<String, byte[]> files) throws IOException {
        Files.createDirectories(target);
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path part = Files.createTempFile(target, file.getKey(), ".part");
            Files.write(part, file.getValue());
            Files.move(part, target.resolve(file.getKey()), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private static String digest(Map<String, byte[]> files) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            files.values().forEach(digest::update);
            return HexFormat.of().formatHex(digest.digest()).substring(0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
