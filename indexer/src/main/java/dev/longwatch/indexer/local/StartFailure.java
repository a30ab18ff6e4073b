// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.local;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.longwatch.indexer.local.ServerException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds in the logs why a server ended while starting, and says it in one sentence. */
final class StartFailure {

    /** What the keeper says of a server that neither answers nor ends. */
    static final String TOO_SLOW = "the server has not answered in time";

    /** What a line of the log tells. */
    private record Sign(Pattern line, Reason reason, String sentence) {

        Sign(String line, Reason reason, String sentence) {
            this(Pattern.compile(line, Pattern.CASE_INSENSITIVE), reason, sentence);
        }
    }

    private static final List<Sign> SIGNS = List.of(
            new Sign("no space left on device|quota exceeded", Reason.DISK_FULL, "the disk is full"),
            new Sign(
                    "failed to obtain node lock|lock held by another",
                    Reason.IN_USE,
                    "another Elasticsearch holds the same data"),
            new Sign(
                    "insufficient memory|could not reserve enough space|cannot allocate memory|outofmemoryerror",
                    Reason.MEMORY,
                    "there is not enough memory for its heap"),
            new Sign(
                    "unsupportedclassversion|unrecognized vm option|could not create the java virtual machine",
                    Reason.JAVA,
                    "this Java cannot run it"),
            new Sign(
                    "cannot downgrade|cannot upgrade a node|created by version",
                    Reason.DATA_DIRECTORY,
                    "the data belongs to another version of it"),
            new Sign("bindexception|failed to bind|address already in use", Reason.PORT, "it cannot bind a port"),
            new Sign(
                    "accessdeniedexception|permission denied|read-only file system",
                    Reason.DATA_DIRECTORY,
                    "it may not use its files"),
            new Sign(TOO_SLOW, Reason.TIMED_OUT, "it was too slow"));

    private static final Pattern TROUBLE =
            Pattern.compile("\\[(ERROR|FATAL)|exception|error", Pattern.CASE_INSENSITIVE);

    private static final int QUOTE_LENGTH = 300;

    private StartFailure() {}

    static ServerException explain(DataDirectory directory) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Path log : List.of(directory.keeperLog(), directory.consoleLog(), directory.serverLog())) {
            if (Files.exists(log)) {
                lines.addAll(Files.readAllLines(log, ISO_8859_1));
            }
        }
        String where = "; see " + directory.serverLog() + " and " + directory.consoleLog();
        for (Sign sign : SIGNS) {
            for (String line : lines) {
                if (sign.line().matcher(line).find()) {
                    return new ServerException(
                            sign.reason(),
                            "Elasticsearch did not start because " + sign.sentence() + " (" + quote(line) + ")"
                                    + where);
                }
            }
        }
        return new ServerException(Reason.DID_NOT_START, "Elasticsearch did not start: " + trouble(lines) + where);
    }

    /** The first line that speaks of an error, since later ones follow from it; else the last line there is. */
    private static String trouble(List<String> lines) {
        List<String> spoken = lines.stream().filter(line -> !line.isBlank()).toList();
        return spoken.stream()
                .filter(line -> TROUBLE.matcher(line).find())
                .findFirst()
                .or(() -> spoken.isEmpty() ? Optional.empty() : Optional.of(spoken.get(spoken.size() - 1)))
                .map(StartFailure::quote)
                .orElse("it left no log");
    }

    private static String quote(String line) {
        String words = line.strip();
        return words.length() <= QUOTE_LENGTH ? words : words.substring(0, QUOTE_LENGTH) + "…";
    }
}
