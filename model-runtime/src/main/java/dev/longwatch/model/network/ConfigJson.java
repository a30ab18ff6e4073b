// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.network;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longwatch.model.ModelException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One object of a published JSON file. A missing field is an error, never the default of some class: those defaults
 * differ from what is published (spec section 1.2).
 *
 * @param where the file, and the path inside it, for messages
 * @param json the object
 */
record ConfigJson(String where, JsonNode json) {

    static ConfigJson read(Path file) {
        try {
            JsonNode json = new ObjectMapper().readTree(Files.readAllBytes(file));
            if (json == null || !json.isObject()) {
                throw new ModelException(file + ": expected a JSON object");
            }
            return new ConfigJson(file.toString(), json);
        } catch (JsonProcessingException e) {
            throw new ModelException(file + ": not JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    boolean has(String field) {
        return json.hasNonNull(field);
    }

    ConfigJson object(String field) {
        JsonNode value = json.path(field);
        if (!value.isObject()) {
            throw wrong(field, "an object");
        }
        return new ConfigJson(where + ": " + field, value);
    }

    String text(String field) {
        JsonNode value = json.path(field);
        if (!value.isTextual()) {
            throw wrong(field, "a text");
        }
        return value.textValue();
    }

    boolean flag(String field) {
        JsonNode value = json.path(field);
        if (!value.isBoolean()) {
            throw wrong(field, "true or false");
        }
        return value.booleanValue();
    }

    /** Whether a field that may be missing is there and true. */
    boolean isTrue(String field) {
        return has(field) && flag(field);
    }

    int positive(String field) {
        JsonNode value = json.path(field);
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < 1) {
            throw wrong(field, "a positive whole number");
        }
        return value.intValue();
    }

    int tokenId(String field) {
        JsonNode value = json.path(field);
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < 0) {
            throw wrong(field, "a token id");
        }
        return value.intValue();
    }

    double positiveNumber(String field) {
        JsonNode value = json.path(field);
        if (!value.isNumber() || !(value.doubleValue() > 0)) {
            throw wrong(field, "a positive number");
        }
        return value.doubleValue();
    }

    /** Whole numbers, written as a list or as a single one. */
    List<Integer> naturals(String field) {
        JsonNode value = json.path(field);
        List<Integer> numbers = new ArrayList<>();
        for (JsonNode number : value.isArray() ? value : List.of(value)) {
            if (!number.isIntegralNumber() || !number.canConvertToInt() || number.intValue() < 0) {
                throw wrong(field, "whole numbers");
            }
            numbers.add(number.intValue());
        }
        return List.copyOf(numbers);
    }

    Optional<Integer> positiveIfAny(String field) {
        return has(field) ? Optional.of(positive(field)) : Optional.empty();
    }

    /** Refuses a field that is there with a value for which nothing is written. */
    void expect(String field, String value) {
        if (!text(field).equals(value)) {
            throw wrong(field, "'" + value + "'");
        }
    }

    ModelException wrong(String field, String expected) {
        JsonNode found = json.path(field);
        return new ModelException(where + ": '" + field + "' should be " + expected + ", found "
                + (found.isMissingNode() ? "nothing" : found.toString()));
    }
}
