package io.punchbridge.probes;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** As much of a PromQL expression as is needed to compare it with what is served; Prometheus' parser is in deployment/check. */
record Expression(String promql) {
    private static final Pattern SELECTOR = Pattern.compile("\\b(punchbridge_[a-z_]+)(?:\\{([^}]*)})?");
    private static final Pattern MATCHER = Pattern.compile("([a-zA-Z_]+)\\s*(=~|!~|!=|=)\\s*\"([^\"]*)\"");
    private static final Pattern KEPT = Pattern.compile("\\bby \\(([^)]*)\\)");
    private static final Pattern WORD = Pattern.compile("\\w+");

    record LabelMatcher(String label, String operator, String value) {
        /** The values that must exist for the matcher to mean anything; a variable of Grafana's is any. */
        List<String> wantedValues() {
            return value.startsWith("$")
                    ? List.of()
                    : Pattern.compile("\\|").splitAsStream(value).toList();
        }
    }

    record Selector(String metric, List<LabelMatcher> matchers) {}

    List<Selector> selectors() {
        List<Selector> found = new ArrayList<>();
        Matcher selector = SELECTOR.matcher(promql);
        while (selector.find()) {
            List<LabelMatcher> matchers = new ArrayList<>();
            if (selector.group(2) != null) {
                Matcher matcher = MATCHER.matcher(selector.group(2));
                while (matcher.find()) {
                    matchers.add(new LabelMatcher(matcher.group(1), matcher.group(2), matcher.group(3)));
                }
            }
            found.add(new Selector(selector.group(1), matchers));
        }
        return found;
    }

    /** Labels that it groups by. */
    Set<String> kept() {
        Set<String> labels = new TreeSet<>();
        Matcher kept = KEPT.matcher(promql);
        while (kept.find()) {
            Matcher label = WORD.matcher(kept.group(1));
            while (label.find()) {
                labels.add(label.group());
            }
        }
        return labels;
    }
}
