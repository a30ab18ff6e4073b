// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a query in Prometheus's language asks for, as far as a dashboard of ours uses the language.
 *
 * @param selectors what stands for series: names of metrics, with what their labels must be
 * @param labels that it groups by
 */
record PromQl(List<Selector> selectors, Set<String> labels) {

    private static final Pattern GROUPING =
            Pattern.compile("\\b(?:by|without|on|ignoring|group_left|group_right)\\s*\\(([^)]*)\\)");
    private static final Pattern RANGE = Pattern.compile("\\[[^\\]]*\\]");
    private static final Pattern SELECTOR = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)\\s*(?:\\{([^}]*)\\}|(\\())?");
    private static final Pattern CONDITION = Pattern.compile("(\\w+)\\s*(=~|!~|!=|=)\\s*\"([^\"]*)\"");
    private static final Set<String> OPERATORS = Set.of("and", "or", "unless", "bool", "offset", "sum", "max", "min");

    /** One label's condition. */
    record Condition(String label, String operator, String value) {

        boolean holds(Map<String, String> labels) {
            String found = labels.getOrDefault(label, "");
            // a variable of the dashboard may stand for anything
            boolean variable = value.matches("\\$\\w+");
            boolean matches =
                    variable ? !found.isEmpty() : operator.endsWith("~") ? found.matches(value) : found.equals(value);
            return operator.startsWith("!") != matches;
        }
    }

    record Selector(String name, List<Condition> conditions) {

        boolean selects(Sample sample) {
            return sample.name().equals(name)
                    && conditions.stream().allMatch(condition -> condition.holds(sample.labels()));
        }
    }

    /** One line of what Prometheus scrapes. */
    record Sample(String name, Map<String, String> labels, double value) {

        private static final Pattern LINE = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)\\})? ([^ ]+)");
        private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

        static Stream<Sample> read(String scraped) {
            return scraped.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(LINE::matcher)
                    .filter(Matcher::matches)
                    .map(line -> new Sample(line.group(1), labels(line.group(2)), Double.parseDouble(line.group(3))));
        }

        private static Map<String, String> labels(String text) {
            Map<String, String> labels = new HashMap<>();
            Matcher label = LABEL.matcher(text == null ? "" : text);
            while (label.find()) {
                labels.put(label.group(1), label.group(2));
            }
            return labels;
        }
    }

    static PromQl of(String query) {
        Set<String> labels = new HashSet<>();
        Matcher groupings = GROUPING.matcher(query);
        while (groupings.find()) {
            Stream.of(groupings.group(1).split(",")).map(String::strip).forEach(labels::add);
        }
        String rest = RANGE.matcher(groupings.replaceAll(" ")).replaceAll(" ");
        List<Selector> selectors = new ArrayList<>();
        Matcher found = SELECTOR.matcher(rest);
        while (found.find()) {
            boolean function = found.group(3) != null;
            if (!function && !OPERATORS.contains(found.group(1))) {
                selectors.add(new Selector(found.group(1), conditions(found.group(2))));
            }
        }
        return new PromQl(selectors, labels);
    }

    private static List<Condition> conditions(String text) {
        return CONDITION
                .matcher(text == null ? "" : text)
                .results()
                .map(each -> new Condition(each.group(1), each.group(2), each.group(3)))
                .toList();
    }

    /** What it asks for that nobody exposes: metrics with such labels, and labels that they do not have. */
    List<String> missing(List<Sample> exposed) {
        List<String> missing = new ArrayList<>();
        for (Selector selector : selectors) {
            List<Sample> selected = exposed.stream().filter(selector::selects).toList();
            if (selected.isEmpty()) {
                missing.add(selector.toString());
            }
            for (String label : labels) {
                if (!selected.stream().allMatch(sample -> sample.labels().containsKey(label))) {
                    missing.add(selector.name() + " by " + label);
                }
            }
        }
        return missing;
    }
}
