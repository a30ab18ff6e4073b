// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.eval;

import dev.longwatch.jobs.ConfigException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The labels of a file.
 *
 * @param problems lines that were left out, and why; one sentence each
 */
public record Labels(LabelFormat format, List<Label> list, List<String> problems) {

    public Labels {
        list = List.copyOf(list);
        problems = List.copyOf(problems);
    }

    /**
     * Reads a file of labels.
     *
     * @param format name of the format in lower case; empty to tell by the content
     * @param videos where the videos are; empty for the file's own folder
     * @throws ConfigException when the file cannot be used, with the line, what was found and what was expected
     */
    public static Labels read(Path file, String format, String videos) {
        String text = text(file);
        LabelFormat chosen = format.isEmpty() ? LabelFormat.recognise(file, text) : LabelFormat.named(format);
        Path folder = file.toAbsolutePath().normalize().resolveSibling(videos).normalize();
        if (!Files.isDirectory(folder)) {
            throw new ConfigException("no such directory of videos: " + folder);
        }
        Labels labels = chosen.read(file, text, folder);
        if (labels.list().isEmpty()) {
            throw new ConfigException(file + ": expected at least one label, found none"
                    + labels.problems().stream().map(problem -> "; " + problem).collect(Collectors.joining()));
        }
        return labels;
    }

    /** By video, in the order of the file. */
    public Map<Path, List<Label>> byVideo() {
        return list.stream().collect(Collectors.groupingBy(Label::path, LinkedHashMap::new, Collectors.toList()));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new ConfigException("labels file " + file + " does not exist", e);
        } catch (CharacterCodingException e) {
            throw new ConfigException("labels file " + file + ": expected UTF-8 text, found other bytes", e);
        } catch (IOException e) {
            throw new ConfigException("labels file " + file + " cannot be read: " + e.getMessage(), e);
        }
    }
}
