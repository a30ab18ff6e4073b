// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.config;

import dev.longwatch.indexer.event.Labels;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A value in the file that knows its line. {@code ${NAME}} in it stands for an environment variable; complaints quote the
 * file and never what the variable holds. What is kept in the index is read as a file of its own, without lines and without
 * variables: whoever may write there must not read this process's environment.
 */
final class Yaml {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]*)}");
    private static final int LONGEST_QUOTE = 60;

    private final Origin origin;
    private final @Nullable Node node;
    private final int line;

    /**
     * @param name of the file, or what it is
     * @param environment looks up a variable; null itself when it is no file, and has neither variables nor lines
     * @param kept whether it comes from the index
     */
    private record Origin(String name, @Nullable UnaryOperator<@Nullable String> environment, boolean kept) {

        String place(int line) {
            return environment == null ? name : name + ":" + line;
        }
    }

    private Yaml(Origin origin, @Nullable Node node, int line) {
        this.origin = origin;
        this.node = node;
        this.line = line;
    }

    /**
     * @param file as complaints name it
     * @param environment looks up a variable; null when it is not set
     * @throws InvalidConfig when {@code text} is not YAML
     */
    static Yaml parse(String file, String text, UnaryOperator<@Nullable String> environment) {
        return parse(new Origin(file, environment, false), text);
    }

    /**
     * What the index keeps of one stream or rule.
     *
     * @param what as complaints name it
     * @throws InvalidConfig when it cannot be read
     */
    static Yaml kept(String what, String json) {
        return parse(new Origin(what, null, true), json);
    }

    /**
     * One stream or rule that somebody wants to have kept.
     *
     * @param what as complaints name it
     * @throws InvalidConfig when it cannot be read
     */
    static Yaml given(String what, String json) {
        return parse(new Origin(what, null, false), json);
    }

    private static Yaml parse(Origin origin, String text) {
        String name = origin.name();
        try {
            LoadSettings settings = LoadSettings.builder().setLabel(name).build();
            return new Yaml(origin, new Compose(settings).composeString(text).orElse(null), 1);
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            throw new InvalidConfig(name, origin.place(line), "not YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            throw new InvalidConfig(name, name, "not YAML: " + e.getMessage());
        }
    }

    InvalidConfig refusal(String sentence) {
        return new InvalidConfig(origin.name(), place(), sentence);
    }

    /** The file and the line, or what it is. */
    String place() {
        return origin.place(line);
    }

    /** The file, or what it is. */
    String source() {
        return origin.name();
    }

    /** Whether it comes from the index, and what it names may have been removed since. */
    boolean isKept() {
        return origin.kept();
    }

    /** What stands in the file, in quotes, or which kind of thing. */
    String found() {
        if (node instanceof ScalarNode scalar && !isNothing()) {
            String words = scalar.getValue().replaceAll("\\s+", " ");
            return "'" + (words.length() <= LONGEST_QUOTE ? words : words.substring(0, LONGEST_QUOTE) + "…") + "'";
        }
        return isNothing() ? "nothing" : node instanceof SequenceNode ? "a list" : "keys with values";
    }

    boolean isNothing() {
        return node == null || node.getTag().equals(Tag.NULL);
    }

    boolean isText() {
        return node instanceof ScalarNode && !isNothing();
    }

    boolean isMap() {
        return node instanceof MappingNode;
    }

    /** Keys that people choose, each with its value, in their order; nothing is no keys. */
    Map<String, Yaml> entries() {
        if (isNothing()) {
            return Map.of();
        }
        if (!(node instanceof MappingNode map)) {
            throw refusal("expected keys with values, found " + found());
        }
        Map<String, Yaml> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : map.getValue()) {
            Yaml key = new Yaml(origin, tuple.getKeyNode(), line(tuple.getKeyNode(), line));
            String name = key.text();
            if (name.isBlank()) {
                throw key.refusal("expected a name, found nothing");
            }
            if (entries.put(name, new Yaml(origin, tuple.getValueNode(), key.line)) != null) {
                throw key.refusal("'" + name + "' is there twice");
            }
        }
        return entries;
    }

    /** The keys with their values; those not among {@code valid} are refused. */
    Keys keys(String... valid) {
        Map<String, Yaml> entries = entries();
        List<String> words = List.of(valid);
        entries.forEach((key, value) -> {
            if (!words.contains(key)) {
                throw value.refusal("unknown key '" + key + "'" + Words.hint(key, words));
            }
        });
        return new Keys(this, entries);
    }

    /** The values of a list; a single value is a list of one. */
    List<Yaml> list() {
        if (isNothing()) {
            return List.of();
        }
        if (node instanceof SequenceNode list) {
            List<Yaml> values = new ArrayList<>();
            list.getValue().forEach(value -> values.add(new Yaml(origin, value, line(value, line))));
            return values;
        }
        return List.of(this);
    }

    List<String> texts() {
        return list().stream().map(Yaml::text).toList();
    }

    /** The words, with variables replaced. */
    String text() {
        if (!(node instanceof ScalarNode scalar) || isNothing()) {
            throw refusal("expected words, found " + found());
        }
        UnaryOperator<@Nullable String> environment = origin.environment();
        if (environment == null) {
            return scalar.getValue();
        }
        Matcher variable = VARIABLE.matcher(scalar.getValue());
        return variable.replaceAll(match -> Matcher.quoteReplacement(variable(match.group(1), environment)));
    }

    private String variable(String name, UnaryOperator<@Nullable String> environment) {
        String value = environment.apply(name);
        if (value == null) {
            throw refusal("the environment variable " + name + " is not set");
        }
        return value;
    }

    long millis() {
        return Durations.parse(text())
                .orElseThrow(() -> refusal("expected " + Durations.EXPECTED + ", found " + found()))
                .toMillis();
    }

    double number(double least, double most) {
        try {
            double number = Double.parseDouble(text().strip());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw refusal("expected a number from " + plain(least) + " to " + plain(most) + ", found " + found());
    }

    boolean yes() {
        return switch (text()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw refusal("expected true or false, found " + found());
        };
    }

    /** Words that rules or streams are put together by, each once. */
    List<String> labels() {
        List<Yaml> all = list();
        if (all.size() > Labels.MOST) {
            throw refusal("expected at most " + Labels.MOST + " labels, found " + all.size());
        }
        for (Yaml label : all) {
            if (!Labels.isLabel(label.text())) {
                throw label.refusal("expected " + Labels.EXPECTED + ", found " + label.found());
            }
        }
        return texts().stream().distinct().toList();
    }

    /** One of some words. */
    String oneOf(List<String> words) {
        String word = text();
        if (!words.contains(word)) {
            throw refusal("expected one of " + String.join(", ", words) + ", found " + found()
                    + Words.nearest(word, words)
                            .map(near -> "; did you mean '" + near + "'?")
                            .orElse(""));
        }
        return word;
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }

    private static int line(Node node, int otherwise) {
        Optional<Mark> mark = node.getStartMark();
        return mark.map(start -> start.getLine() + 1).orElse(otherwise);
    }

    /** Some keys with their values. */
    static final class Keys {

        private final Yaml whole;
        private final Map<String, Yaml> values;

        private Keys(Yaml whole, Map<String, Yaml> values) {
            this.whole = whole;
            this.values = values;
        }

        /** {@code value} as if it stood under {@code key}. */
        static Keys of(String key, Yaml value) {
            return new Keys(value, Map.of(key, value));
        }

        /** These, with those of {@code others} in place of theirs. */
        Keys overlaid(Keys others) {
            Map<String, Yaml> both = new LinkedHashMap<>(values);
            both.putAll(others.values);
            return new Keys(others.whole, both);
        }

        boolean has(String key) {
            return values.containsKey(key);
        }

        /** Nothing when the key is not there. */
        Yaml get(String key) {
            Yaml value = values.get(key);
            return value == null ? new Yaml(whole.origin, null, whole.line) : value;
        }

        Yaml required(String key) {
            Yaml value = values.get(key);
            if (value == null || value.isNothing()) {
                throw (value == null ? whole : value).refusal("'" + key + "' is missing");
            }
            return value;
        }

        String text(String key, String otherwise) {
            return has(key) ? get(key).text() : otherwise;
        }

        long millis(String key, long otherwise) {
            return has(key) ? get(key).millis() : otherwise;
        }

        boolean yes(String key, boolean otherwise) {
            return has(key) ? get(key).yes() : otherwise;
        }
    }
}
