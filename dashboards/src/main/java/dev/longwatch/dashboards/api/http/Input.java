// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.longwatch.dashboards.api.http.HttpProblem.FieldError;
import io.javalin.http.Context;
import java.math.BigDecimal;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What somebody has sent, by name: a query or a body, read in the same way. Whatever is wrong is remembered, and {@link
 * #done} refuses all of it at once; what is read before that is a value only when nothing was wrong.
 */
public final class Input {

    private static final int LONGEST_NAME = 500;
    private static final int MOST_NAMES = 100;
    /** Thirty years. */
    private static final BigDecimal MOST_SECONDS = BigDecimal.valueOf(999_999_999);

    /** What JSON's numbers are exact up to, whoever reads them. */
    private static final long MOST = 1L << 53;

    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,18}(\\.\\d{1,18})?");

    private final Map<String, List<JsonNode>> values;
    /** In a query every value is text. */
    private final boolean typed;

    private final Set<String> known = new LinkedHashSet<>();
    private final List<FieldError> errors = new ArrayList<>();

    private Input(Map<String, List<JsonNode>> values, boolean typed) {
        this.values = values;
        this.typed = typed;
    }

    public static Input ofQuery(Context context) {
        Map<String, List<JsonNode>> values = new LinkedHashMap<>();
        context.queryParamMap()
                .forEach((name, texts) -> values.put(
                        name,
                        texts.stream()
                                .<JsonNode>map(JsonNodeFactory.instance::textNode)
                                .toList()));
        return new Input(values, false);
    }

    /** @throws HttpProblem when it is no JSON object */
    public static Input ofBody(Context context) {
        return of(Body.object(context));
    }

    /** What somebody has sent as JSON, by whichever way. */
    public static Input of(ObjectNode object) {
        Map<String, List<JsonNode>> values = new LinkedHashMap<>();
        object.properties().forEach(field -> {
            List<JsonNode> each = new ArrayList<>();
            if (field.getValue().isArray()) {
                field.getValue().forEach(each::add);
            } else {
                each.add(field.getValue());
            }
            values.put(field.getKey(), each);
        });
        return new Input(values, true);
    }

    public boolean has(String name) {
        known.add(name);
        return values.containsKey(name);
    }

    /** Words; empty when they are missing. */
    public String text(String name, int longest) {
        JsonNode value = single(name);
        return value == null ? "" : text(name, value, longest);
    }

    /** Words that must be there and say something. */
    public String words(String name, int longest) {
        JsonNode value = single(name);
        String text = value == null ? "" : text(name, value, longest);
        if (errors.stream().noneMatch(error -> error.field().equals(name)) && text.isBlank()) {
            refuse(name, "expected some words, found none");
        }
        return text;
    }

    /** Names, any number; empty when they are missing. */
    public List<String> names(String name) {
        known.add(name);
        List<JsonNode> found = values.getOrDefault(name, List.of());
        if (found.size() > MOST_NAMES) {
            refuse(name, "expected at most " + MOST_NAMES + " names, found " + found.size());
            return List.of();
        }
        List<String> names = new ArrayList<>();
        for (JsonNode value : found) {
            String text = text(name, value, LONGEST_NAME);
            if (value.isTextual() && text.isBlank()) {
                refuse(name, "expected a name, found none");
            }
            names.add(text);
        }
        return names;
    }

    /** A whole number within bounds. */
    public int number(String name, int least, int most, int otherwise) {
        String expected = "expected a whole number from " + least + " to " + most;
        BigDecimal found = decimal(name, expected, value -> {
            BigDecimal plain = value.stripTrailingZeros();
            return plain.scale() <= 0
                    && plain.compareTo(BigDecimal.valueOf(least)) >= 0
                    && plain.compareTo(BigDecimal.valueOf(most)) <= 0;
        });
        return found == null ? otherwise : found.intValueExact();
    }

    /** A number of seconds, not negative; null when it is missing. */
    public @Nullable BigDecimal seconds(String name) {
        return decimal(
                name,
                "expected a number of seconds, not negative",
                value -> value.signum() >= 0 && value.compareTo(MOST_SECONDS) <= 0);
    }

    /** Yes or no; null when it is missing. */
    public @Nullable Boolean yes(String name) {
        JsonNode value = single(name);
        if (value == null) {
            return null;
        }
        String word = value.asText();
        if ((value.isBoolean() || (!typed && value.isTextual())) && (word.equals("true") || word.equals("false"))) {
            return word.equals("true");
        }
        refuse(name, "expected true or false, found " + shown(value));
        return null;
    }

    /** Whatever was sent, for a reader that judges it by itself: each thing of a list. */
    public List<JsonNode> values(String name) {
        known.add(name);
        return values.getOrDefault(name, List.of());
    }

    /** A whole number of at least one, however large; 0 when it is missing. */
    public long count(String name) {
        BigDecimal found = decimal(
                name,
                "expected a whole number from 1 to " + MOST,
                value -> value.stripTrailingZeros().scale() <= 0
                        && value.signum() > 0
                        && value.compareTo(BigDecimal.valueOf(MOST)) <= 0);
        return found == null ? 0 : found.longValueExact();
    }

    /** A probability. */
    public double share(String name, double otherwise) {
        BigDecimal found = decimal(
                name,
                "expected a number from 0 to 1",
                value -> value.signum() >= 0 && value.compareTo(BigDecimal.ONE) <= 0);
        return found == null ? otherwise : found.doubleValue();
    }

    /** One of some words, in lower case. */
    public <E extends Enum<E>> E choice(String name, Class<E> words, E otherwise) {
        JsonNode value = single(name);
        return value == null ? otherwise : choice(name, value, words, otherwise);
    }

    /** Some of some words, in lower case; each once, and empty when they are missing. */
    public <E extends Enum<E>> List<E> choices(String name, Class<E> words) {
        E any = words.getEnumConstants()[0];
        return names(name).stream()
                .map(word -> choice(name, JsonNodeFactory.instance.textNode(word), words, any))
                .distinct()
                .toList();
    }

    private <E extends Enum<E>> E choice(String name, JsonNode value, Class<E> words, E otherwise) {
        for (E word : words.getEnumConstants()) {
            if (value.isTextual() && word.name().toLowerCase(Locale.ROOT).equals(value.textValue())) {
                return word;
            }
        }
        List<String> expected = Arrays.stream(words.getEnumConstants())
                .map(word -> word.name().toLowerCase(Locale.ROOT))
                .toList();
        refuse(name, "expected one of " + String.join(", ", expected) + ", found " + shown(value));
        return otherwise;
    }

    /** A time; null when it is missing. */
    public @Nullable TimeInput time(String name) {
        JsonNode value = single(name);
        if (value == null) {
            return null;
        }
        try {
            return TimeInput.of(value);
        } catch (IllegalArgumentException e) {
            refuse(name, "expected " + TimeInput.EXPECTED + ", found " + shown(value));
            return null;
        }
    }

    /** Something is wrong with a field that only its reader can tell. */
    public void refuse(String name, String reason) {
        errors.add(new FieldError(name, reason));
    }

    /** @throws HttpProblem when anything was wrong, names that nobody reads too */
    public void done() {
        for (String name : values.keySet()) {
            if (!known.contains(name)) {
                errors.add(new FieldError(
                        name.length() <= 40 ? name.replaceAll("\\p{C}", "?") : shortened(name),
                        known.isEmpty()
                                ? "nothing is expected here"
                                : "is not known here; expected are " + String.join(", ", known)));
            }
        }
        if (!errors.isEmpty()) {
            throw HttpProblem.invalid(errors);
        }
    }

    private @Nullable JsonNode single(String name) {
        known.add(name);
        List<JsonNode> found = values.get(name);
        if (found == null) {
            return null;
        }
        if (found.size() != 1) {
            refuse(name, "expected one value, found " + found.size());
            return null;
        }
        return found.get(0);
    }

    private String text(String name, JsonNode value, int longest) {
        if (!value.isTextual()) {
            refuse(name, "expected text, found " + kind(value));
            return "";
        }
        String text = value.textValue();
        // a new one each time: encoders are not for several threads
        CharsetEncoder unicode = StandardCharsets.UTF_8.newEncoder();
        if (text.length() > longest) {
            refuse(name, "expected at most " + longest + " characters, found " + text.length());
        } else if (!unicode.canEncode(text) || text.indexOf('\u0000') >= 0) {
            refuse(name, "expected Unicode text, found half a character or a zero in it");
        } else {
            return text;
        }
        return "";
    }

    private @Nullable BigDecimal decimal(String name, String expected, Predicate<BigDecimal> fits) {
        JsonNode value = single(name);
        if (value == null) {
            return null;
        }
        BigDecimal found = null;
        if (value.isNumber()) {
            found = value.decimalValue();
        } else if (!typed && NUMBER.matcher(value.textValue()).matches()) {
            found = new BigDecimal(value.textValue());
        }
        if (found == null || Math.abs(found.scale()) > 400 || !fits.test(found)) {
            refuse(name, expected + ", found " + shown(value));
            return null;
        }
        return found;
    }

    /** As it was written; of what is made of parts only its kind. */
    private static String shown(JsonNode value) {
        return value.isValueNode() && !value.isNull() ? shortened(value.asText()) : kind(value);
    }

    private static String kind(JsonNode value) {
        return value.getNodeType().name().toLowerCase(Locale.ROOT);
    }

    private static String shortened(String text) {
        String one = text.replaceAll("\\p{C}", "?");
        return one.length() <= 40 ? "'" + one + "'" : "'" + one.substring(0, 40) + "…'";
    }
}
