package io.punchbridge.alerts;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * One rule: the same as that of its name in {@code deployment/observability/alerts.yaml}, which a test holds it to.
 *
 * @param holdsFor how long it must hold before it is told
 * @param label what a subject is: {@code device}, {@code shift}, {@code state}; empty where there is only the service
 * @param shared whether all replicas read the same, so that one of them knows that it is over
 * @param summary may hold {@code {subject}}, {@code {count}} and {@code {duration}}
 */
record AlertRule(
        String name,
        Severity severity,
        Duration holdsFor,
        String label,
        boolean shared,
        Condition condition,
        String summary,
        String description) {

    /** What a look finds. */
    @FunctionalInterface
    interface Condition {
        Found look(Readings readings);
    }

    /**
     * @param standing the value of each subject that it holds for
     * @param unknown subjects of which nobody can tell at the moment
     * @param whole whether it doesn't hold for any other; false where nothing is known
     */
    record Found(Map<String, Double> standing, Set<String> unknown, boolean whole) {
        static final Found NOTHING_IS_KNOWN = new Found(Map.of(), Set.of(), false);

        Found {
            standing = Map.copyOf(standing);
            unknown = Set.copyOf(unknown);
        }

        boolean isOver(String subject) {
            return whole && !standing.containsKey(subject) && !unknown.contains(subject);
        }
    }

    /** Section of the handbook, as the rules for Prometheus name it. */
    String runbook() {
        return "docs/operations.md#" + name.toLowerCase(Locale.ROOT);
    }

    String summary(String subject, double value) {
        return summary.replace("{subject}", subject)
                .replace("{count}", String.valueOf(Math.round(value)))
                .replace("{duration}", inWords(Duration.ofSeconds(Math.round(value))));
    }

    /** In the unit that a person would take. */
    static String inWords(Duration duration) {
        if (duration.compareTo(Duration.ofDays(3)) >= 0) {
            return duration.toDays() + " days";
        }
        if (duration.compareTo(Duration.ofHours(3)) >= 0) {
            return duration.toHours() + " hours";
        }
        if (duration.compareTo(Duration.ofMinutes(3)) >= 0) {
            return duration.toMinutes() + " minutes";
        }
        return duration.toSeconds() + " seconds";
    }
}
