package io.punchbridge.probes;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.punchbridge.gateway.Gateway;
import io.punchbridge.probes.Observability.Alert;
import io.punchbridge.probes.Observability.Query;
import io.punchbridge.punch.Device;
import io.punchbridge.punch.Devices;
import io.punchbridge.testing.Callbacks;
import io.punchbridge.testing.SteppableClock;
import io.punchbridge.testing.TestSettings;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.crypto.bcrypt.BCrypt;

/** Alert rules, dashboard and documents speak of metrics that a running service serves, label by label. */
@QuarkusTest
@TestProfile(ObservabilityTest.AllThatMeasures.class)
class ObservabilityTest {
    /** Served only where a site has shift types with auto attendance; looked at where they are served. */
    private static final Set<String> NOT_AT_EVERY_SITE = Set.of(
            "punchbridge_watermark_lag_seconds",
            "punchbridge_watermark_held",
            "punchbridge_late_punches",
            "punchbridge_late_punches_stuck");

    private static final Pattern SHOWN_BY_GRAFANA = Pattern.compile("\\{\\{(\\w+)}}");
    private static final Pattern SHOWN_BY_PROMETHEUS = Pattern.compile("\\$labels\\.(\\w+)");
    private static final Pattern IN_A_DOCUMENT = Pattern.compile("\\b(punchbridge_[a-z_]*[a-z])(?:\\{([a-z_, ]*)})?");
    private static final Pattern WORD = Pattern.compile("\\w+");

    @TestHTTPResource(value = "/metrics", management = true)
    @SuppressWarnings("NullAway.Init")
    String metrics;

    @Inject
    @SuppressWarnings("NullAway.Init")
    Gateway gateway;

    @Inject
    @SuppressWarnings("NullAway.Init")
    Devices devices;

    @Inject
    @SuppressWarnings("NullAway.Init")
    SteppableClock clock;

    /** Everything that has metrics is on. */
    public static final class AllThatMeasures implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.ofEntries(
                    Map.entry("punchbridge.gateway.endpoint", "http://127.0.0.1:1/external/api3.0/biometric"),
                    Map.entry("punchbridge.devices.gate.service-tag-id", "ST-GATE"),
                    Map.entry("punchbridge.roster.mode", "report"),
                    Map.entry("punchbridge.attendance.watermark", "report"),
                    Map.entry("punchbridge.attendance.late-punches", "report"),
                    Map.entry("punchbridge.alerts.url", "http://127.0.0.1:1/hook"),
                    Map.entry("punchbridge.alerts.secret", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
                    Map.entry("punchbridge.console.users.jane.role", "viewer"),
                    Map.entry(
                            "punchbridge.console.users.jane.password-hash",
                            BCrypt.hashpw("jane looks at punches", BCrypt.gensalt("$2b", 10))),
                    Map.entry(
                            "punchbridge.storage.sqlite.file",
                            Path.of("target", "test-data", UUID.randomUUID().toString(), "punchbridge.db")
                                    .toString()));
        }
    }

    /** Some metrics come into being by what they measure. */
    @BeforeEach
    void somethingHasHappened() {
        Instant now = clock.instant();
        given().contentType("application/json")
                .body(Callbacks.punch(TestSettings.SERIAL_NUMBER, TestSettings.TOKEN, "1", "CheckIn", now))
                .post("/cams/callback")
                .then()
                .statusCode(200);
        given().auth()
                .preemptive()
                .basic("jane", "jane looks at punches")
                .get("/api/v1/devices")
                .then()
                .statusCode(200);
        Device gate = devices.all().stream()
                .filter(device -> device.name().equals("gate"))
                .findFirst()
                .orElseThrow();
        gateway.loadLog(gate, now.minus(Duration.ofHours(1)), now, null);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> scrape().has("punchbridge_gateway_call_seconds_count")
                        && scrape().has("punchbridge_ack_seconds_count")
                        // with reconciliation's first sign of life, two seconds after the start
                        && scrape().has("punchbridge_device_verified_until_seconds")
                        && scrape().has("punchbridge_logins_total"));
    }

    private ServedMetrics scrape() {
        return new ServedMetrics(
                given().get(metrics).then().statusCode(200).extract().body().asString());
    }

    @Test
    void every_alert_rule_asks_for_what_is_served() {
        // Given
        List<String> missing = new ArrayList<>();

        // When
        ServedMetrics served = scrape();

        // Then
        for (Alert alert : Observability.alerts()) {
            served.missing(alert.expression(), NOT_AT_EVERY_SITE)
                    .forEach(what -> missing.add(alert.name() + ": " + what));
            shown(SHOWN_BY_PROMETHEUS, alert.rule().path("annotations").toString())
                    .filter(label -> !alert.expression().kept().contains(label))
                    .forEach(label -> missing.add(alert.name() + ": $labels." + label));
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void every_panel_of_the_dashboard_asks_for_what_is_served() {
        // Given
        List<String> missing = new ArrayList<>();

        // When
        ServedMetrics served = scrape();

        // Then
        for (Query query : Observability.dashboard()) {
            served.missing(query.expression(), NOT_AT_EVERY_SITE)
                    .forEach(what -> missing.add(query.panel() + ": " + what));
            shown(SHOWN_BY_GRAFANA, query.legend())
                    .filter(label -> !query.expression().kept().contains(label))
                    .forEach(label -> missing.add(query.panel() + ": {{" + label + "}}"));
        }
        assertThat(missing).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "docs/operations.md", "docs/getting-started.md", "docs/migrating.md"})
    void documents_name_metrics_and_labels_that_are_served(String document) {
        // Given
        String text = Observability.text(Path.of(document));
        List<String> missing = new ArrayList<>();

        // When
        ServedMetrics served = scrape();

        // Then
        Matcher named = IN_A_DOCUMENT.matcher(text);
        while (named.find()) {
            String metric = named.group(1);
            boolean maybe = NOT_AT_EVERY_SITE.contains(metric) && !served.has(metric);
            if (!served.hasInShort(metric) && !maybe) {
                missing.add(metric);
            } else if (named.group(2) != null && !maybe) {
                shown(WORD, named.group(2))
                        .filter(label -> !served.hasLabel(metric, label))
                        .forEach(label -> missing.add(metric + "{" + label + "}"));
            }
        }
        assertThat(missing).isEmpty();
    }

    private static Stream<String> shown(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(found -> found.group(found.groupCount()));
    }
}
