// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.prompt;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longwatch.model.ModelException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The tokens of a {@code tokenizer.json} as bytes.
 *
 * <p>Ordinary tokens are written there in the byte-level alphabet, one character for each byte; added tokens, such as
 * {@code <|im_end|>}, stand in plain text. The file is read as a stream: a published one holds 150,000 tokens and as
 * many merges.
 */
final class Vocabulary {

    private final Map<String, Integer> ids = new HashMap<>();
    private final Map<String, Integer> added = new LinkedHashMap<>();
    private byte[][] bytes = new byte[0][];

    private Vocabulary() {}

    static Vocabulary read(Path file) {
        Vocabulary vocabulary = new Vocabulary();
        try (JsonParser json = new ObjectMapper().createParser(file.toFile())) {
            vocabulary.readFile(json);
        } catch (IOException e) {
            throw new ModelException(file + ": cannot be read: " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new ModelException(file + ": " + e.getMessage(), e);
        }
        return vocabulary;
    }

    private void readFile(JsonParser json) throws IOException {
        boolean byteLevel = false;
        json.nextToken();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String key = json.currentName();
            json.nextToken();
            switch (key) {
                case "added_tokens" -> readAdded(json.readValueAsTree());
                case "decoder" -> byteLevel = isByteLevel(json.readValueAsTree());
                case "model" -> readModel(json);
                default -> json.skipChildren();
            }
        }
        if (!byteLevel) {
            throw new IllegalArgumentException("expected a decoder of type ByteLevel, found another or none");
        }
        index();
    }

    private static boolean isByteLevel(JsonNode decoder) {
        return "ByteLevel".equals(decoder.path("type").asText());
    }

    private void readAdded(JsonNode tokens) {
        for (JsonNode token : tokens) {
            added.put(
                    token.required("content").textValue(), token.required("id").intValue());
        }
    }

    private void readModel(JsonParser json) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String key = json.currentName();
            JsonToken value = json.nextToken();
            if (key.equals("vocab") && value == JsonToken.START_OBJECT) {
                while (json.nextToken() == JsonToken.FIELD_NAME) {
                    String token = json.currentName();
                    ids.put(token, json.nextIntValue(-1));
                }
            } else {
                json.skipChildren();
            }
        }
    }

    private void index() {
        if (ids.isEmpty()) {
            throw new IllegalArgumentException("expected tokens in model.vocab, found none");
        }
        int last = -1;
        for (Map<String, Integer> part : List.of(ids, added)) {
            for (Map.Entry<String, Integer> token : part.entrySet()) {
                if (token.getValue() < 0) {
                    throw new IllegalArgumentException("token " + token.getKey() + ": expected an id, found none");
                }
                last = Math.max(last, token.getValue());
            }
        }
        bytes = new byte[last + 1][];
        Arrays.fill(bytes, new byte[0]);
        ids.keySet().removeAll(added.keySet());
        ids.forEach((token, id) -> bytes[id] = ByteAlphabet.bytes(token));
        added.forEach((token, id) -> bytes[id] = token.getBytes(StandardCharsets.UTF_8));
        ids.putAll(added);
    }

    /** Tokens by their text; ordinary ones in the byte-level alphabet. */
    Map<String, Integer> ids() {
        return ids;
    }

    /** Tokens outside the byte-level alphabet, which the tokenizer finds in any text. */
    Map<String, Integer> added() {
        return added;
    }

    /** One beyond the highest id. */
    int size() {
        return bytes.length;
    }

    /** What a token stands for, not to be changed; empty for an id without a token. */
    byte[] bytes(int id) {
        return bytes[id];
    }
}
