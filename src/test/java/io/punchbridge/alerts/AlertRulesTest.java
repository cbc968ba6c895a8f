package io.punchbridge.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.Yaml;

/** Whoever has no Prometheus is told the same as who has. */
class AlertRulesTest {
    private static final Instant NOW = Instant.parse("2026-11-02T09:00:00Z");
    private static final Set<String> NOT_OURS = Set.of("PunchbridgeAbsent", "PunchbridgeAcknowledgesSlowly");
    private static final Pattern VALUE = Pattern.compile("\\{\\{ \\$value \\| (\\w+)[^}]*}}");
    private static final Pattern SUBJECT = Pattern.compile("\\{\\{ \\$labels\\.\\w+ }}");
    private static final Pattern BY = Pattern.compile("^\\w+ by \\(job, (\\w+)\\)");

    private final MeterRegistry metrics = new SimpleMeterRegistry();
    private final Map<String, Map<?, ?>> prometheus = prometheus();

    @Test
    void the_rules_are_those_of_prometheus_but_for_two() {
        // When
        Set<String> ours = AlertRules.all().stream().map(AlertRule::name).collect(Collectors.toSet());

        // Then
        Set<String> theirs = new TreeSet<>(prometheus.keySet());
        theirs.removeAll(NOT_OURS);
        assertThat(ours).isEqualTo(theirs);
    }

    @Test
    void each_says_the_same_as_prometheus_would_and_as_soon() {
        // When
        List<AlertRule> rules = AlertRules.all();

        // Then
        assertThat(rules).allSatisfy(rule -> {
            Map<?, ?> same = Objects.requireNonNull(prometheus.get(rule.name()), rule.name());
            assertThat(rule.severity().label()).isEqualTo(part(same, "labels", "severity"));
            assertThat(rule.description()).isEqualTo(part(same, "annotations", "description"));
            assertThat(rule.runbook()).isEqualTo(part(same, "annotations", "runbook"));
            assertThat(rule.summary()).isEqualTo(ourWords(part(same, "annotations", "summary")));
            assertThat(rule.holdsFor()).isEqualTo(duration(same.get("for")));
            Matcher by = BY.matcher(String.valueOf(same.get("expr")));
            assertThat(rule.label()).isEqualTo(by.find() ? by.group(1) : "");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "PunchbridgeFrappeSetUpWrong, punchbridge.frappe.condition, condition=set_up_wrong, '', == 1, 0, 1",
        "PunchbridgeFrappeAway, punchbridge.frappe.condition, condition=away, '', == 1, 0, 1",
        "PunchbridgeDeliveryPaused, punchbridge.delivery.paused, '', '', == 1, 0, 1",
        "PunchbridgeBacklogOld, punchbridge.backlog.age, '', '', > 900, 900, 901",
        "PunchbridgeDeviceSilent, punchbridge.device.warnings, warning=silent, device=gate, == 1, 0, 1",
        "PunchbridgeDeviceClockOff, punchbridge.device.warnings, warning=clock-drift, device=gate, == 1, 0, 1",
        "PunchbridgeDeviceLicenceEnds, punchbridge.device.warnings, warning=licence-ends, device=gate, == 1, 0, 1",
        "PunchbridgeReconciliationFailing, punchbridge.device.unverified, '', device=gate, > 6 * 3600, 21600, 21601",
        "PunchbridgeWatermarkStuck, punchbridge.watermark.lag, '', shift=Night, > 36 * 3600, 129600, 129601",
        "PunchbridgeWatermarkHeld, punchbridge.watermark.held, '', shift=Night, == 1, 0, 1",
        "PunchbridgeLatePunchesWaiting, punchbridge.late.punches, state=would_repair, '', > 0, 0, 1",
        "PunchbridgeRepairStuck, punchbridge.late.punches.stuck, '', '', > 0, 0, 1",
        "PunchbridgePunchesNeedSomebody, punchbridge.punches, state=rejected, state=rejected, > 0, 0, 1",
        "PunchbridgeRosterCommandsGivenUp, punchbridge.roster.commands, state=given_up, '', > 0, 0, 1",
    })
    void a_gauge_is_judged_as_prometheus_judges_it(
            String name, String metric, String tag, String subject, String comparison, double calm, double alarming) {
        // Given
        AtomicReference<Double> value = new AtomicReference<>(calm);
        metrics.gauge(metric, tags(tag, subject), value, AtomicReference::get);
        Readings readings = new Readings(metrics, NOW);
        boolean before = stands(name, readings, subject);

        // When
        value.set(alarming);

        // Then
        boolean after = stands(name, readings, subject);
        assertThat(expression(name)).contains(metric.replace('.', '_')).endsWith(comparison);
        assertThat(List.of(before, after)).containsExactly(false, true);
    }

    @ParameterizedTest
    @CsvSource({
        "PunchbridgeStorageFailing, punchbridge.callbacks, outcome=not_stored, '', 5m, 0",
        "PunchbridgeStorageFailing, punchbridge.deliveries, outcome=storage_failed, '', 5m, 0",
        "PunchbridgeDeliveryRoundFails, punchbridge.deliveries, outcome=failed_round, '', 15m, 0",
        "PunchbridgeCallbacksRefused, punchbridge.callbacks, outcome=undecryptable, '', 15m, 5",
        "PunchbridgeCallbacksLost, punchbridge.reconciliation.missing, '', device=gate, 1d, 20",
    })
    void a_counter_is_judged_by_its_rise_within_a_window(
            String name, String metric, String tag, String subject, String window, int most) {
        // Given
        var counter = metrics.counter(metric, tags(tag, subject));
        Readings readings = new Readings(metrics, NOW);
        counter.increment(most);
        readings.at(NOW.plusSeconds(60), false);
        boolean before = stands(name, readings, subject);
        counter.increment();
        readings.at(NOW.plusSeconds(120), false);

        // When
        boolean after = stands(name, readings, subject);

        // Then
        readings.at(NOW.plusSeconds(119).plus(duration(window)), false);
        boolean stillThere = stands(name, readings, subject);
        readings.at(NOW.plusSeconds(120).plus(duration(window)), false);
        boolean passed = stands(name, readings, subject);
        assertThat(expression(name))
                .contains(metric.replace('.', '_') + "_total")
                .contains("[" + window + "]")
                .endsWith("> " + most);
        assertThat(List.of(before, after, stillThere, passed)).containsExactly(false, true, most == 0, false);
    }

    @Test
    void what_rose_while_the_clock_was_ahead_leaves_its_window_once_it_is_right() {
        // Given
        var failures = metrics.counter("punchbridge.callbacks", "outcome", "not_stored");
        Instant ahead = NOW.plus(Duration.ofDays(300));
        Readings readings = new Readings(metrics, ahead);
        failures.increment();
        readings.at(ahead.plusSeconds(60), false);
        boolean before = stands("PunchbridgeStorageFailing", readings, "");
        readings.at(NOW, false);
        boolean justThen = stands("PunchbridgeStorageFailing", readings, "");

        // When
        readings.at(NOW.plusSeconds(300), false);

        // Then
        assertThat(List.of(before, justThen, stands("PunchbridgeStorageFailing", readings, "")))
                .containsExactly(true, true, false);
    }

    @Test
    void what_is_no_number_is_neither_wrong_nor_over() {
        // Given
        metrics.gauge("punchbridge.device.unverified", tags("device=gate", ""), Double.NaN);
        Readings readings = new Readings(metrics, NOW);

        // When
        AlertRule.Found found =
                rule("PunchbridgeReconciliationFailing").condition().look(readings);

        // Then
        assertThat(found.standing()).isEmpty();
        assertThat(found.isOver("gate")).isFalse();
        assertThat(found.isOver("a device that was removed")).isTrue();
    }

    private boolean stands(String name, Readings readings, String subject) {
        AlertRule.Found found = rule(name).condition().look(readings);
        int equals = subject.indexOf('=');
        return found.standing().containsKey(equals < 0 ? "" : subject.substring(equals + 1));
    }

    private static AlertRule rule(String name) {
        return AlertRules.all().stream()
                .filter(rule -> rule.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Tags tags(String... pairs) {
        Map<String, String> tags = new HashMap<>();
        for (String some : pairs) {
            Pattern.compile(",")
                    .splitAsStream(some)
                    .filter(pair -> !pair.isEmpty())
                    .forEach(pair ->
                            tags.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1)));
        }
        return Tags.of(tags.entrySet().stream()
                .map(tag -> Tag.of(tag.getKey(), tag.getValue()))
                .toList());
    }

    private String expression(String name) {
        return String.valueOf(Objects.requireNonNull(prometheus.get(name), name).get("expr"))
                .replaceAll("\\s+", " ")
                .strip();
    }

    private static String part(Map<?, ?> rule, String group, String name) {
        return rule.get(group) instanceof Map<?, ?> parts ? String.valueOf(parts.get(name)) : "";
    }

    private static String ourWords(String theirs) {
        String named = SUBJECT.matcher(theirs).replaceAll("{subject}");
        return VALUE.matcher(named)
                .replaceAll(value -> value.group(1).equals("humanizeDuration") ? "{duration}" : "{count}");
    }

    private static Duration duration(@Nullable Object text) {
        if (text == null) {
            return Duration.ZERO;
        }
        String iso = String.valueOf(text).toUpperCase(Locale.ROOT);
        return Duration.parse(iso.endsWith("D") ? "P" + iso : "PT" + iso);
    }

    private static Map<String, Map<?, ?>> prometheus() {
        Map<String, Map<?, ?>> rules = new HashMap<>();
        try {
            Map<?, ?> file = new Yaml().load(Files.readString(Path.of("deployment", "observability", "alerts.yaml")));
            for (Object group : (List<?>) Objects.requireNonNull(file.get("groups"))) {
                for (Object rule : (List<?>) Objects.requireNonNull(((Map<?, ?>) group).get("rules"))) {
                    rules.put(String.valueOf(((Map<?, ?>) rule).get("alert")), (Map<?, ?>) rule);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rules;
    }
}
