package io.punchbridge.probes;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a scrape brought: of each name, the values of its labels. */
final class ServedMetrics {
    /** Prometheus puts these to whatever it scrapes. */
    private static final Set<String> OF_PROMETHEUS = Set.of("job", "instance");

    private static final Pattern LINE = Pattern.compile("([a-zA-Z_:]+)(?:\\{(.*)})? \\S+");
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_]+)=\"([^\"]*)\"");

    private final Map<String, Map<String, Set<String>>> metrics = new TreeMap<>();

    ServedMetrics(String scraped) {
        scraped.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            Matcher served = LINE.matcher(line);
            if (served.matches()) {
                Map<String, Set<String>> labels = metrics.computeIfAbsent(served.group(1), name -> new TreeMap<>());
                if (served.group(2) != null) {
                    Matcher label = LABEL.matcher(served.group(2));
                    while (label.find()) {
                        labels.computeIfAbsent(label.group(1), name -> new TreeSet<>())
                                .add(label.group(2));
                    }
                }
            }
        });
    }

    boolean has(String metric) {
        return metrics.containsKey(metric);
    }

    private Map<String, Set<String>> labels(String metric) {
        return metrics.getOrDefault(metric, Map.of());
    }

    /** What a document calls by its short name, e.g. a timer without {@code _count}. */
    boolean hasInShort(String metric) {
        return has(metric) || has(metric + "_count");
    }

    /** Whether the metric, or the timer of that short name, has the label. */
    boolean hasLabel(String metric, String label) {
        return labels(metric).containsKey(label) || labels(metric + "_count").containsKey(label);
    }

    /** What of an expression could never be found. */
    List<String> missing(Expression expression, Set<String> notServedYet) {
        List<String> missing = new ArrayList<>();
        Set<String> known = new TreeSet<>(OF_PROMETHEUS);
        for (Expression.Selector selector : expression.selectors()) {
            String metric = selector.metric();
            if (has(metric)) {
                known.addAll(labels(metric).keySet());
                selector.matchers().forEach(matcher -> missing.addAll(missing(metric, matcher)));
            } else if (notServedYet.contains(metric)) {
                known.addAll(expression.kept());
            } else {
                missing.add(metric);
            }
        }
        expression.kept().stream()
                .filter(label -> !known.contains(label))
                .forEach(label -> missing.add("by (" + label + ")"));
        return missing;
    }

    private List<String> missing(String metric, Expression.LabelMatcher matcher) {
        if (OF_PROMETHEUS.contains(matcher.label())) {
            return List.of();
        }
        Set<String> values = labels(metric).getOrDefault(matcher.label(), Set.of());
        if (values.isEmpty()) {
            return List.of(metric + "{" + matcher.label() + "}");
        }
        return matcher.wantedValues().stream()
                .filter(value -> !values.contains(value))
                .map(value -> metric + "{" + matcher.label() + "=" + value + "}")
                .toList();
    }
}
