// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the API wants to see. Kept as a hash only: a token that Longwatch makes has 256 bits of chance, so that one round of
 * SHA-256 is enough. Never shown but by {@link #create} and {@link #renew}, once.
 */
public final class ApiToken {

    private static final String FILE = "token.sha256";
    private static final String BEGINNING = "lw_";
    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Supplier<byte[]> hash;

    private ApiToken(Supplier<byte[]> hash) {
        this.hash = hash;
    }

    /** One that somebody has chosen. */
    public static ApiToken of(String token) {
        byte[] hash = sha256(token);
        return new ApiToken(hash::clone);
    }

    /** The one whose hash is kept in a folder, at every moment: a new one is valid at once, and the old one void. */
    public static ApiToken keptIn(Path folder) {
        Path file = folder.resolve(FILE);
        return new ApiToken(() -> read(file));
    }

    /**
     * Makes a token unless there is one.
     *
     * @return the token when it was made now
     */
    public static Optional<String> create(Path folder) {
        Path file = folder.resolve(FILE);
        if (Files.exists(file)) {
            return Optional.empty();
        }
        String token = random();
        return write(folder, token, false) ? Optional.of(token) : Optional.empty();
    }

    /** Makes a token in place of the one there may be. */
    public static String renew(Path folder) {
        String token = random();
        write(folder, token, true);
        return token;
    }

    /** Takes the same time whatever is presented. */
    boolean is(String presented) {
        return MessageDigest.isEqual(hash.get(), sha256(presented));
    }

    /** Changes when the token does. */
    byte[] hash() {
        return hash.get();
    }

    /** Nothing of it. */
    @Override
    public String toString() {
        return "a token";
    }

    /** As much chance as a token has. */
    static String random() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return BEGINNING + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** No token is any good while there is no file. */
    private static byte[] read(Path file) {
        try {
            return HexFormat.of().parseHex(Files.readString(file).strip());
        } catch (NoSuchFileException e) {
            return new byte[0];
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(file + " holds no hash of a token; 'longwatch token' makes a new one", e);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }

    private static boolean write(Path folder, String token, boolean replace) {
        Path file = folder.resolve(FILE);
        try {
            Files.createDirectories(folder);
            Path draft = Files.createTempFile(
                    folder,
                    FILE,
                    ".new",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try {
                Files.writeString(draft, HexFormat.of().formatHex(sha256(token)) + "\n");
                if (replace) {
                    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                } else {
                    // of two that begin at once one is first
                    Files.createLink(file, draft);
                }
                return true;
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException("the hash of the token cannot be kept in " + folder, e);
        }
    }
}
