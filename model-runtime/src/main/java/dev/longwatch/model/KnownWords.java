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
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The things a small model was taught, from {@code known_words.json} beside it. A model without that file knows any.
 *
 * @param objects lower-case names, singular
 */
record KnownWords(List<String> objects) {

    private static final String FILE_NAME = "known_words.json";
    private static final int EXAMPLES = 8;
    private static final Pattern NO_LETTERS = Pattern.compile("[^\\p{L}]+");

    static Optional<KnownWords> read(Path directory) {
        Path file = directory.resolve(FILE_NAME);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            List<String> objects = new ArrayList<>();
            for (JsonNode word : new ObjectMapper().readTree(file.toFile()).path("objects")) {
                objects.add(word.asText().toLowerCase(Locale.ROOT));
            }
            if (objects.isEmpty()) {
                throw new ModelException(file + ": expected names in 'objects', found none");
            }
            return Optional.of(new KnownWords(List.copyOf(objects)));
        } catch (JsonProcessingException e) {
            throw new ModelException(file + ": not JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** One sentence for a person, if a query names nothing that was taught. */
    Optional<String> refusal(String query) {
        String words = " " + NO_LETTERS.matcher(query.toLowerCase(Locale.ROOT)).replaceAll(" ") + " ";
        boolean known = objects.stream()
                .anyMatch(object -> words.contains(" " + object + " ")
                        || words.contains(" " + object + "s ")
                        || words.contains(" " + object + "es "));
        if (known) {
            return Optional.empty();
        }
        List<String> examples = objects.subList(0, Math.min(EXAMPLES, objects.size()));
        String more = examples.size() < objects.size() ? " and " + (objects.size() - examples.size()) + " more" : "";
        return Optional.of("The embedded model knows nothing of '" + query + "': it was taught "
                + String.join(", ", examples) + more + ".");
    }
}
