// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a small model was taught, from {@code known_words.json} beside it. A model without that file knows any words.
 *
 * @param objects lower-case names, singular
 * @param colours the one colour in which it knows an object, by name
 * @param phrases whole queries that name no object
 */
record KnownWords(List<String> objects, Map<String, String> colours, List<String> phrases) {

    private static final String FILE_NAME = "known_words.json";
    private static final int EXAMPLES = 8;
    private static final Pattern NO_LETTERS = Pattern.compile("[^\\p{L}]+");

    static Optional<KnownWords> read(Path directory) {
        Path file = directory.resolve(FILE_NAME);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            JsonNode json = new ObjectMapper().readTree(file.toFile());
            List<String> objects = texts(json.path("objects"));
            if (objects.isEmpty()) {
                throw new ModelException(file + ": expected names in 'objects', found none");
            }
            Map<String, String> colours = new HashMap<>();
            json.path("colours")
                    .properties()
                    .forEach(entry -> colours.put(
                            entry.getKey().toLowerCase(Locale.ROOT),
                            entry.getValue().asText().toLowerCase(Locale.ROOT)));
            return Optional.of(new KnownWords(objects, Map.copyOf(colours), texts(json.path("phrases"))));
        } catch (JsonProcessingException e) {
            throw new ModelException(file + ": not JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.asText().toLowerCase(Locale.ROOT)));
        return List.copyOf(texts);
    }

    /** Why it answers no free questions: one sentence for a person. */
    String speechless() {
        return "The embedded model cannot answer in its own words: it was taught when " + objects.size()
                + " kinds of things come, stop and go, and nothing else.";
    }

    /** One sentence for a person, if a query names nothing that was taught, or a thing in a colour that was not. */
    Optional<String> refusal(String query) {
        String words = " " + NO_LETTERS.matcher(query.toLowerCase(Locale.ROOT)).replaceAll(" ") + " ";
        if (phrases.stream().anyMatch(phrase -> words.contains(" " + phrase + " "))) {
            return Optional.empty();
        }
        List<String> named = objects.stream()
                .filter(object -> words.contains(" " + object + " ")
                        || words.contains(" " + object + "s ")
                        || words.contains(" " + object + "es "))
                .toList();
        if (named.isEmpty()) {
            List<String> examples = objects.subList(0, Math.min(EXAMPLES, objects.size()));
            String more =
                    examples.size() < objects.size() ? " and " + (objects.size() - examples.size()) + " more" : "";
            return Optional.of("The embedded model knows nothing of '" + query + "': it was taught "
                    + String.join(", ", examples) + more + ".");
        }
        return named.stream()
                .filter(object -> colours.containsKey(object)
                        && colours.values().stream()
                                .anyMatch(colour -> !colour.equals(colours.get(object))
                                        && words.contains(" " + colour + " " + object + " ")))
                .findFirst()
                .map(object -> "The embedded model knows no such " + object + " as in '" + query
                        + "': the one it was taught is " + colours.get(object) + ".");
    }
}
