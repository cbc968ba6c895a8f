package io.punchbridge.probes;

import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.probes.Observability.Alert;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Whoever is woken by an alert is told what it means and what to do. */
class AlertsTest {
    private static final Set<String> SEVERITIES = Set.of("critical", "warning", "info");
    private static final String RUNBOOKS = "docs/operations.md";
    private static final Pattern ENTRY = Pattern.compile("^### (Punchbridge\\w+)$", Pattern.MULTILINE);
    private static final List<String> PARTS =
            List.of("**Symptom.**", "**Cause.**", "**Look at**", "**Do**", "**Mended when**");

    @Test
    void each_alert_says_how_bad_it_is_what_it_means_and_where_to_read_on() {
        // When
        List<Alert> alerts = Observability.alerts();

        // Then
        assertThat(alerts).isNotEmpty().allSatisfy(alert -> {
            assertThat(alert.annotation("summary"))
                    .as("summary of " + alert.name())
                    .isNotBlank();
            assertThat(alert.annotation("description"))
                    .as("description of " + alert.name())
                    .isNotBlank();
            assertThat(SEVERITIES)
                    .as("severity of " + alert.name())
                    .contains(alert.rule().path("labels").path("severity").asText());
            assertThat(alert.annotation("runbook"))
                    .isEqualTo(RUNBOOKS + "#" + alert.name().toLowerCase(Locale.ROOT));
        });
    }

    @Test
    void each_alert_has_its_entry_in_the_runbook_and_each_entry_its_alert() {
        // When
        List<String> entries =
                ENTRY.matcher(runbooks()).results().map(entry -> entry.group(1)).toList();

        // Then
        assertThat(entries)
                .containsExactlyInAnyOrderElementsOf(
                        Observability.alerts().stream().map(Alert::name).toList());
    }

    @Test
    void each_entry_says_symptom_cause_what_to_look_at_what_to_do_and_when_it_is_mended() {
        // When
        List<String> entries = Pattern.compile("(?m)^(?=##+ )")
                .splitAsStream(runbooks())
                .filter(section -> section.startsWith("### Punchbridge"))
                .toList();

        // Then
        assertThat(entries).isNotEmpty().allSatisfy(entry -> assertThat(entry).contains(PARTS));
    }

    private static String runbooks() {
        return Observability.text(Path.of(RUNBOOKS));
    }
}
